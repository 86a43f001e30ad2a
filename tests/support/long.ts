/**
 * Proofs that gain with their length have two forms: a short one with a fixed seed in `npm test`, the same on every machine and every day, and
 * a long one with a seed of its own in `npm run test:long`. A long run that failed is run again with `GUARDROOM_SEED`.
 */
const isLong = process.env['GUARDROOM_LONG'] !== undefined;

const SHORT_SEED = 20_261_121;

/** 32 bits. */
export const seed = isLong ? Number(process.env['GUARDROOM_SEED'] ?? Date.now() % 2 ** 32) : SHORT_SEED;

/** How often something is done: `short` in the suite, `long` in the long run. */
export const times = (short: number, long: number): number => (isLong ? long : short);

/** Options for `fc.assert`: how many cases, and from which seed. */
export const fuzz = (short: number, long: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: times(short, long),
  seed,
});

/** Whole numbers from 0 up to and without `below`, the same for the same seed (mulberry32, Tommy Ettinger). */
export const createDice = (): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};
