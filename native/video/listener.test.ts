import net from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { videoFlag } from '../../electron/contract/kernel/video-wire.ts';
import { createFakeSessions } from '../../tests/support/rtsp-fake-session.ts';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { openVideoSeat, type SeenFrame, type VideoSeat } from '../../tests/support/video-seat.ts';
import { openVideoListener } from './listener.ts';
import { createStreamHub } from './stream-hub.ts';
import { createTickets, TICKET_VALID_MS } from './tickets.ts';

const ORIGIN = 'http://127.0.0.1:8600';
const toClose: (() => void)[] = [];
afterEach(() => {
  for (const close of toClose.splice(0)) close();
});

const start = async (seatBufferBytes = 4_000_000) => {
  const clock = createManualClock();
  const sessions = createFakeSessions(clock);
  const hub = createStreamHub({
    clock,
    random: () => 0.5,
    open: (_address, handlers) => sessions.open(handlers),
    onReport: () => undefined,
  });
  const tickets = createTickets(clock.monotonicMs);
  const listener = await openVideoListener({ hub, tickets, clock, port: 0, seatBufferBytes });
  toClose.push(listener.close, hub.close);
  hub.configure(
    ['a', 'b'].map((cameraId) => ({
      cameraId,
      mainUrl: `rtsp://${cameraId}/`,
      subUrl: null,
      username: null,
      password: null,
    })),
  );
  const seat = async (): Promise<VideoSeat> => {
    const opened = await openVideoSeat(listener.port, tickets.issue([ORIGIN], 'holder'), ORIGIN);
    toClose.push(opened.close);
    return opened;
  };
  return { clock, sessions, hub, tickets, listener, seat };
};

const tile = (channel: number, cameraId: string, more: { readonly keyFramesOnly?: boolean } = {}) => ({
  channel,
  cameraId,
  quality: 'main' as const,
  ...more,
});
const kinds = (frames: readonly SeenFrame[]): string =>
  frames.map((frame) => ((frame.flags & videoFlag.key) === 0 ? 'p' : 'K')).join('');

describe('a session that has ended', () => {
  test("takes its sockets and tickets with it, and nobody else's", async () => {
    const { tickets, listener, seat } = await start();
    const theirs = await openVideoSeat(listener.port, tickets.issue([ORIGIN], 'theirs'), ORIGIN);
    toClose.push(theirs.close);
    const mine = await seat();
    const unused = tickets.issue([ORIGIN], 'holder');
    listener.dismiss('holder');
    await mine.closed;
    await expect(openVideoSeat(listener.port, unused, ORIGIN)).rejects.toThrow('refused with 401');
    theirs.watch(tile(1, 'a'));
    await vi.waitFor(() => expect(theirs.states.length).toBeGreaterThan(0));
  });
});

describe('the door', () => {
  test('a ticket opens it once, within a minute, from its own page only', async () => {
    const { clock, tickets, listener } = await start();
    const attempt = (ticket: string, origin: string | null, host?: string): Promise<VideoSeat> =>
      openVideoSeat(listener.port, ticket, origin, host);
    const ticket = tickets.issue([ORIGIN], 'holder');
    toClose.push((await attempt(ticket, ORIGIN)).close);
    await expect(attempt(ticket, ORIGIN)).rejects.toThrow('refused with 401');
    await expect(attempt('guessed', ORIGIN)).rejects.toThrow('refused with 401');
    await expect(attempt(tickets.issue([ORIGIN], 'holder'), 'http://evil.example')).rejects.toThrow('refused with 403');
    await expect(attempt(tickets.issue([ORIGIN], 'holder'), null)).rejects.toThrow('refused with 403');
    await expect(attempt(tickets.issue([ORIGIN], 'holder'), ORIGIN, 'evil.example')).rejects.toThrow(
      'refused with 421',
    );
    const spoiled = tickets.issue([ORIGIN], 'holder');
    await expect(attempt(spoiled, 'http://evil.example')).rejects.toThrow('refused with 403');
    await expect(attempt(spoiled, ORIGIN)).rejects.toThrow('refused with 401');
    const old = tickets.issue([ORIGIN], 'holder');
    clock.advance(TICKET_VALID_MS);
    await expect(attempt(old, ORIGIN)).rejects.toThrow('refused with 401');
  });

  test('nothing else is served', async () => {
    const { listener } = await start();
    const answer = await fetch(`http://127.0.0.1:${listener.port}/video`);
    expect(answer.status).toBe(404);
  });

  test.each([
    ['garbage', Buffer.alloc(200_000, 0xa5)],
    ['a head without end', `GET /video HTTP/1.1\r\nX: ${'x'.repeat(100_000)}`],
  ])('%s is turned away, and the next seat let in', async (_name, bytes) => {
    const { listener, seat } = await start();
    const socket = net.connect(listener.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(bytes);
    await new Promise((resolve) => socket.on('close', resolve));
    expect((await seat()).states).toEqual([]);
  });

  test.each([
    ['an oversized message', 'x'.repeat(70_000), 1009],
    ['no JSON', 'watch a', 1008],
    ['another shape', JSON.stringify({ t: 'watch', tiles: [{ channel: 1 }] }), 1008],
    ['a channel twice', JSON.stringify({ t: 'watch', tiles: [tile(1, 'a'), tile(1, 'b')] }), 1008],
  ])('%s closes the socket', async (_name, text, code) => {
    const { seat } = await start();
    const opened = await seat();
    opened.send(text);
    expect(await opened.closed).toBe(code);
  });

  test('a seat that answers no ping is let go', async () => {
    const { clock, seat } = await start();
    const opened = await seat();
    opened.pause();
    clock.advance(15_000);
    clock.advance(15_000);
    opened.resume();
    expect(await opened.closed).toBe(1006);
  });
});

describe('what a seat sees', () => {
  test('status, format and pictures by channel; the request is the complete set', async () => {
    const { sessions, seat } = await start();
    const [a, b] = sessions.all;
    a?.format(320);
    a?.unit(true);
    a?.unit(false);
    const opened = await seat();
    opened.watch(tile(7, 'a'), tile(9, 'b'));
    await vi.waitFor(() => expect(opened.frames).toHaveLength(2));
    expect(opened.states).toEqual(['live', 'connecting']);
    expect(opened.configs).toEqual(['{"codec":"avc1.42c01e","width":320,"height":352}']);
    expect(opened.frames).toMatchObject([
      { channel: 7, codec: 1, flags: videoFlag.key, sequence: 0, timestampUs: 0, bytes: 100 },
      { channel: 7, flags: 0, sequence: 1, timestampUs: 40_000 },
    ]);
    opened.watch(tile(9, 'b'));
    b?.unit(true);
    await vi.waitFor(() => expect(opened.frames.filter((frame) => frame.channel === 9)).toHaveLength(1));
    a?.unit(true);
    b?.unit(false);
    await vi.waitFor(() => expect(opened.frames.filter((frame) => frame.channel === 9)).toHaveLength(2));
    expect(opened.frames.filter((frame) => frame.channel === 7)).toHaveLength(2);
  });

  test('key frames only, and whole again from a key frame on', async () => {
    const { sessions, seat } = await start();
    const opened = await seat();
    const feed = (pattern: string): void => {
      for (const kind of pattern) sessions.all[0]?.unit(kind === 'K');
    };
    opened.watch(tile(1, 'a', { keyFramesOnly: true }));
    await vi.waitFor(() => expect(opened.states).toEqual(['connecting']));
    feed('KppKp');
    await vi.waitFor(() => expect(kinds(opened.frames)).toBe('KK'));
    opened.watch(tile(1, 'a'), tile(2, 'nobody'));
    await vi.waitFor(() => expect(opened.states.at(-1)).toBe('offline'));
    feed('ppKpp');
    await vi.waitFor(() => expect(kinds(opened.frames)).toBe('KKKpp'));
  });
});

test('a seat that does not read loses whole groups; the other seat loses nothing', async () => {
  const { sessions, seat } = await start(1_000_000);
  const slow = await seat();
  const quick = await seat();
  for (const one of [slow, quick]) one.watch(tile(1, 'a'));
  await vi.waitFor(() => expect([slow.states.length, quick.states.length]).toEqual([1, 1]));
  let fed = 0;
  const feed = async (groups: number): Promise<void> => {
    for (let group = 0; group < groups; group += 1) {
      for (let index = 0; index < 5; index += 1) sessions.all[0]?.unit(index === 0, 60_000);
      // The quick seat has a real socket too: it is given the time to read.
      fed += 5;
      await vi.waitFor(() => expect(quick.frames).toHaveLength(fed), { interval: 1, timeout: 5000 });
    }
  };
  slow.pause();
  await feed(100);
  const half = (isFirst: boolean): void => {
    for (let index = 0; index < 3; index += 1) sessions.all[0]?.unit(isFirst && index === 0, 60_000);
    fed += 3;
  };
  half(true);
  slow.resume();
  // The answer for the second tile stands behind all that waited: when it is there, the slow seat has caught up, in mid-group.
  slow.watch(tile(1, 'a'), tile(2, 'b'));
  await vi.waitFor(() => expect(slow.states).toHaveLength(3), { timeout: 5000 });
  half(false);
  await feed(2);
  await vi.waitFor(() => expect(slow.frames.at(-1)?.sequence).toBe(quick.frames.at(-1)?.sequence), { timeout: 5000 });
  expect(quick.frames.every((frame, index) => frame.sequence === index)).toBe(true);
  expect(slow.frames.length).toBeLessThan(quick.frames.length);
  const jumps = slow.frames.filter(
    (frame, index) => index > 0 && frame.sequence !== (slow.frames[index - 1]?.sequence ?? 0) + 1,
  );
  expect(jumps.length).toBeGreaterThan(0);
  expect(jumps.every((frame) => frame.flags === (videoFlag.key | videoFlag.discontinuity))).toBe(true);
});

test('on one slow seat a flood is cut before the calm pictures beside it', async () => {
  const { sessions, seat } = await start(300_000);
  const slow = await seat();
  slow.watch(tile(1, 'a'), tile(2, 'b'));
  await vi.waitFor(() => expect(slow.states).toHaveLength(2));
  slow.pause();
  const [flood, calm] = sessions.all;
  for (let index = 0; index < 600; index += 1) {
    flood?.unit(index % 10 === 0, 40_000);
    if (index % 10 === 0) calm?.unit(index === 0, 200);
  }
  slow.resume();
  await vi.waitFor(() => expect(slow.frames.filter((frame) => frame.channel === 2)).toHaveLength(60));
  expect(slow.frames.filter((frame) => frame.channel === 1).length).toBeLessThan(300);
});
