/** How long to wait before the next attempt on the video socket. */

const FIRST_MS = 250;
const MOST_MS = 5000;

/** Milliseconds before attempt `failures + 1`: 0.25 s doubling to 5 s, less up to a quarter by `random` (0 to 1) so that the
 * seats of a restarted station do not come back in one instant. */
export const backOffMs = (failures: number, random: number): number =>
  Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 10)) * (1 - random / 4);
