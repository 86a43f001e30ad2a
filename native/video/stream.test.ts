import { describe, expect, test } from 'vitest';
import type { StreamFault } from '../../electron/contract/kernel/video-wire.ts';
import { createFakeSessions } from '../../tests/support/rtsp-fake-session.ts';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import type { AccessUnit } from '../rtsp/access-unit-builder.ts';
import { createStream } from './stream.ts';

const START = 1_800_000_000_000;

const startStream = (random = 0.5) => {
  const clock = createManualClock(START);
  const sessions = createFakeSessions(clock);
  const states: string[] = [];
  const units: AccessUnit[] = [];
  const stream = createStream({
    open: sessions.open,
    clock,
    random: () => random,
    onStatus: ({ state, fault, sinceMs }) => states.push(`${state}/${fault ?? '-'}@${sinceMs - START}`),
    onFormat: () => undefined,
    onUnit: (unit) => units.push(unit),
    onDefect: (error) => {
      throw error;
    },
  });
  const play = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 1000) {
      sessions.last().unit(passed % 5000 === 0);
      clock.advance(1000);
    }
  };
  return { clock, sessions, states, units, stream, play };
};

describe('liveness is the progress of pictures', () => {
  test('live with the first picture, stalled 2 s after the last, since when it stands still', () => {
    const { clock, sessions, states } = startStream();
    clock.advance(300);
    sessions.last().unit(true);
    clock.advance(1500);
    sessions.last().unit(false);
    clock.advance(1999);
    expect(states).toEqual(['live/-@300']);
    clock.advance(1);
    expect(states.at(-1)).toBe('stalled/noFrames@1800');
    sessions.last().unit(false);
    expect(states.at(-1)).toBe('live/-@3800');
  });

  test('after 10 s without a picture the connection is made anew, and the tile stays honest', () => {
    const { clock, sessions, states } = startStream();
    sessions.last().unit(true);
    clock.advance(10_100);
    expect(sessions.all[0]?.isClosed()).toBe(true);
    clock.advance(1000);
    expect(sessions.all).toHaveLength(2);
    expect(states).toEqual(['live/-@0', 'stalled/noFrames@0']);
    sessions.last().end('refused');
    expect(states.at(-1)).toBe('offline/refused@0');
    clock.advance(1000);
    sessions.last().unit(true);
    expect(states.at(-1)).toBe('live/-@12100');
  });

  test('a camera that answers and never shows anything is offline for want of pictures', () => {
    const { clock, states } = startStream();
    clock.advance(9900);
    expect(states).toEqual([]);
    clock.advance(1100);
    expect(states).toEqual(['offline/noFrames@10000']);
  });

  test('packets without a key frame are waited for longer, once a new connection has not helped', () => {
    const { clock, sessions } = startStream();
    const flow = (ms: number): void => {
      for (let passed = 0; passed < ms; passed += 500) {
        sessions.last().packets(10);
        clock.advance(500);
      }
    };
    flow(12_000);
    expect(sessions.all).toHaveLength(2);
    flow(50_000);
    expect(sessions.all).toHaveLength(2);
    sessions.last().unit(true);
    flow(12_000);
    expect(sessions.all).toHaveLength(3);
  });
});

describe('attempts never end and never storm', () => {
  const waits = (kind: StreamFault, count: number, random = 0.5): number[] => {
    const { clock, sessions } = startStream(random);
    return Array.from({ length: count }, () => {
      sessions.last().end(kind);
      const before = sessions.all.length;
      let waited = 0;
      while (sessions.all.length === before) {
        clock.advance(100);
        waited += 100;
      }
      return waited;
    });
  };

  test('a busy recorder is asked less and less, up to every 30 s', () => {
    expect(waits('busy', 9)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  test('an absent camera is tried a little more often, and never faster than twice a second', () => {
    for (const random of [0, 0.999]) {
      const all = waits('unreachable', 40, random);
      expect(Math.min(...all)).toBeGreaterThanOrEqual(500);
      expect(Math.max(...all)).toBeLessThanOrEqual(30_000);
      expect(all.at(-1)).toBeGreaterThanOrEqual(24_000);
    }
  });

  test('refused credentials wait a minute each time', () => {
    for (const random of [0, 0.999])
      expect(Math.min(...waits('credentials', 4, random))).toBeGreaterThanOrEqual(60_000);
  });

  test('a minute of health begins the waits anew, less does not', () => {
    for (const [healthyMs, expected] of [
      [62_000, 500],
      [30_000, 2000],
    ] as const) {
      const { clock, sessions, play } = startStream();
      sessions.last().end('busy');
      clock.advance(500);
      sessions.last().end('busy');
      clock.advance(1000);
      play(healthyMs);
      const before = sessions.all.length;
      sessions.last().end('busy');
      clock.advance(expected - 1);
      expect(sessions.all).toHaveLength(before);
      clock.advance(1);
      expect(sessions.all).toHaveLength(before + 1);
    }
  });
});

test('sequence and media time go on over a new connection, with a mark where pictures are missing', () => {
  const { clock, sessions, units } = startStream();
  sessions.last().unit(true);
  sessions.last().unit(false);
  clock.advance(40);
  sessions.last().end('closed');
  clock.advance(5000);
  sessions.last().unit(true);
  sessions.last().unit(false);
  expect(units.map((unit) => unit.sequence)).toEqual([0, 1, 3, 4]);
  expect(units.map((unit) => unit.discontinuity)).toEqual([false, false, true, false]);
  expect(units.map((unit) => unit.timestampUs)).toEqual([0, 40_000, 40_000 + 5_040_000, 40_000 + 5_040_000 + 40_000]);
});

test('the group since the last key frame is kept while the stream lives', () => {
  const { sessions, stream } = startStream();
  const kept = (): string =>
    stream
      .kept()
      .map((unit) => (unit.key ? 'K' : 'p'))
      .join('');
  for (const isKey of [false, true, false, true, false, false]) sessions.last().unit(isKey);
  expect(kept()).toBe('Kpp');
  sessions.last().unit(false, 9_000_000);
  expect(kept()).toBe('');
  sessions.last().unit(false);
  expect(kept()).toBe('');
  sessions.last().unit(true);
  expect(kept()).toBe('K');
  sessions.last().end('closed');
  expect(kept()).toBe('');
});

test('a closed stream does nothing more', () => {
  const { clock, sessions, stream } = startStream();
  sessions.last().unit(true);
  stream.close();
  expect(sessions.last().isClosed()).toBe(true);
  sessions.last().end('closed');
  clock.advance(600_000);
  expect(sessions.all).toHaveLength(1);
  expect(clock.pending()).toBe(0);
});

describe('what is thrown costs this camera its connection, and nothing else', () => {
  interface Throws {
    status: string | null;
    opening: boolean;
  }
  const startTouchy = (throws: Throws) => {
    const clock = createManualClock(START);
    const sessions = createFakeSessions(clock);
    const borne: string[] = [];
    const stream = createStream({
      open: (handlers) => {
        if (throws.opening) throw new Error('opening');
        return sessions.open(handlers);
      },
      clock,
      random: () => 0.5,
      onStatus: ({ state }) => {
        if (state === throws.status) throw new Error(state);
      },
      onFormat: () => undefined,
      onUnit: () => undefined,
      onDefect: (error) => borne.push(error instanceof Error ? error.message : 'no error'),
    });
    return { clock, sessions, borne, stream };
  };

  test('when it is told that the picture stands still: it is told, ended, and tried again', () => {
    const throws: Throws = { status: 'stalled', opening: false };
    const { clock, sessions, borne, stream } = startTouchy(throws);
    sessions.last().unit(true);
    clock.advance(2500);
    expect(borne).toEqual(['stalled']);
    expect(sessions.all[0]?.isClosed()).toBe(true);
    throws.status = null;
    clock.advance(10_000);
    expect(sessions.all.length).toBeGreaterThan(1);
    sessions.last().unit(true);
    expect(stream.status().state).toBe('live');
  });

  test('when it is told that the camera is gone, over the wire or by the clock: it is tried again all the same', () => {
    const throws = { status: 'offline', opening: false };
    const { clock, sessions, borne } = startTouchy(throws);
    expect(() => sessions.last().end('unreachable')).toThrow('offline');
    clock.advance(10_000);
    expect(sessions.all.length).toBeGreaterThan(1);
    const byClock = startTouchy(throws);
    byClock.clock.advance(60_000);
    expect(byClock.borne).toContain('offline');
    expect(byClock.sessions.all.length).toBeGreaterThan(1);
    expect(borne).toEqual([]);
  });

  test('when it cannot even be begun, at first and later', () => {
    const throws: Throws = { status: null, opening: true };
    const { clock, sessions, borne, stream } = startTouchy(throws);
    expect([borne, stream.status().state]).toEqual([['opening'], 'offline']);
    clock.advance(5000);
    expect(borne.length).toBeGreaterThan(1);
    throws.opening = false;
    clock.advance(60_000);
    expect(sessions.all.length).toBeGreaterThan(0);
  });
});
