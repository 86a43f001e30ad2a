/** A way to take back a scheduled call; calling it twice is harmless. */
export type Cancel = () => void;

/** Time as the intake sees it, so that back-off and liveness are tested on a simulated clock. */
export interface Timers {
  /** Monotonic milliseconds with fraction; only differences mean anything. */
  readonly monotonicMs: () => number;
  /** UTC milliseconds with fraction. */
  readonly utcMs: () => number;
  /** Calls once after at least `afterMs` milliseconds. */
  readonly schedule: (afterMs: number, call: () => void) => Cancel;
}

/** How far the fine clock may stray from the system's before it is set again, for example after an NTP step. */
const MAX_CLOCK_ERROR_MS = 20;

/** The clock of this machine: monotonic resolution, corrected to the wall clock whenever that one was moved. */
export const createSystemTimers = (): Timers => {
  let offsetMs = Date.now() - performance.now();
  return {
    monotonicMs: () => performance.now(),
    utcMs: () => {
      const fine = offsetMs + performance.now();
      const wall = Date.now();
      if (Math.abs(fine - wall) <= MAX_CLOCK_ERROR_MS) return fine;
      offsetMs += wall - fine;
      return wall;
    },
    schedule: (afterMs, call) => {
      const timer = setTimeout(call, afterMs);
      return () => clearTimeout(timer);
    },
  };
};
