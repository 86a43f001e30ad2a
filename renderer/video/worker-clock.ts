/** Time as the decode worker needs it, so that a test can move it by hand. */
export interface WorkerClock {
  /** UTC milliseconds with fraction, by this machine. */
  readonly nowMs: () => number;
  /** Milliseconds that only grow. */
  readonly monotonicMs: () => number;
  /** Runs once after `delayMs`; answers how to cancel. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

export const workerClock: WorkerClock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Runs again and again without drifting: a late call does not make the next one late, and missed ones are left out. */
export const repeat = (clock: WorkerClock, periodMs: number, callback: () => void): (() => void) => {
  let dueMs = clock.monotonicMs() + periodMs;
  let cancel = (): void => undefined;
  const run = (): void => {
    const nowMs = clock.monotonicMs();
    dueMs = Math.max(dueMs + periodMs, nowMs);
    cancel = clock.after(dueMs - nowMs, run);
    callback();
  };
  cancel = clock.after(periodMs, run);
  return () => cancel();
};
