import type { Timers } from '../../native/rtsp/timers.ts';
import { createManualClock } from './manual-clock.ts';

/** A clock that stands still until it is moved; calls due on the way are made in order. */
export interface SimulatedTimers extends Timers {
  readonly advance: (ms: number) => void;
  /** Calls still waiting. */
  readonly waiting: () => number;
}

/** Starts at monotonic 0 and UTC `startUtcMs`: the station's clock moved by hand, under the names of the intake. */
export const createSimulatedTimers = (startUtcMs = 1_800_000_000_000): SimulatedTimers => {
  const { monotonicMs, nowMs, after, advance, pending } = createManualClock(startUtcMs);
  return { monotonicMs, utcMs: nowMs, schedule: after, advance, waiting: pending };
};

/** The real clock, running `factor` times as fast: waits of a minute are over in seconds, over real sockets. */
export const createFastTimers = (factor: number): Timers => {
  const startUtcMs = Date.now();
  const startMs = performance.now();
  const elapsed = (): number => (performance.now() - startMs) * factor;
  return {
    monotonicMs: elapsed,
    utcMs: () => startUtcMs + elapsed(),
    schedule: (afterMs, call) => {
      const timer = setTimeout(call, afterMs / factor);
      return () => clearTimeout(timer);
    },
  };
};
