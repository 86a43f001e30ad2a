/** The open places of the estate: paths, courtyard, car park, house doors. */
import { type Solid, type Vec, ball, box, frameAt, hull, lamp, plain } from './solid.ts';
import { asphalt, block, car, hedge, lawn, person, slabs, streetLamp, tree } from './props.ts';
import { type Stage, coats, cool, dressed, driver, dusk, infraredNight, walker, warm } from './stage.ts';
import { noise } from './noise.ts';

/** How one camera's place differs from another of the same kind. */
export interface Variant {
  readonly seed: number;
  readonly mirrored?: boolean;
  readonly tint?: Vec;
  /** Night seen by the camera's own infrared light. */
  readonly infrared?: boolean;
}

const air = (v: Variant): typeof dusk => ({
  ...(v.infrared === true ? infraredNight : dusk),
  mirrored: v.mirrored ?? false,
  tint: v.tint ?? [1, 1, 1],
});

/** A walk between lawns and houses, with trees, lamps and a bench. */
export const path = (v: Variant): Stage => {
  const s = v.seed;
  const lamps = [streetLamp(-2.5, 7, 3.4, warm), streetLamp(2.6, 17, 3.4, warm), streetLamp(-2.6, 28, 3.4, warm)];
  const bend = (z: number): number => Math.sin(z * 0.07 + s) * 1.3;
  const bench: Solid[] = [
    box(frameAt([3, 0.45, 9], 1.5), [0.9, 0.05, 0.24], plain(0.36, 0.22, 0.12)),
    box(frameAt([3.25, 0.78, 9], 1.5), [0.9, 0.2, 0.03], plain(0.36, 0.22, 0.12)),
    box(frameAt([3, 0.2, 8.3], 1.5), [0.05, 0.2, 0.2], plain(0.2, 0.2, 0.2)),
    box(frameAt([3, 0.2, 9.7], 1.5), [0.05, 0.2, 0.2], plain(0.2, 0.2, 0.2)),
  ];
  const own =
    v.infrared === true
      ? [{ at: [0.5, 3.6, -1] as Vec, colour: [26, 26, 26] as Vec, halo: 0 }]
      : lamps.flatMap((one) => one.lights);
  return {
    scene: {
      ...air(v),
      eye: [0.6, 3.5, -2.4],
      look: [0, 0.9, 9],
      angle: 64,
      solids: [
        ...block([-14.5, 0, 24 + (s % 5)], [7, 5], 6, [0.58, 0.48, 0.38], s, v.infrared === true ? 0.06 : 0.46),
        ...block([15.5, 0, 30], [7.5, 6], 6, [0.5, 0.46, 0.42], s + 5, v.infrared === true ? 0.05 : 0.46),
        ...block([1, 0, 62], [12, 5], 8, [0.54, 0.44, 0.36], s + 8, v.infrared === true ? 0.04 : 0.46),
        ...tree(-4.8, 8.5, 4.8, s + 1),
        ...tree(5.6, 12.5, 5.6, s + 2),
        ...tree(-5.4, 16, 5.4, s + 3),
        ...tree(6, 21, 6, s + 4),
        ...tree(-5.8, 25, 5.8, s + 5),
        ...tree(5.6, 33, 6, s + 6),
        ...hedge([-3.7, 0.3, 14], [0.4, 0.3, 9]),
        ...hedge([4.4, 0.3, 20], [0.4, 0.3, 8]),
        ...(s % 2 === 0 ? bench : []),
        ...lamps.flatMap((one) => one.solids),
      ],
      ground: (x, z, far) => {
        const off = Math.abs(x - bend(z));
        if (off < 1.7) return slabs(x - bend(z), z, far, 0.42, s % 2 === 0 ? [0.4, 0.33, 0.3] : [0.36, 0.36, 0.35]);
        return off < 1.86 ? { colour: [0.46, 0.46, 0.45] } : lawn(x, z, far);
      },
      lights: own,
    },
    actors: (t) => [
      ...walker(t, {
        from: [0.9 + bend(2), 0, -1],
        to: [0.3 + bend(20), 0, 20],
        start: s * 1.7,
        lasts: 19,
        body: dressed(s + 1, 0.98, 'bag'),
      }),
      ...walker(t, {
        from: [bend(30) - 0.5, 0, 30],
        to: [-0.9, 0, 1],
        start: s * 2.9 + 3,
        lasts: 19.5,
        body: dressed(s + 4, 0.95, s % 3 === 0 ? 'stick' : 'bag'),
      }),
      ...(s % 2 === 0
        ? walker(t, {
            from: [bend(30) + 0.3, 0, 30],
            to: [-0.1, 0, 1],
            start: s * 2.9 + 3.2,
            lasts: 19.5,
            body: dressed(s + 6, 0.62),
          })
        : []),
    ],
  };
};

/** The middle of the estate: pavilion, pond, and the evening dance. */
export const courtyard = (v: Variant): Stage => {
  const s = v.seed;
  const lamps = [streetLamp(-8, 9, 3.6, warm), streetLamp(8, 11, 3.6, warm), streetLamp(-3, 25, 3.6, cool)];
  const pavilion: Solid[] = [
    hull(frameAt([-6.4, 3.2, 17]), [2.9, 0.55, 2.9], { front: 2.4, back: 2.4, side: 2.4 }, (p) => ({
      colour: Math.abs(Math.sin(p[0] * 9)) < 0.3 ? [0.12, 0.13, 0.12] : [0.22, 0.24, 0.22],
    })),
    ball(frameAt([-6.4, 3.95, 17]), [0.2, 0.32, 0.2], plain(0.5, 0.36, 0.12)),
    box(frameAt([-6.4, 0.2, 17]), [2.5, 0.2, 2.5], plain(0.44, 0.43, 0.4)),
  ];
  for (const [px, pz] of [
    [-8.2, 15.2],
    [-4.6, 15.2],
    [-8.2, 18.8],
    [-4.6, 18.8],
  ] as const)
    pavilion.push(box(frameAt([px, 1.6, pz]), [0.12, 1.3, 0.12], plain(0.42, 0.08, 0.06)));
  const dancers =
    s % 2 === 0
      ? ([
          [0.6, 11],
          [2.4, 11.2],
          [4.2, 11],
          [1.5, 13],
          [3.3, 13.1],
          [5.2, 13],
          [0.7, 15.2],
          [2.6, 15.1],
        ] as const)
      : ([
          [2, 12],
          [4.4, 13.6],
        ] as const);
  return {
    scene: {
      ...air(v),
      eye: [-1.2, 5.4, -3],
      look: [0.4, 0.6, 12],
      angle: 68,
      solids: [
        ...block([-15, 0, 36], [8, 5], 6, [0.56, 0.46, 0.38], s + 1),
        ...block([7, 0, 42], [10, 5], 6, [0.52, 0.5, 0.44], s + 2),
        ...block([24, 0, 28], [5, 9], 6, [0.54, 0.42, 0.36], s + 3),
        ...pavilion,
        ...tree(8.8, 17, 5.8, s),
        ...tree(-11, 12, 5.4, s + 7),
        ...tree(10.6, 9, 5, s + 8),
        ...tree(0, 26, 5.6, s + 9),
        ...tree(-9, 26, 6, s + 10),
        ...hedge([9, 0.35, 13], [0.5, 0.35, 4]),
        ...hedge([-4, 0.35, 6.2], [2.2, 0.35, 0.5]),
        ...lamps.flatMap((one) => one.solids),
        box(frameAt([6.9, 0.3, 14]), [0.3, 0.3, 0.25], plain(0.1, 0.1, 0.1)),
      ],
      ground: (x, z, far) => {
        const ring = Math.hypot(x - 2.6, z - 13);
        if (ring < 5.6)
          return Math.abs(ring - 5.3) < 0.25 || Math.abs(ring - 2.4) < 0.12
            ? { colour: [0.36, 0.2, 0.17] }
            : slabs(x, z, far, 0.6, [0.44, 0.42, 0.39]);
        if (Math.abs(x + z * 0.2 - 2) < 1.6 || Math.abs(z - 8) < 1.1) return slabs(x, z, far, 0.4, [0.38, 0.33, 0.3]);
        return lawn(x, z, far);
      },
      lights: [...lamps.flatMap((one) => one.lights), { at: [-6.4, 2.6, 17], colour: [3.4, 2.2, 1], halo: 0 }],
    },
    actors: (t) => [
      ...dancers.map(([x, z], k) => {
        const beat = (t / 20) * Math.PI * 2 * 16;
        return person(
          x + 0.32 * Math.sin(beat / 2),
          0,
          z,
          Math.PI + 0.5 * Math.sin(beat / 4),
          beat,
          { ...dressed(k + s), size: 0.94 },
          0.28,
          s % 2 === 0 ? Math.max(0, Math.sin(beat / 2)) : 0,
        );
      }),
      ...walker(t, {
        from: [-12, 0, 8.2],
        to: [12, 0, 7.8],
        start: 2 + s,
        lasts: 19,
        body: dressed(s + 3, 0.98, 'bag'),
      }),
      ...walker(t, {
        from: [-3.6, 0, 27],
        to: [1.2, 0, 2.4],
        start: 11,
        lasts: 19.8,
        body: dressed(s + 5, 0.93, 'stick'),
      }),
    ],
  };
};

/** The car park has taller, stronger lamps. */
const bright: Vec = [30, 31, 30];

const bays: readonly (readonly [number, number, number])[] = [
  [-6.4, 6, 0.2],
  [-6.4, 11.8, 0],
  [-6.4, 17.6, 0.2],
  [6.6, 8.6, 0],
  [6.6, 14.4, 0.22],
  [6.6, 20.2, 0],
];

/** Parked cars on both sides of a drive. */
export const carPark = (v: Variant): Stage => {
  const s = v.seed;
  const lamps = [streetLamp(-9.6, 9, 4.6, bright), streetLamp(9.6, 16, 4.6, bright), streetLamp(-9.6, 26, 4.6, bright)];
  const night = v.infrared === true;
  const paint: readonly Vec[] = [
    [0.5, 0.5, 0.5],
    [0.05, 0.05, 0.06],
    [0.36, 0.05, 0.05],
    [0.1, 0.16, 0.32],
    [0.56, 0.54, 0.48],
    [0.2, 0.22, 0.22],
  ];
  return {
    scene: {
      ...air(v),
      eye: [-1, 4.8, -3.4],
      look: [0.2, 0.5, 10],
      angle: 70,
      solids: [
        ...bays
          .filter((_, k) => (k + s) % 4 !== 3)
          .flatMap(
            ([x, z, tall], k) =>
              car(x, z, x < 0 ? 1.57 : -1.57, paint[(k * 3 + s) % paint.length] ?? coats[0] ?? [0, 0, 0], false, tall)
                .solids,
          ),
        ...block([-20, 0, 27], [6, 12], 6, [0.54, 0.46, 0.38], s + 2, night ? 0.05 : 0.46),
        ...block([1, 0, 46], [14, 5], 7, [0.5, 0.46, 0.42], s + 3, night ? 0.05 : 0.46),
        ...block([22, 0, 30], [6, 10], 6, [0.56, 0.48, 0.4], s, night ? 0.05 : 0.46),
        ...tree(-11, 15, 5.4, s),
        ...tree(11, 12, 5.6, s + 3),
        ...tree(11.5, 22, 6, s + 4),
        ...tree(-11, 24, 5.6, s + 6),
        ...hedge([-9.9, 0.4, 14], [0.5, 0.4, 12]),
        ...hedge([10, 0.4, 15], [0.5, 0.4, 12]),
        ...lamps.flatMap((one) => one.solids),
      ],
      ground: (x, z, far) => {
        const bay =
          Math.abs(Math.abs(x) - 6.5) < 2.5 &&
          Math.abs(((((x < 0 ? z - 3.1 : z - 5.7) % 2.9) + 2.9) % 2.9) - 1.45) > 1.39 &&
          z > 2 &&
          z < 24;
        const base = asphalt(x, z, far);
        return bay ? { colour: [base.colour[0] + 0.32, base.colour[1] + 0.32, base.colour[2] + 0.3] } : base;
      },
      lights: night ? [{ at: [-1, 5, -2], colour: [34, 34, 34], halo: 0 }] : lamps.flatMap((one) => one.lights),
    },
    actors: (t) => [
      ...driver(t, {
        from: [1.2, 0, -8],
        to: [1.6, 0, 40],
        start: 1 + s,
        lasts: 11,
        colour: paint[(s + 1) % paint.length] ?? [0.5, 0.5, 0.5],
      }),
      ...walker(t, {
        from: [-3.2, 0, 26],
        to: [-2.6, 0, 0.6],
        start: 6 + s,
        lasts: 19,
        body: dressed(s + 2, 1, 'bag'),
      }),
    ],
  };
};

/** The door of a staircase: steps, canopy, letter boxes, people coming home. */
export const houseDoor = (v: Variant): Stage => {
  const s = v.seed;
  const lamps = [streetLamp(-6, 6, 3.6, warm)];
  const wall: Vec = s % 2 === 0 ? [0.56, 0.46, 0.38] : [0.5, 0.5, 0.47];
  const solids: Solid[] = [
    ...block([0, 0, 16], [16, 5], 6, wall, s),
    box(frameAt([0, 1.3, 10.9]), [1.15, 1.3, 0.1], (p) => {
      const bar = Math.abs(p[0]) < 0.04 || Math.abs(p[0]) > 1.02 || p[1] > 1.17 || Math.abs(p[1] + 0.2) < 0.05;
      return bar
        ? { colour: [0.26, 0.28, 0.3] }
        : { colour: [0.2, 0.2, 0.2], glow: [0.46 + p[1] * 0.1, 0.4 + p[1] * 0.1, 0.26 + p[1] * 0.07] };
    }),
    box(frameAt([0, 2.95, 10]), [2.1, 0.12, 1.2], plain(0.42, 0.41, 0.39)),
    box(frameAt([-1.95, 1.45, 9.2]), [0.11, 1.45, 0.11], plain(0.5, 0.49, 0.46)),
    box(frameAt([1.95, 1.45, 9.2]), [0.11, 1.45, 0.11], plain(0.5, 0.49, 0.46)),
    box(frameAt([0, 0.08, 9.9]), [2.2, 0.08, 1.2], plain(0.45, 0.44, 0.42)),
    box(frameAt([0, 0.04, 9.3]), [2.5, 0.04, 1.6], plain(0.42, 0.41, 0.39)),
    box(frameAt([3, 1.25, 10.95]), [0.7, 0.42, 0.12], (p) => ({
      colour:
        Math.abs(((p[0] + 5) % 0.35) - 0.175) > 0.155 || Math.abs(((p[1] + 5) % 0.28) - 0.14) > 0.125
          ? [0.1, 0.22, 0.16]
          : [0.16, 0.4, 0.28],
    })),
    box(frameAt([0, 3.25, 10.6]), [0.75, 0.18, 0.05], (p) => ({
      colour: [0.06, 0.12, 0.4],
      glow:
        Math.abs(p[1]) < 0.1 && Math.abs(Math.sin(p[0] * 14)) > 0.4 && Math.abs(p[0]) < 0.6
          ? [0.5, 0.5, 0.55]
          : [0.02, 0.05, 0.18],
    })),
    box(frameAt([-1.32, 1.8, 10.96]), [0.09, 1.0, 0.03], (p) => ({
      colour: noise(p[0] * 9, p[1] * 4, s) > 0.62 ? [0.5, 0.36, 0.06] : [0.55, 0.05, 0.05],
    })),
    box(frameAt([1.32, 1.8, 10.96]), [0.09, 1.0, 0.03], (p) => ({
      colour: noise(p[0] * 9, p[1] * 4, s + 3) > 0.62 ? [0.5, 0.36, 0.06] : [0.55, 0.05, 0.05],
    })),
    ball(frameAt([0, 2.76, 9.8]), [0.2, 0.09, 0.2], lamp(2.4, 2.2, 1.7)),
    ...hedge([-6.4, 0.4, 9.8], [3.6, 0.4, 0.6]),
    ...hedge([6.6, 0.4, 9.8], [3.4, 0.4, 0.6]),
    ...tree(-8.4, 7.4, 4.6, s + 1),
    ...tree(8.6, 8, 5, s + 2),
    ...lamps.flatMap((one) => one.solids),
  ];
  return {
    scene: {
      ...air(v),
      eye: [2.8, 3.6, -0.6],
      look: [-0.1, 1.25, 9.6],
      angle: 66,
      solids,
      ground: (x, z, far) =>
        z > 8.6 && Math.abs(x) > 2.6 ? lawn(x, z, far) : slabs(x, z, far, 0.5, [0.38, 0.36, 0.34]),
      lights: [...lamps.flatMap((one) => one.lights), { at: [0, 2.6, 9.5], colour: [4.2, 3.6, 2.5], halo: 0.4 }],
    },
    actors: (t) => [
      ...walker(t, {
        from: [-11, 0, 5.6],
        to: [11, 0, 6.2],
        start: 1 + s,
        lasts: 18,
        body: dressed(s + 2, 0.96, 'bag'),
      }),
      ...walker(t, { from: [6, 0, 0.6], to: [0.2, 0.16, 10.8], start: 9 + s, lasts: 9.5, body: dressed(s + 5, 1) }),
      ...walker(t, {
        from: [-0.3, 0.16, 10.8],
        to: [-9, 0, 3.4],
        start: 3 + s,
        lasts: 10.5,
        body: dressed(s, 0.94, 'stick'),
      }),
    ],
  };
};
