/** Short lists of the solids a ray can meet at all, kept by picture tile and by ground cell, so that drawing takes seconds. */
import type { Light } from './render.ts';
import type { Solid, Vec } from './solid.ts';

const cellMetres = 4;
const cellReach = cellMetres * 0.71;
const key = (value: number): number => Math.floor(value / cellMetres) + 512;

const list = (cache: Map<number, Solid[]>, at: number, make: () => Solid[]): Solid[] => {
  const known = cache.get(at);
  if (known) return known;
  const made = make();
  cache.set(at, made);
  return made;
};

export interface NearLists {
  /** Solids within `reach` metres of the ground cell of a point. */
  around(p: Vec, reach: number): readonly Solid[];
  /** Solids that can stand between the ground cell of a point and a light. */
  towards(p: Vec, light: Light, index: number): readonly Solid[];
}

export const createNearLists = (solids: readonly Solid[]): NearLists => {
  const local = new Map<number, Solid[]>();
  const lines = new Map<number, Solid[]>();
  const middle = (value: number): number => (key(value) - 512 + 0.5) * cellMetres;
  return {
    around: (p, reach) =>
      list(local, key(p[0]) * 1024 + key(p[2]), () => {
        const [x, z] = [middle(p[0]), middle(p[2])];
        return solids.filter((s) => Math.hypot(s.frame.o[0] - x, s.frame.o[2] - z) < s.radius + reach + cellReach);
      }),
    towards: (p, light, index) =>
      list(lines, (key(p[0]) * 1024 + key(p[2])) * 32 + index, () => {
        const [x, z] = [middle(p[0]), middle(p[2])];
        const [vx, vz] = [light.at[0] - x, light.at[2] - z];
        const square = vx * vx + vz * vz + 1e-6;
        return solids.filter((s) => {
          const [sx, sz] = [s.frame.o[0] - x, s.frame.o[2] - z];
          const part = Math.max(0, Math.min(1, (sx * vx + sz * vz) / square));
          return Math.hypot(sx - vx * part, sz - vz * part) < s.radius + cellReach;
        });
      }),
  };
};

/** Solids inside the cone of directions around `d` with the given half angle. */
export const inCone = (solids: readonly Solid[], eye: Vec, d: Vec, halfAngle: number): Solid[] =>
  solids.filter((s) => {
    const v: Vec = [s.frame.o[0] - eye[0], s.frame.o[1] - eye[1], s.frame.o[2] - eye[2]];
    const far = Math.hypot(...v);
    if (far <= s.radius) return true;
    const angle = Math.acos(Math.max(-1, Math.min(1, (v[0] * d[0] + v[1] * d[1] + v[2] * d[2]) / far)));
    return angle <= halfAngle + Math.asin(s.radius / far);
  });
