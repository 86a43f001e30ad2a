import type { Clock } from '../../electron/domain/kernel/clock.ts';

/** The real clock, running `factor` times as fast: waits of a minute are over in seconds, over real sockets. */
export const createFastClock = (factor: number): Clock => {
  const startUtcMs = Date.now();
  const startMs = performance.now();
  const elapsed = (): number => (performance.now() - startMs) * factor;
  return {
    monotonicMs: elapsed,
    nowMs: () => startUtcMs + elapsed(),
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs / factor);
      return () => clearTimeout(timer);
    },
  };
};
