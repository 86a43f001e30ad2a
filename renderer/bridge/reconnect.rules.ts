import { backOffMs, spreadMs } from '../../electron/domain/kernel/back-off.ts';

const WAITS = { firstMs: 250, longestMs: 5000 };

/** Milliseconds before a seat tries a lost connection again: 0.25 s doubling to 5 s, less up to a quarter by `random` (0 to 1), so that the seats of a restarted station do not come back in one instant. */
export const reconnectMs = (failures: number, random: number): number =>
  spreadMs(backOffMs(WAITS, failures), 0.25, random);
