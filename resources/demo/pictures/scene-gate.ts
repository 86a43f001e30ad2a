/** The lane of the north gate, with the arm wherever the barrier has it. */
import { type Solid, type Vec, ball, box, frameAt, hull, lamp, plain, toWorld } from './solid.ts';
import { asphalt, block, car, hedge, lawn, person, slabs, streetLamp, tree } from './props.ts';
import { type Stage, dressed, driver, dusk, loopSeconds, walker, warm } from './stage.ts';
import type { Actor } from './render.ts';

const pivot: Vec = [3.05, 1.02, 9];
const silver: Vec = [0.5, 0.52, 0.54];
const ink: Vec = [0.06, 0.1, 0.2];

/** The arm at an opening of 0 (lying) to 1 (standing). */
const arm = (open: number): Actor => {
  const f = frameAt(pivot, 0, 0, -open * 1.48);
  const stripes = (p: Vec) => ({
    colour: (Math.floor((p[0] + 20) / 0.55) % 2 === 0 ? [0.62, 0.05, 0.04] : [0.86, 0.86, 0.84]) as Vec,
  });
  const solids: Solid[] = [
    box({ ...f, o: toWorld(f, [-2.9, 0, -0.22]) }, [2.95, 0.085, 0.035], stripes),
    ball({ ...f, o: toWorld(f, [-5.8, 0, -0.25]) }, [0.07, 0.07, 0.05], lamp(1.6, 0.1, 0.06)),
  ];
  const reach = Math.cos(open * 1.48) * 2.9;
  return {
    solids,
    shadow: { at: [pivot[0] - reach, 0, pivot[2] - 0.2], halfX: Math.max(0.2, reach), halfZ: 0.14, yaw: 0 },
  };
};

const pillar = (x: number): Solid[] => [
  box(frameAt([x, 1.7, 9.6]), [0.42, 1.7, 0.42], (p) => ({
    colour: Math.abs(((p[1] + 9) % 0.34) - 0.17) > 0.155 ? [0.2, 0.13, 0.11] : [0.36, 0.19, 0.15],
  })),
  box(frameAt([x, 3.48, 9.6]), [0.52, 0.08, 0.52], plain(0.5, 0.49, 0.46)),
];

const lantern = (x: number): Solid[] => [
  ball(frameAt([x, 3.15, 9]), [0.33, 0.29, 0.33], lamp(0.5, 0.02, 0.012)),
  box(frameAt([x, 3.48, 9]), [0.1, 0.05, 0.1], plain(0.6, 0.45, 0.1)),
  box(frameAt([x, 2.74, 9]), [0.04, 0.14, 0.04], plain(0.6, 0.42, 0.1)),
];

/** The wall of the estate beside the gate, running away from the lane. */
const wall = (far: number): Solid[] => [
  box(frameAt([7.7 + far / 2, 1.1, 10]), [far / 2, 1.1, 0.14], (p) => ({
    colour:
      p[1] > 0.85 ? [0.3, 0.16, 0.12] : Math.abs(((p[0] + 50) % 3) - 1.5) > 1.3 ? [0.5, 0.46, 0.4] : [0.62, 0.58, 0.5],
  })),
];

/** The lane; `open` is where the arm stands, or gives it for a second of the segment, `passing` whether cars go through, `peopled` whether people walk by. */
export const gate = (open: number | ((seconds: number) => number), passing: boolean, peopled = true): Stage => {
  const lamps = [streetLamp(-5.6, 6, 4.4, warm), streetLamp(5.4, 17, 4.4, warm), streetLamp(-5.4, 30, 4.4, warm)];
  const booth: Solid[] = [
    box(frameAt([5, 1.35, 8.6]), [1.25, 1.35, 1.4], (p, n) => {
      const u = Math.abs(n[0]) > 0.5 ? p[2] : p[0];
      const glass = p[1] > -0.25 && p[1] < 0.95 && Math.abs(Math.abs(u) - 0.55) < 0.46 && Math.abs(n[1]) < 0.5;
      if (!glass) return { colour: p[1] < -0.95 ? [0.2, 0.21, 0.23] : [0.62, 0.63, 0.62] };
      return { colour: [0.3, 0.3, 0.3], glow: [0.5 + p[1] * 0.12, 0.46 + p[1] * 0.12, 0.34 + p[1] * 0.1] };
    }),
    hull(frameAt([5, 2.82, 8.6]), [1.65, 0.14, 1.8], { front: 0.3, back: 0.3, side: 0.3 }, plain(0.14, 0.22, 0.36)),
    box(frameAt([3.35, 0.6, 9]), [0.24, 0.6, 0.2], (p) => ({
      colour: Math.abs(p[1] - 0.15) < 0.1 ? [0.1, 0.1, 0.1] : [0.75, 0.42, 0.05],
    })),
    box(frameAt([-3.2, 0.5, 8.8]), [0.06, 0.5, 0.06], plain(0.5, 0.5, 0.5)),
  ];
  const solids: Solid[] = [
    ...booth,
    ...pillar(-3.9),
    ...pillar(7.2),
    ...lantern(-3.9),
    ...lantern(7.2),
    ...block([-17, 0, 40], [9, 5.5], 6, [0.66, 0.5, 0.36], 3),
    ...block([14, 0, 46], [9, 6], 7, [0.62, 0.54, 0.42], 11),
    ...block([-2, 0, 78], [11, 6], 9, [0.6, 0.42, 0.34], 23),
    ...block([34, 0, 40], [8, 6], 6, [0.6, 0.46, 0.36], 31),
    ...tree(-8.2, 13, 5.6, 4),
    ...tree(-7.4, 22, 6.4, 9),
    ...tree(8.2, 15, 5.4, 12),
    ...tree(8.4, 26, 6.6, 2),
    ...tree(-8, 33, 6.2, 6),
    ...wall(17.5),
    ...tree(14, 12, 5.2, 21),
    ...tree(12.6, 19, 5.8, 22),
    ...tree(16, 27, 6.4, 24),
    ...hedge([-6.5, 0.45, 17], [0.8, 0.45, 7]),
    ...hedge([7, 0.45, 24], [0.7, 0.45, 8]),
    ...hedge([-6, 0.35, 1], [1.2, 0.35, 3.2]),
    ...lamps.flatMap((one) => one.solids),
    ...car(-3.4, 22, 0.02, [0.5, 0.5, 0.52]).solids,
    ...car(-3.4, 28.4, 0.03, [0.24, 0.05, 0.06]).solids,
    ...car(-3.5, 34.6, 0, [0.06, 0.07, 0.1], false, 0.2).solids,
  ];
  return {
    scene: {
      ...dusk,
      eye: [-2.6, 4.3, -3.6],
      look: [0.7, 0.75, 10],
      angle: 66,
      solids,
      ground: (x, z, far) => {
        if (x > 8.4 && z > 10) return lawn(x, z, far);
        if (x < -4.6 || x > 3.9) return slabs(x, z, far, 0.5, x > 3.9 ? [0.34, 0.31, 0.29] : [0.32, 0.3, 0.28]);
        if (Math.abs(x + 4.6) < 0.16 || Math.abs(x - 3.9) < 0.16) return { colour: [0.44, 0.44, 0.43] };
        const stop = z > 6.75 && z < 7.1 && x > -2.4;
        const hump = z > 5 && z < 5.5 && x > -2.4;
        const edge = Math.abs(x + 2.4) < 0.06;
        const arrow = z > 1.4 && z < 4.2 && Math.abs(x - 0.6) < (z > 3.1 ? 0.55 * (4.2 - z) : 0.09);
        if (hump) return { colour: Math.floor((x + 20) / 0.55) % 2 === 0 ? [0.5, 0.38, 0.04] : [0.04, 0.04, 0.04] };
        const base = asphalt(x, z, far);
        return stop || edge || arrow
          ? { colour: [base.colour[0] + 0.36, base.colour[1] + 0.36, base.colour[2] + 0.34] }
          : base;
      },
      lights: [
        ...lamps.flatMap((one) => one.lights),
        { at: [3.4, 2.2, 7.6], colour: [2.2, 1.9, 1.3], halo: 0 },
        { at: [-3.9, 2.9, 8.2], colour: [1.2, 0.2, 0.12], halo: 0.5 },
        { at: [7.2, 2.9, 8.2], colour: [1.2, 0.2, 0.12], halo: 0.5 },
      ],
    },
    waiting: [...(passing ? [] : [car(0.7, 3.9, 0, silver, true)]), ...(typeof open === 'number' ? [arm(open)] : [])],
    actors: (t) => {
      const guard = person(
        4.9,
        0,
        6.3,
        Math.PI + 0.3 * Math.sin((t / (peopled ? 20 : 4)) * Math.PI * 2),
        0,
        { coat: ink, trousers: [0.05, 0.05, 0.08], size: 1 },
        0,
      );
      const people = !peopled
        ? []
        : [
            ...walker(t, { from: [-5.4, 0, 3], to: [-5.2, 0, 24], start: 1, lasts: 17, body: dressed(0, 0.97, 'bag') }),
            ...walker(t, {
              from: [-5, 0, 27],
              to: [-5.8, 0, 4.4],
              start: 2.5,
              lasts: 17,
              body: dressed(4, 0.94, 'stick'),
            }),
          ];
      const moving = typeof open === 'number' ? [] : [arm(open(t))];
      if (!passing) return [...moving, guard, ...people];
      const away = t < 8 ? [car(0.7, 3.9 + 0.55 * t * t, 0, silver, true)].filter(() => t < 7.4) : [];
      const next = driver(t, {
        from: [0.7, 0, -6],
        to: [0.7, 0, 44],
        start: 8.4,
        lasts: 8,
        colour: [0.55, 0.55, 0.5],
        tall: 0.22,
      });
      const coming = t > 16.2 ? [car(0.7, 3.9 - 0.75 * (loopSeconds - t) ** 2, 0, silver, true)] : [];
      return [...moving, guard, ...people, ...away, ...next, ...coming];
    },
  };
};
