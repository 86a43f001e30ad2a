import type { Clock } from '../../electron/domain/kernel/clock.ts';

/** The clock of a page or of its worker: UTC with fractions of a millisecond. */
export const browserClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Runs again and again without drifting: a late call does not make the next one late, and missed ones are left out. */
export const repeat = (clock: Clock, periodMs: number, callback: () => void): (() => void) => {
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

/** A tick whose rate may change; it does not stand still meanwhile. */
export interface Ticker {
  readonly start: () => void;
  readonly set: (hz: number) => void;
  readonly hz: () => number;
}

export const createTicker = (clock: Clock, firstHz: number, onTick: () => void): Ticker => {
  let hz = firstHz;
  let stop: (() => void) | null = null;
  const set = (next: number): void => {
    if (stop !== null && next === hz) return;
    hz = next;
    stop?.();
    stop = repeat(clock, 1000 / hz, onTick);
  };
  return { start: () => set(hz), set, hz: () => hz };
};
