import { performance } from 'node:perf_hooks';
import type { Clock } from '../../electron/station/ports/clock.port.ts';

/** The longest delay a Node timer can hold (2^31 - 1 ms, about 24.8 days); longer ones fire at once there. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's own clocks. Delays of any length are held by a chain of timers. */
export const createSystemClock = (): Clock => {
  const after = (delayMs: number, callback: () => void): (() => void) => {
    let timer: NodeJS.Timeout;
    const arm = (leftMs: number): void => {
      const step = Math.min(Math.max(0, leftMs), LONGEST_TIMER_MS);
      timer = setTimeout(() => (leftMs > step ? arm(leftMs - step) : callback()), step);
    };
    arm(delayMs);
    return () => clearTimeout(timer);
  };
  return { nowMs: () => Date.now(), monotonicMs: () => performance.now(), after };
};
