/** The things of an estate, built from solids: buildings, trees, lamps, cars, people, bicycles. */
import { hash, noise } from './noise.ts';
import {
  type Frame,
  type Look,
  type Paint,
  type Solid,
  type Vec,
  ball,
  box,
  frameAt,
  hull,
  lamp,
  plain,
  toWorld,
} from './solid.ts';
import type { Actor, Light } from './render.ts';

const dim = ([r, g, b]: Vec, by: number): Vec => [r * by, g * by, b * by];
const wrap = (value: number, size: number): number => value - Math.floor(value / size) * size;

/** A facade of tiles with windows by storey; some are lit. `seed` makes each house its own. */
export const facade =
  (tone: Vec, seed: number, litShare: number): Paint =>
  (p, n, far) => {
    const along = Math.abs(n[0]) > 0.5 ? p[2] : p[0];
    if (Math.abs(n[1]) > 0.5) return { colour: [0.3, 0.3, 0.31] };
    const [column, storey] = [Math.floor(along / 3.3), Math.floor((p[1] + 300) / 3)];
    const [u, v] = [wrap(along, 3.3), wrap(p[1] + 300, 3)];
    const h = hash(column, storey, seed);
    const stain = 0.86 + 0.2 * noise(along * 0.35, p[1] * 0.18, seed);
    const wall = dim(tone, stain);
    if (v < 0.16) return { colour: dim(wall, 0.72) };
    if (v > 2.86) return { colour: dim(wall, 1.12) };
    const inWindow = u > 0.6 && u < 2.35 && v > 0.95 && v < 2.5;
    if (inWindow) {
      const bar =
        Math.abs(u - 1.475) < 0.05 ||
        u < 0.68 ||
        u > 2.27 ||
        v < 1.03 ||
        v > 2.42 ||
        (Math.abs(v - 2) < 0.04 && far < 60);
      if (bar) return { colour: [0.55, 0.57, 0.58] };
      if (h < litShare) {
        const warm: Vec = h < litShare * 0.7 ? [1, 0.74, 0.4] : [0.82, 0.92, 1];
        const curtain = hash(column, storey, seed + 9) < 0.6 ? 0.75 + 0.25 * Math.sin(u * 26) : 1;
        const power = (0.35 + 0.65 * hash(column, storey, seed + 3)) * curtain * (0.65 + 0.35 * ((v - 0.95) / 1.55));
        return { colour: [0.2, 0.2, 0.2], glow: dim(warm, power * 1.25) };
      }
      return { colour: [0.1, 0.13, 0.16], glow: [0.012, 0.018, 0.028] };
    }
    if (h > 0.42 && u > 2.5 && u < 3.22 && v > 0.55 && v < 1.1) {
      const fan = Math.hypot(u - 2.78, v - 0.82);
      return { colour: fan < 0.2 ? [0.25, 0.25, 0.26] : [0.74, 0.74, 0.72] };
    }
    const joint = far < 40 && (wrap(along, 0.4) < 0.025 || wrap(p[1] + 300, 0.2) < 0.018);
    return { colour: joint ? dim(wall, 0.85) : wall };
  };

/** A slab of flats: the given corner sizes in metres, storeys of 3 m, with balconies on the side towards -z. */
export const block = (
  at: Vec,
  half: readonly [number, number],
  storeys: number,
  tone: Vec,
  seed: number,
  lit = 0.46,
): Solid[] => {
  const tall = storeys * 1.5;
  const solids = [box(frameAt([at[0], tall, at[2]]), [half[0], tall, half[1]], facade(tone, seed, lit))];
  solids.push(
    box(frameAt([at[0], tall * 2 + 0.35, at[2]]), [half[0] + 0.35, 0.35, half[1] + 0.35], plain(0.42, 0.22, 0.17)),
  );
  const rail: Paint = (p) => ({ colour: wrap(p[0], 0.3) < 0.07 ? [0.45, 0.46, 0.47] : dim(tone, 0.82) });
  for (let k = 0; (k + 1) * 6.6 < half[0] * 2; k += 1) {
    const x = at[0] - half[0] + 3.3 + k * 6.6;
    for (let storey = 1; storey < storeys; storey += 1) {
      solids.push(box(frameAt([x, storey * 3 + 0.45, at[2] - half[1] - 0.5]), [1.45, 0.5, 0.5], rail));
    }
  }
  return solids;
};

const leaves =
  (tone: Vec): Paint =>
  (p) => {
    const fleck = noise(p[0] * 5, p[1] * 5, p[2] * 5) * 0.55 + noise(p[0] * 15, p[1] * 15, p[2] * 15) * 0.6;
    return { colour: dim(tone, 0.3 + fleck * 1.2) };
  };

/** A broad-leaved tree about `tall` metres high. */
export const tree = (x: number, z: number, tall: number, seed: number, tone: Vec = [0.1, 0.2, 0.07]): Solid[] => {
  const solids: Solid[] = [box(frameAt([x, tall * 0.22, z], seed), [0.11, tall * 0.22, 0.11], plain(0.17, 0.12, 0.09))];
  for (let k = 0; k < 7; k += 1) {
    const [a, b, c] = [hash(k, seed, 1), hash(k, seed, 2), hash(k, seed, 3)];
    const turn = a * 6.28;
    const out = k === 0 ? 0 : tall * 0.17 * (0.5 + b);
    const size = tall * (k === 0 ? 0.27 : 0.14 + 0.08 * c);
    solids.push(
      ball(
        frameAt([x + Math.cos(turn) * out, tall * (0.6 + 0.24 * b), z + Math.sin(turn) * out]),
        [size, size * 0.82, size],
        leaves(dim(tone, 0.75 + 0.5 * c)),
        true,
      ),
    );
  }
  return solids;
};

/** A clipped hedge. */
export const hedge = (at: Vec, half: Vec): Solid[] => [box(frameAt(at), half, leaves([0.09, 0.19, 0.06]))];

/** A street lamp and its light. */
export const streetLamp = (x: number, z: number, tall: number, colour: Vec): { solids: Solid[]; lights: Light[] } => ({
  solids: [
    box(frameAt([x, tall / 2, z]), [0.06, tall / 2, 0.06], plain(0.2, 0.21, 0.22)),
    ball(frameAt([x, tall + 0.15, z]), [0.24, 0.24, 0.24], lamp(colour[0] * 0.3, colour[1] * 0.3, colour[2] * 0.3)),
  ],
  lights: [{ at: [x, tall + 0.15, z], colour, halo: 0.55 }],
});

/** A car of the given colour, standing at (x, z) and heading along `yaw`; `lights` adds lamps and the pool before it. */
export const car = (x: number, z: number, yaw: number, colour: Vec, lights = false, tallCabin = 0): Actor => {
  const f = frameAt([x, 0, z], yaw);
  const at = (lx: number, ly: number, lz: number): Frame => ({ ...f, o: toWorld(f, [lx, ly, lz]) });
  const body: Paint = (p) => {
    if (p[2] > 2.12 && Math.abs(p[1] + 0.04) < 0.06 && Math.abs(p[0]) < 0.28)
      return { colour: [0.05, 0.15, 0.5], glow: [0.01, 0.02, 0.06] };
    if (p[2] < -2.12 && Math.abs(p[1]) < 0.08 && Math.abs(p[0]) < 0.28) return { colour: [0.05, 0.15, 0.5] };
    return { colour: Math.abs(Math.abs(p[2] - 0.1) - 0.85) < 0.012 ? dim(colour, 0.4) : dim(colour, 0.8 + p[1] * 0.6) };
  };
  const cabin: Paint = (p, n) => {
    const roof = n[1] > 0.9 || p[1] > 0.24 + tallCabin;
    const pillar =
      Math.abs(n[0]) > 0.6 ? Math.abs(Math.abs(p[2]) - 0.02) < 0.05 || Math.abs(p[2]) > 0.98 : Math.abs(p[0]) > 0.68;
    return roof || pillar || p[1] < -0.24 - tallCabin
      ? { colour: dim(colour, 1.05) }
      : { colour: [0.05, 0.06, 0.07], glow: [0.008, 0.011, 0.016] };
  };
  const wheel: Paint = (p) => ({ colour: Math.hypot(p[1], p[2]) < 0.17 ? [0.45, 0.45, 0.46] : [0.04, 0.04, 0.045] });
  const solids: Solid[] = [
    hull(at(0, 0.52, 0), [0.88, 0.29, 2.15], { front: 0.18, back: 0.12, side: 0.08 }, body),
    hull(
      at(0, 1.08 + tallCabin, -0.25),
      [0.78, 0.29 + tallCabin, 1.25 + tallCabin * 1.8],
      { front: tallCabin > 0 ? 0.35 : 0.75, back: tallCabin > 0 ? 0.1 : 0.5, side: 0.18 },
      cabin,
    ),
  ];
  for (const [wx, wz] of [
    [0.76, 1.35],
    [-0.76, 1.35],
    [0.76, -1.35],
    [-0.76, -1.35],
  ] as const)
    solids.push(ball(at(wx, 0.32, wz), [0.15, 0.32, 0.32], wheel));
  for (const side of [-0.62, 0.62]) {
    solids.push(ball(at(side, 0.62, 2.08), [0.2, 0.1, 0.12], lights ? lamp(2.6, 2.5, 2.1) : plain(0.7, 0.72, 0.74)));
    solids.push(
      ball(at(side, 0.66, -2.1), [0.17, 0.1, 0.08], lights ? lamp(0.55, 0.01, 0.008) : plain(0.4, 0.03, 0.03)),
    );
  }
  const pools = lights
    ? [
        { at: toWorld(f, [0, 0, 5.2]), radius: 3.6, colour: [1.5, 1.4, 1.1] as Vec },
        { at: toWorld(f, [0, 0, -3]), radius: 1.5, colour: [0.5, 0.04, 0.02] as Vec },
      ]
    : [];
  return { solids, shadow: { at: [x, 0, z], halfX: 1.1, halfZ: 2.5, yaw }, pools };
};

export interface Body {
  readonly coat: Vec;
  readonly trousers: Vec;
  /** 1 is 1.7 m. */
  readonly size: number;
  /** What is carried or led: nothing, a bag, a walking stick. */
  readonly with?: 'bag' | 'stick';
}

/** A person at (x, y, z) facing along `yaw`; `stride` is the phase of the walk in radians, `swing` how far arms and legs go. */
export const person = (
  x: number,
  y: number,
  z: number,
  yaw: number,
  stride: number,
  body: Body,
  swing = 0.5,
  armsUp = 0,
): Actor => {
  const s = body.size;
  const bob = Math.abs(Math.cos(stride)) * 0.03 * swing * s;
  const f = frameAt([x, y + bob, z], yaw);
  const limb = (
    side: number,
    top: number,
    long: number,
    thick: number,
    angle: number,
    spread: number,
    paint: Paint,
  ): Solid => {
    const joint = toWorld(f, [side, top, 0]);
    const bent = frameAt(joint, yaw, angle, spread);
    return ball({ ...bent, o: toWorld(bent, [0, -long / 2, 0]) }, [thick, long / 2 + thick * 0.4, thick], paint);
  };
  const coat = plain(...body.coat);
  const trousers = plain(...body.trousers);
  const sway = Math.sin(stride) * swing;
  const at = (lx: number, ly: number, lz: number): Frame => ({ ...f, o: toWorld(f, [lx, ly, lz]) });
  const head: Paint = (p) => ({
    colour: p[1] > 0.02 * s || p[2] < -0.03 * s ? [0.06, 0.055, 0.05] : [0.62, 0.44, 0.34],
  });
  const shoe = plain(0.07, 0.06, 0.06);
  const solids: Solid[] = [
    ball(at(0, 1.57 * s, 0.01), [0.095 * s, 0.125 * s, 0.11 * s], head),
    ball(at(0, 1.16 * s, 0), [0.21 * s, 0.33 * s, 0.14 * s], coat),
    ball(at(0, 0.9 * s, 0), [0.18 * s, 0.17 * s, 0.13 * s], coat),
    limb(0.09 * s, 0.88 * s, 0.84 * s, 0.082 * s, sway, 0, trousers),
    limb(-0.09 * s, 0.88 * s, 0.84 * s, 0.082 * s, -sway, 0, trousers),
    limb(0.21 * s, 1.38 * s, 0.6 * s, 0.055 * s, -sway * 0.9, 0.07 + armsUp * 2.2, coat),
    limb(-0.21 * s, 1.38 * s, 0.6 * s, 0.055 * s, sway * 0.9, -0.07 - armsUp * 2.2, coat),
  ];
  for (const [side, swingTo] of [
    [0.09, sway],
    [-0.09, -sway],
  ] as const) {
    solids.push(
      ball(
        at(side * s, 0.05 + Math.max(0, swingTo) * 0.04, -Math.sin(swingTo) * 0.85 * s + 0.05),
        [0.05 * s, 0.05 * s, 0.12 * s],
        shoe,
      ),
    );
  }
  if (body.with === 'bag')
    solids.push(
      hull(
        at(-0.33 * s, 0.62 * s, 0.02),
        [0.05, 0.16, 0.13],
        { front: 0.04, back: 0.04, side: 0.02 },
        plain(0.75, 0.7, 0.64),
      ),
    );
  if (body.with === 'stick')
    solids.push(limb(0.34 * s, 0.86 * s, 0.86 * s, 0.016, -sway * 0.5 - 0.15, 0, plain(0.3, 0.2, 0.12)));
  return { solids, shadow: { at: [x, y, z], halfX: 0.36 * s, halfZ: 0.36 * s, yaw } };
};

/** A bicycle, or an electric scooter with a body in the given colour. */
export const bicycle = (x: number, z: number, yaw: number, colour: Vec, electric: boolean): Solid[] => {
  const f = frameAt([x, 0, z], yaw);
  const at = (lx: number, ly: number, lz: number, pitch = 0): Frame => ({
    ...frameAt(toWorld(f, [lx, ly, lz]), yaw, pitch),
  });
  const tyre: Paint = (p) => {
    const r = Math.hypot(p[1], p[2]);
    const spoke = Math.abs(Math.sin(Math.atan2(p[1], p[2]) * 6)) < 0.2;
    return { colour: r > 0.27 ? [0.03, 0.03, 0.03] : spoke || r < 0.06 ? [0.5, 0.5, 0.5] : [0.12, 0.12, 0.12] };
  };
  const size = electric ? 0.26 : 0.33;
  const paint = plain(...colour);
  const solids = [
    ball(at(0, size, 0.58), [0.045, size, size], tyre),
    ball(at(0, size, -0.52), [0.045, size, size], tyre),
    box(at(0, 0.98, 0.45), [0.27, 0.02, 0.02], plain(0.1, 0.1, 0.1)),
    ball(at(0, 0.86, -0.28), [0.11, 0.06, 0.19], plain(0.08, 0.07, 0.07)),
  ];
  if (electric) {
    solids.push(
      hull(at(0, 0.64, 0.42, 0.25), [0.16, 0.36, 0.06], { front: 0.02, back: 0.02, side: 0.06 }, paint),
      ball(at(0, 0.5, -0.3), [0.15, 0.26, 0.38], paint),
    );
    solids.push(
      box(at(0, 0.3, 0.1), [0.13, 0.04, 0.34], plain(0.1, 0.1, 0.1)),
      ball(at(0, 0.9, 0.52), [0.08, 0.07, 0.05], lamp(0.25, 0.25, 0.22)),
    );
  } else {
    solids.push(
      box(at(0, 0.66, 0.02, 0.1), [0.018, 0.018, 0.42], paint),
      box(at(0, 0.5, 0.12, -0.72), [0.018, 0.018, 0.4], paint),
    );
    solids.push(
      box(at(0, 0.62, 0.48, 0.25), [0.018, 0.36, 0.018], paint),
      box(at(0, 0.58, -0.25, -0.25), [0.018, 0.28, 0.018], paint),
    );
    solids.push(box(at(0, 0.78, 0.72), [0.16, 0.11, 0.12], plain(0.35, 0.36, 0.37)));
  }
  return solids;
};

/** Ground made of slabs with joints, worn by noise. */
export const slabs = (x: number, z: number, far: number, size: number, tone: Vec): Look => {
  const worn = 0.8 + 0.22 * noise(x * 0.6, 0, z * 0.6) + (far < 30 ? 0.1 * noise(x * 5, 3, z * 5) : 0.05);
  const row = Math.floor(z / size);
  const shift = x + (row % 2 === 0 ? 0 : size / 2);
  const joint = far < 34 && (wrap(z, size) < 0.03 || wrap(shift, size) < 0.03);
  const own = 0.9 + 0.16 * hash(Math.floor(shift / size), row, 5);
  return { colour: dim(tone, joint ? worn * 0.62 : worn * own) };
};

export const asphalt = (x: number, z: number, far: number): Look => {
  const fine = far < 25 ? 0.16 * noise(x * 14, 0, z * 14) : 0.08;
  return { colour: dim([0.17, 0.17, 0.18], 0.72 + fine + 0.32 * noise(x * 0.4, 1, z * 0.4)) };
};

export const lawn = (x: number, z: number, far: number): Look => {
  const blade = far < 30 ? noise(x * 9, 2, z * 9) : 0.5;
  return { colour: dim([0.1, 0.19, 0.06], 0.5 + 0.5 * blade + 0.45 * noise(x * 0.8, 1, z * 0.8)) };
};
