import type { Clock } from '../../electron/domain/kernel/clock.ts';

/** A clock moved by hand: timers fire in the order of their due time while it is moved. */
export interface ManualClock extends Clock {
  /** Moves wall and monotonic time on together. */
  readonly advance: (ms: number) => void;
  /** Sets the wall clock alone, as NTP or a person does. */
  readonly setWall: (nowMs: number) => void;
  /** Timers that wait. */
  readonly pending: () => number;
}

/** `endTurn` is called after each timer that fired: a timer is a turn of its own. */
export const createManualClock = (
  startMs = Date.UTC(2026, 10, 21, 20, 0, 0),
  endTurn: () => void = () => undefined,
): ManualClock => {
  let wallMs = startMs;
  let monotonicMs = 0;
  let timers: { readonly dueMs: number; readonly callback: () => void }[] = [];
  return {
    nowMs: () => wallMs,
    monotonicMs: () => monotonicMs,
    after: (delayMs, callback) => {
      const timer = { dueMs: monotonicMs + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (ms) => {
      const endMs = monotonicMs + ms;
      for (;;) {
        const next = timers.reduce<(typeof timers)[number] | null>(
          (first, timer) => (timer.dueMs <= endMs && (first === null || timer.dueMs < first.dueMs) ? timer : first),
          null,
        );
        if (next === null) break;
        timers = timers.filter((other) => other !== next);
        wallMs += Math.max(0, next.dueMs - monotonicMs);
        monotonicMs = Math.max(monotonicMs, next.dueMs);
        next.callback();
        endTurn();
      }
      wallMs += endMs - monotonicMs;
      monotonicMs = endMs;
    },
    setWall: (nowMs) => {
      wallMs = nowMs;
    },
    pending: () => timers.length,
  };
};
