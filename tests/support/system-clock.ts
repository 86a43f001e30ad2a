import { performance } from 'node:perf_hooks';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import { createSystemClock } from '../../native/kit/system-clock.ts';

/** This process's own clocks, for tests that talk over real sockets. */
export const systemClock: Clock = createSystemClock();

/** A log that keeps its lines, so that a test can look for what must not be in them. */
export const createMemoryLog = (): Log & { readonly lines: readonly string[] } => {
  const lines: string[] = [];
  const write = (message: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void => {
    lines.push(fields === undefined ? message : `${message} ${JSON.stringify(fields)}`);
  };
  return { lines, info: write, warn: write, error: write };
};

/** Waits until a condition holds, looking every 5 ms; throws with `what` after `withinMs`. */
export const until = async (what: string, holds: () => boolean, withinMs = 5000): Promise<void> => {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
