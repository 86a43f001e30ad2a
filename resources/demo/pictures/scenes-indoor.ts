/** The roofed places: staircases and the sheds for bicycles and scooters. */
import { type Solid, type Vec, ball, box, frameAt, lamp, plain } from './solid.ts';
import { asphalt, bicycle, block, person, slabs, tree } from './props.ts';
import { type Stage, coats, cool, dressed, dusk, infraredNight, walker } from './stage.ts';
import { hash, noise } from './noise.ts';
import type { Variant } from './scenes-outdoor.ts';

/** White above, green below, as staircases were painted. */
const limewash =
  (line: number) =>
  (p: Vec): { colour: Vec } => {
    const worn = 0.86 + 0.16 * noise(p[0] * 1.3, p[1] * 1.3, p[2] * 1.3);
    if (Math.abs(p[1] - line) < 0.025) return { colour: [0.3, 0.06, 0.05] };
    return { colour: p[1] < line ? [0.2 * worn, 0.36 * worn, 0.27 * worn] : [0.66 * worn, 0.65 * worn, 0.6 * worn] };
  };

const flatDoor = (x: number, z: number, turned: boolean, tone: Vec, seed: number): Solid[] => {
  const f = frameAt([x, 1.05, z], turned ? Math.PI / 2 : 0);
  return [
    box(f, [0.5, 1.05, 0.05], (p) => {
      if (Math.abs(p[0]) > 0.44 || p[1] > 0.98) return { colour: [0.16, 0.12, 0.1] };
      if (Math.abs(p[0]) < 0.16 && p[1] > 0.25 && p[1] < 0.57)
        return { colour: Math.abs(p[0]) + Math.abs(p[1] - 0.41) < 0.15 ? [0.62, 0.06, 0.05] : tone };
      if (Math.hypot(p[0] - 0.35, p[1] + 0.02) < 0.04) return { colour: [0.6, 0.5, 0.2] };
      return {
        colour:
          Math.abs(Math.abs(p[0]) - 0.3) < 0.02 || Math.abs(Math.abs(p[1]) - 0.7) < 0.02
            ? [tone[0] * 0.6, tone[1] * 0.6, tone[2] * 0.6]
            : tone,
      };
    }),
    box(
      frameAt([turned ? x - 0.4 : x, 0.015, turned ? z : z - 0.4], turned ? Math.PI / 2 : 0),
      [0.42, 0.015, 0.27],
      plain(seed % 2 === 0 ? 0.35 : 0.1, 0.07, 0.06),
    ),
  ];
};

/** A landing with the flight going up, two doors, a lamp, and whatever neighbours keep there. */
export const stairwell = (v: Variant): Stage => {
  const s = v.seed;
  const solids: Solid[] = [
    box(frameAt([0, 1.5, 6.6]), [3.2, 1.6, 0.1], limewash(-0.3)),
    box(frameAt([-2.5, 1.5, 3]), [0.1, 1.6, 4.2], limewash(-0.3)),
    box(frameAt([2.5, 1.5, 3]), [0.1, 1.6, 4.2], limewash(-0.3)),
    box(frameAt([0, 3.1, 3]), [3.2, 0.1, 4.2], plain(0.62, 0.61, 0.57)),
    ...flatDoor(-1.2, 6.46, false, [0.34, 0.16, 0.1], s),
    ...flatDoor(2.36, 2.7, true, s % 2 === 0 ? [0.2, 0.24, 0.28] : [0.3, 0.2, 0.12], s + 1),
    box(frameAt([-2.36, 1.6, 2.6]), [0.05, 0.35, 0.4], (p) => ({
      colour: Math.abs(p[1]) > 0.3 || Math.abs(p[2]) > 0.35 ? [0.4, 0.4, 0.4] : [0.55, 0.55, 0.52],
    })),
    ball(frameAt([0, 2.93, 3.6]), [0.2, 0.09, 0.2], lamp(2.3, 2.2, 1.8)),
    box(frameAt([-2.1, 0.35, 5.6], 0.1), [0.28, 0.35, 0.4], plain(0.42, 0.3, 0.18)),
    box(frameAt([-2.05, 0.88, 5.6], 0.4), [0.22, 0.18, 0.3], plain(0.48, 0.36, 0.22)),
    ball(frameAt([2, 0.25, 5.9]), [0.24, 0.25, 0.24], plain(0.4, 0.15, 0.08)),
    ball(frameAt([2, 0.75, 5.9]), [0.34, 0.42, 0.34], plain(0.08, 0.2, 0.06), true),
    box(frameAt([0.3, 1.9, 6.48]), [0.22, 0.3, 0.01], (p) => ({
      colour: Math.abs(Math.sin(p[1] * 40)) > 0.7 && Math.abs(p[0]) < 0.17 ? [0.2, 0.2, 0.25] : [0.72, 0.7, 0.62],
    })),
  ];
  for (let k = 0; k < 9; k += 1) {
    solids.push(
      box(frameAt([1.5, 0.085 + k * 0.17, 4 + k * 0.28]), [0.85, 0.085, 0.14], (p) => ({
        colour: p[2] < -0.1 ? [0.3, 0.3, 0.29] : [0.46, 0.45, 0.43],
      })),
    );
    solids.push(box(frameAt([0.68, 0.6 + k * 0.17, 4 + k * 0.28]), [0.02, 0.45, 0.02], plain(0.22, 0.1, 0.08)));
  }
  solids.push(box(frameAt([0.68, 1.78, 5.15], 0, -0.545), [0.035, 0.03, 1.4], plain(0.42, 0.2, 0.1)));
  if (s % 2 === 0) solids.push(...bicycle(-1.9, 1.9, 0.1, [0.12, 0.3, 0.4], false));
  return {
    scene: {
      ...dusk,
      mirrored: v.mirrored ?? false,
      tint: v.tint ?? [1, 1, 1],
      ambient: [0.16, 0.17, 0.19],
      exposure: 1.7,
      haze: { colour: [0, 0, 0], metres: 900 },
      eye: [-0.7, 2.75, -0.9],
      look: [0.25, 0.8, 4.6],
      angle: 78,
      solids,
      ground: (x, z, far) => slabs(x, z, far, 0.6, [0.4, 0.39, 0.36]),
      lights: [{ at: [0, 2.7, 3.4], colour: [3.6, 3.3, 2.7], halo: 0.3 }],
    },
    actors: (t) => {
      const up = (x: number): number => Math.max(0, (x - 3.86) / 0.28) * 0.17;
      const step = (t + s * 3) % 20;
      const climbing = step < 9 ? -1.6 + step * 0.95 : undefined;
      const people =
        climbing === undefined
          ? []
          : [
              person(
                1.35 - Math.max(0, 2.6 - climbing) * 0.45,
                up(climbing),
                climbing,
                0.12,
                climbing * 4.6,
                dressed(s + 1, 0.97, 'bag'),
                0.4,
              ),
            ];
      const down = step > 11 ? 6.3 - (step - 11) * 0.92 : undefined;
      if (down !== undefined)
        people.push(
          person(
            1.5 - Math.max(0, 3 - down) * 0.4,
            up(down),
            down,
            Math.PI + 0.2,
            down * 4.6,
            dressed(s + 4, s % 2 === 0 ? 0.66 : 0.96),
            0.4,
          ),
        );
      return people.filter((one) => one.shadow.at[2] < 6.3);
    },
  };
};

/** A shed with rows of bicycles or scooters under a corrugated roof. */
export const shed = (v: Variant & { readonly electric: boolean }): Stage => {
  const s = v.seed;
  const night = v.infrared === true;
  const solids: Solid[] = [
    box(frameAt([0, 2.75, 8], 0), [6.2, 0.06, 7.4], (p) => ({
      colour: Math.abs(Math.sin(p[2] * 12)) < 0.4 ? [0.14, 0.24, 0.36] : [0.2, 0.34, 0.48],
    })),
    box(frameAt([-5.4, 1.2, 8]), [0.08, 1.2, 7.2], (p) => ({
      colour: Math.abs(((p[1] + 9) % 0.26) - 0.13) > 0.12 ? [0.34, 0.3, 0.27] : [0.44, 0.26, 0.2],
    })),
    ...block([2, 0, 34], [14, 5], 6, [0.54, 0.46, 0.38], s, night ? 0.05 : 0.46),
    ...tree(9.5, 16, 5.4, s),
    ...tree(8.8, 23, 6, s + 1),
  ];
  for (let z = 1.6; z < 15; z += 4.2) {
    for (const x of [-5.1, 4.6]) solids.push(box(frameAt([x, 1.35, z]), [0.06, 1.35, 0.06], plain(0.42, 0.43, 0.44)));
    if (!night) solids.push(box(frameAt([-0.6, 2.62, z + 0.8]), [0.06, 0.03, 0.6], lamp(2.2, 2.3, 2.4)));
  }
  for (let k = 0; k < 15; k += 1) {
    if (hash(k, s, 4) < 0.16) continue;
    const tone = coats[Math.floor(hash(k, s, 5) * coats.length)] ?? [0.3, 0.3, 0.3];
    solids.push(
      ...bicycle(
        -4.1 + hash(k, s, 1) * 0.3,
        2.4 + k * 0.82,
        1.5 + (hash(k, s, 2) - 0.5) * 0.25,
        tone,
        v.electric || hash(k, s, 6) < 0.25,
      ),
    );
    if (hash(k, s, 7) > 0.3)
      solids.push(
        ...bicycle(
          3.3 + hash(k, s, 8) * 0.3,
          2.8 + k * 0.86,
          -1.5 + (hash(k, s, 9) - 0.5) * 0.25,
          coats[(k * 3 + s) % coats.length] ?? tone,
          v.electric,
        ),
      );
    if (v.electric)
      solids.push(
        box(frameAt([-5.25, 1.3, 2.4 + k * 0.82]), [0.08, 0.16, 0.11], (p) => ({
          colour: [0.66, 0.67, 0.66],
          ...(Math.hypot(p[1] - 0.08, p[2]) < 0.035 ? { glow: [0.05, 0.9, 0.2] as Vec } : {}),
        })),
      );
  }
  return {
    scene: {
      ...(night ? infraredNight : { ...dusk, ambient: [0.27, 0.3, 0.38] as Vec }),
      mirrored: v.mirrored ?? false,
      tint: v.tint ?? [1, 1, 1],
      eye: [1.1, 2.5, -0.9],
      look: [-0.5, 0.7, 7.2],
      angle: 74,
      solids,
      ground: (x, z, far) =>
        Math.abs(x) < 5.4 && z < 15.4
          ? Math.abs(Math.abs(x + 0.2) - 2.45) < 0.05
            ? { colour: [0.55, 0.45, 0.08] }
            : slabs(x, z, far, 1.8, [0.34, 0.34, 0.33])
          : asphalt(x, z, far),
      lights: night
        ? [{ at: [1.1, 2.5, -0.5], colour: [20, 20, 20], halo: 0 }]
        : [2.4, 6.6, 10.8].map((z) => ({
            at: [-0.6, 2.5, z] as Vec,
            colour: [cool[0] * 0.36, cool[1] * 0.36, cool[2] * 0.36] as Vec,
            halo: 0.25,
          })),
    },
    actors: (t) => [
      ...walker(t, {
        from: [0.3, 0, -2.4],
        to: [-0.4, 0, 18],
        start: 2 + s,
        lasts: 16,
        body: dressed(s + 3, 0.98, 'bag'),
      }),
      ...walker(t, { from: [0.2, 0, 20], to: [1.3, 0, -2], start: 10 + s, lasts: 18, body: dressed(s, 1) }),
    ],
  };
};
