import { performance } from 'node:perf_hooks';
import type { Clock } from '../../electron/domain/kernel/clock.ts';

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

/** How far the fine clock may stray from the system's before it is set again, for example after an NTP step, milliseconds. */
const MAX_CLOCK_ERROR_MS = 20;

/** The machine's clocks with fractions of a millisecond in `nowMs` too, for the arrival of pictures: monotonic, and corrected to the wall clock whenever that one was moved. */
export const createFineClock = (): Clock => {
  let offsetMs = Date.now() - performance.now();
  const nowMs = (): number => {
    const fine = offsetMs + performance.now();
    const wall = Date.now();
    if (Math.abs(fine - wall) <= MAX_CLOCK_ERROR_MS) return fine;
    offsetMs += wall - fine;
    return wall;
  };
  return { ...createSystemClock(), nowMs };
};
