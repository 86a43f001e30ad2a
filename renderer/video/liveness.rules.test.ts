import { describe, expect, test } from 'vitest';
import {
  judge,
  newLiveness,
  POLL_CREDIT_MS,
  SILENT_SERVER_MS,
  STALL_AFTER_MS,
  stallAfterMs,
} from './liveness.rules.ts';
import type { Liveness, LivenessSample } from './liveness.rules.ts';

const START_MS = 1_000_000;
const POLL_MS = 250;

/** Polls on for `ms` with the same evidence; answers every judgement. */
const watch = (from: Liveness, ms: number, evidence: Partial<LivenessSample>, startMs = START_MS): Liveness[] => {
  const seen: Liveness[] = [];
  for (let at = POLL_MS; at <= ms; at += POLL_MS) {
    const sample: LivenessSample = {
      nowMs: startMs + at,
      elapsedMs: POLL_MS,
      painted: 0,
      watched: true,
      linkUp: true,
      server: null,
      expectedGapMs: 0,
      ...evidence,
    };
    seen.push(judge(seen.at(-1) ?? from, sample));
  }
  return seen;
};

const last = (seen: readonly Liveness[]): Liveness => seen.at(-1) ?? newLiveness(0);

const live = last(watch(newLiveness(START_MS), 1000, { painted: 4 }));
const healthy = { state: 'live', sinceMs: START_MS } as const;

describe('liveness', () => {
  test('painted frames make a tile live, since its first one', () => {
    expect(live).toMatchObject({ state: 'live', sinceMs: START_MS + 250, fault: null, lastFrameMs: START_MS + 1000 });
  });

  test('two seconds without a painted frame is standing still, whatever the server claims', () => {
    const seen = watch(live, 3000, { server: healthy }, START_MS + 1000);
    const states = seen.map(({ state }) => state);
    expect(states.indexOf('stalled')).toBe(STALL_AFTER_MS / POLL_MS - 1);
    expect(last(seen)).toMatchObject({ state: 'stalled', sinceMs: START_MS + 1000 });
  });

  test('one painted frame makes it live again, with a new beginning', () => {
    const still = last(watch(live, 3000, {}, START_MS + 1000));
    expect(last(watch(still, 250, { painted: 1 }, START_MS + 4000))).toMatchObject({
      state: 'live',
      sinceMs: START_MS + 4250,
    });
  });

  test('a blocked page is no evidence: one late poll counts as little', () => {
    const once = judge(live, {
      nowMs: START_MS + 31_000,
      elapsedMs: 30_000,
      painted: 0,
      watched: true,
      linkUp: true,
      server: healthy,
      expectedGapMs: 0,
    });
    expect(once).toMatchObject({ state: 'live', idleMs: POLL_CREDIT_MS });
  });

  test('the server saying offline gives the reason once the picture stands', () => {
    const server = { state: 'offline', sinceMs: START_MS + 1100, fault: 'credentials' } as const;
    const seen = watch(live, 3000, { server }, START_MS + 1000);
    expect(seen[0]?.state).toBe('live');
    expect(last(seen)).toMatchObject({ state: 'offline', sinceMs: START_MS + 1100, fault: 'credentials' });
  });

  test('a camera that is offline from the beginning is said to be so at once', () => {
    const server = { state: 'offline', sinceMs: 42, fault: 'refused' } as const;
    expect(watch(newLiveness(START_MS), 250, { server })[0]).toMatchObject({
      state: 'offline',
      sinceMs: 42,
      fault: 'refused',
    });
  });

  test('a lost link is the fault of every standing picture', () => {
    expect(last(watch(live, 3000, { linkUp: false, server: healthy }, START_MS + 1000))).toMatchObject({
      state: 'stalled',
      fault: 'link',
      sinceMs: START_MS + 1000,
    });
    expect(last(watch(newLiveness(START_MS), 3000, { linkUp: false }))).toMatchObject({
      state: 'connecting',
      fault: 'link',
    });
  });

  test('before the first picture: connecting as long as the server says so, stalled when it claims health', () => {
    const connecting = { state: 'connecting', sinceMs: START_MS } as const;
    expect(last(watch(newLiveness(START_MS), 60_000, { server: connecting })).state).toBe('connecting');
    expect(last(watch(newLiveness(START_MS), 3000, { server: healthy })).state).toBe('stalled');
    const stalled = { state: 'stalled', sinceMs: 77, fault: 'noFrames' } as const;
    expect(last(watch(newLiveness(START_MS), 3000, { server: stalled }))).toMatchObject({
      sinceMs: 77,
      fault: 'noFrames',
    });
  });

  test('a server that says nothing is believed for five seconds only', () => {
    const seen = watch(newLiveness(START_MS), 8000, {});
    const firstStill = seen.findIndex(({ state }) => state === 'stalled');
    expect((firstStill + 1) * POLL_MS).toBe(SILENT_SERVER_MS);
    expect(last(seen).sinceMs).toBe(START_MS);
  });

  test('what nobody watches is not judged, and is not called live', () => {
    const hidden = last(watch(live, 60_000, { watched: false }, START_MS + 1000));
    expect(hidden).toMatchObject({ state: 'connecting', idleMs: 0, lastFrameMs: START_MS + 1000 });
    const back = watch(hidden, 3000, { server: healthy }, START_MS + 61_000);
    expect(back[0]?.state).toBe('connecting');
    expect(last(back)).toMatchObject({ state: 'stalled', sinceMs: START_MS + 1000 });
  });

  test('a tile on key frames has time for one group and a half', () => {
    expect(stallAfterMs(0)).toBe(2000);
    expect(stallAfterMs(2000)).toBe(3500);
    const seen = watch(live, 4000, { expectedGapMs: 2000 }, START_MS + 1000);
    expect((seen.findIndex(({ state }) => state === 'stalled') + 1) * POLL_MS).toBe(3500);
  });
});
