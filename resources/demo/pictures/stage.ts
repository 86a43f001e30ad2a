/** What the scenes share: the dusk they lie in, and people and cars that come and go once in a loop. */
import type { Actor, Scene } from './render.ts';
import type { Vec } from './solid.ts';
import { type Body, car, person } from './props.ts';

/** Length of every loop in seconds. */
export const loopSeconds = 20;

/** Warm white of the lamps in the lanes, at one metre. */
export const warm: Vec = [19, 12.4, 5.6];
export const cool: Vec = [12, 13.5, 15];

/** Dusk: the light of every scene in the open. */
export const dusk: Omit<Scene, 'eye' | 'look' | 'angle' | 'solids' | 'ground' | 'lights'> = {
  sky: (up) => {
    const t = Math.max(0, Math.min(1, up * 2.6));
    return [0.46 - 0.38 * t, 0.34 - 0.2 * t, 0.4 - 0.04 * t];
  },
  ambient: [0.25, 0.3, 0.43],
  haze: { colour: [0.26, 0.24, 0.33], metres: 600 },
  exposure: 1.5,
  infrared: false,
  tint: [1, 1, 1],
  mirrored: false,
};

/** Deep night, as an infrared camera sees it: its own light only. */
export const infraredNight: typeof dusk = {
  ...dusk,
  sky: () => [0.012, 0.012, 0.012],
  ambient: [0.2, 0.2, 0.2],
  haze: { colour: [0.02, 0.02, 0.02], metres: 60 },
  exposure: 2.4,
  infrared: true,
};

/** A place, and what moves in it at a second of the loop. */
export interface Stage {
  readonly scene: Scene;
  /** Actors that stand still through the whole loop. */
  readonly waiting?: readonly Actor[];
  readonly actors: (seconds: number) => readonly Actor[];
}

export const coats: readonly Vec[] = [
  [0.42, 0.1, 0.1],
  [0.12, 0.2, 0.42],
  [0.5, 0.42, 0.3],
  [0.12, 0.13, 0.14],
  [0.5, 0.5, 0.5],
  [0.1, 0.3, 0.24],
  [0.5, 0.3, 0.1],
  [0.36, 0.16, 0.36],
];

export const dressed = (seed: number, size = 1, carried?: 'bag' | 'stick'): Body => ({
  coat: coats[seed % coats.length] ?? [0.3, 0.3, 0.3],
  trousers: seed % 2 === 0 ? [0.07, 0.08, 0.12] : [0.16, 0.14, 0.12],
  size,
  ...(carried ? { with: carried } : {}),
});

/** The part of a journey done at a moment, 0 to 1, or undefined while it is not under way. */
const underWay = (seconds: number, start: number, lasts: number): number | undefined => {
  const since = (((seconds - start) % loopSeconds) + loopSeconds) % loopSeconds;
  return since < lasts ? since / lasts : undefined;
};

/** Somebody who walks from one place to another once in a loop. */
export const walker = (
  seconds: number,
  way: { from: Vec; to: Vec; start: number; lasts: number; body: Body },
): Actor[] => {
  const done = underWay(seconds, way.start, way.lasts);
  if (done === undefined) return [];
  const { from, to } = way;
  const [dx, dz] = [to[0] - from[0], to[2] - from[2]];
  const length = Math.hypot(dx, dz);
  return [
    person(
      from[0] + dx * done,
      from[1] + (to[1] - from[1]) * done,
      from[2] + dz * done,
      Math.atan2(dx, dz),
      done * length * 4.2,
      way.body,
      0.42,
    ),
  ];
};

/** A car that drives from one place to another once in a loop. */
export const driver = (
  seconds: number,
  way: { from: Vec; to: Vec; start: number; lasts: number; colour: Vec; tall?: number },
): Actor[] => {
  const done = underWay(seconds, way.start, way.lasts);
  if (done === undefined) return [];
  const [dx, dz] = [way.to[0] - way.from[0], way.to[2] - way.from[2]];
  return [car(way.from[0] + dx * done, way.from[2] + dz * done, Math.atan2(dx, dz), way.colour, true, way.tall ?? 0)];
};
