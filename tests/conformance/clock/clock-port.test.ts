/** One suite for the clock port, on the machine's own clocks and on those moved by hand. */
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../electron/station/ports/clock.port.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createSystemClock } from '../../../native/kit/system-clock.ts';
import { until } from '../../support/system-clock.ts';

interface Bench {
  readonly clock: Clock;
  /** UTC milliseconds, from elsewhere. */
  readonly truthMs: () => number;
  readonly wait: (what: string, holds: () => boolean) => Promise<void>;
}

const STARTED_MS = Date.UTC(2026, 1, 28, 18, 13, 5);

/** Wide, so that several timers fall due within a step. */
const STEP_MS = 50;

const fake = (): Bench => {
  const clock = createManualClock(STARTED_MS);
  let passedMs = 0;
  const wait = (what: string, holds: () => boolean): Promise<void> =>
    until(what, () => {
      clock.advance(STEP_MS);
      passedMs += STEP_MS;
      return holds();
    });
  return { clock, truthMs: () => STARTED_MS + passedMs, wait };
};

const real = (): Bench => ({
  clock: createSystemClock(),
  truthMs: () => performance.timeOrigin + performance.now(),
  wait: until,
});

/** A Node timer may come this much before its time, for its loop counts in whole milliseconds. */
const ROUNDING_MS = 1;

describe.each([
  ['moved by hand', fake],
  ['of this machine', real],
] as const)('clock port: %s', (_name, open) => {
  it('tells the time in UTC milliseconds, as time passes', async () => {
    const { clock, truthMs, wait } = open();
    const startedMs = clock.nowMs();
    expect(Math.abs(startedMs - truthMs())).toBeLessThan(1000);
    await wait('time to pass', () => clock.nowMs() >= startedMs + 50);
    expect(Math.abs(clock.nowMs() - truthMs())).toBeLessThan(1000);
  });

  it('counts on and never back', async () => {
    const { clock, wait } = open();
    const seenMs = [clock.monotonicMs()];
    await wait('time to pass', () => {
      seenMs.push(clock.monotonicMs());
      return seenMs.length > 20;
    });
    expect(seenMs).toEqual(seenMs.toSorted((a, b) => a - b));
    expect(seenMs.at(-1)).toBeGreaterThanOrEqual((seenMs[0] ?? 0) + 50);
  });

  it('calls back once, not before its time, in the order of what is due', async () => {
    const { clock, wait } = open();
    const startedMs = clock.monotonicMs();
    const calls: { readonly delayMs: number; readonly afterMs: number }[] = [];
    for (const delayMs of [60, 20, 40, 0])
      clock.after(delayMs, () => calls.push({ delayMs, afterMs: clock.monotonicMs() - startedMs }));
    expect(calls).toEqual([]);
    let fence = false;
    clock.after(120, () => (fence = true));
    await wait('all of them', () => fence);
    expect(calls.map(({ delayMs }) => delayMs)).toEqual([0, 20, 40, 60]);
    expect(calls.filter(({ delayMs, afterMs }) => afterMs < delayMs - ROUNDING_MS)).toEqual([]);
  });

  it('calls nobody back who cancelled, however often and whenever', async () => {
    const { clock, wait } = open();
    const calls: string[] = [];
    const cancel = clock.after(10, () => calls.push('cancelled'));
    const late = clock.after(10, () => calls.push('late'));
    cancel();
    cancel();
    await wait('the other', () => calls.length > 0);
    late();
    clock.after(10, () => calls.push('last'));
    await wait('the last', () => calls.includes('last'));
    expect(calls).toEqual(['late', 'last']);
  });

  it('holds a delay of more than 2^31 ms, which a timer of Node cannot', async () => {
    const { clock, wait } = open();
    const calls: string[] = [];
    const cancel = clock.after(2 ** 31 + 1000, () => calls.push('in 25 days'));
    clock.after(30, () => calls.push('now'));
    await wait('the short one', () => calls.includes('now'));
    cancel();
    expect(calls).toEqual(['now']);
  });

  it('takes a time that is over for now, and not for before', async () => {
    const { clock, wait } = open();
    const calls: string[] = [];
    clock.after(-1000, () => calls.push('overdue'));
    expect(calls).toEqual([]);
    await wait('the overdue one', () => calls.length > 0);
  });
});

it('moved by hand, the wall clock alone calls nobody back and moves nothing else', () => {
  const clock = createManualClock(STARTED_MS);
  const calls: string[] = [];
  clock.after(1000, () => calls.push('due'));
  clock.setWall(STARTED_MS + 3_600_000);
  expect([calls, clock.monotonicMs(), clock.nowMs()]).toEqual([[], 0, STARTED_MS + 3_600_000]);
  clock.advance(1000);
  expect([calls, clock.monotonicMs(), clock.nowMs()]).toEqual([['due'], 1000, STARTED_MS + 3_601_000]);
});
