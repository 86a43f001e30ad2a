/** Takes back a call that was asked for; calling it twice is harmless. */
export type Cancel = () => void;

/** Wall and monotonic time, and timers: the one port of time for all rings. The simulated twin moves all three by hand. */
export interface Clock {
  /** UTC milliseconds. May jump. */
  readonly nowMs: () => number;
  /** Milliseconds since some point in this process. Never goes back. */
  readonly monotonicMs: () => number;
  /** Calls back once after `delayMs` of monotonic time; returns the way to cancel. */
  readonly after: (delayMs: number, callback: () => void) => Cancel;
}
