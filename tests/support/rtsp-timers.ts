import type { Timers } from '../../native/rtsp/timers.ts';

/** A clock that stands still until it is moved; calls due on the way are made in order. */
export interface SimulatedTimers extends Timers {
  readonly advance: (ms: number) => void;
  /** Calls still waiting. */
  readonly waiting: () => number;
}

/** Starts at monotonic 0 and UTC `startUtcMs`. */
export const createSimulatedTimers = (startUtcMs = 1_800_000_000_000): SimulatedTimers => {
  let nowMs = 0;
  const waiting = new Set<{ readonly atMs: number; readonly call: () => void }>();
  return {
    monotonicMs: () => nowMs,
    utcMs: () => startUtcMs + nowMs,
    schedule: (afterMs, call) => {
      const entry = { atMs: nowMs + Math.max(0, afterMs), call };
      waiting.add(entry);
      return () => {
        waiting.delete(entry);
      };
    },
    advance: (ms) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const next = [...waiting].filter((entry) => entry.atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        waiting.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.call();
      }
      nowMs = untilMs;
    },
    waiting: () => waiting.size,
  };
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
