const FIRST_MS = 250;
const MOST_MS = 5000;

/** Milliseconds to wait before the next attempt after `failures` (0, 1, 2 …): 0.25 s doubling to 5 s, less up to a fifth by
 * `random` (0 to 1), so that all seats of a restarted station do not come in one instant. */
export const backOffMs = (failures: number, random: number): number =>
  Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 10)) * (1 - random / 5);
