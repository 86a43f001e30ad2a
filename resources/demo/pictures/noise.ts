/** Repeatable noise for the drawn pictures: the same numbers give the same picture on every machine. */

/** A hash of three numbers, 0 (included) to 1 (excluded). */
export const hash = (x: number, y: number, z: number): number => {
  let h = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(z | 0, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
};

const ease = (t: number): number => t * t * (3 - 2 * t);
const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

/** Smooth value noise in space, 0 to 1, one feature per unit of length. */
export const noise = (x: number, y: number, z: number): number => {
  const [xi, yi, zi] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [u, v, w] = [ease(x - xi), ease(y - yi), ease(z - zi)];
  const layer = (k: number): number =>
    mix(mix(hash(xi, yi, k), hash(xi + 1, yi, k), u), mix(hash(xi, yi + 1, k), hash(xi + 1, yi + 1, k), u), v);
  return mix(layer(zi), layer(zi + 1), w);
};
