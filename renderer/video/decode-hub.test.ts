import { describe, expect, test } from 'vitest';
import {
  VIDEO_HEADER_BYTES,
  videoCodec,
  videoFlag,
  videoKind,
  videoRequest,
  writeVideoHeader,
} from '../../electron/contract/kernel/video-wire.ts';
import type { StreamQuality, VideoKind, VideoRequest } from '../../electron/contract/kernel/video-wire.ts';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import type { DecoderEvents } from './channel.ts';
import type { TileRank } from './channels.rules.ts';
import { createDecodeHub } from './decode-hub.ts';
import type { PaintedPicture } from './channel.ts';
import type { DecoderToPage } from './messages.ts';

class FakeSocket extends EventTarget {
  binaryType: BinaryType = 'blob';
  readonly sent: string[] = [];
  isClosed = false;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.isClosed = true;
  }
}

interface Shown {
  readonly slot: number;
  readonly data: number;
}

/** What a slow decoder needs for one frame, milliseconds: two and a half frames a second. */
const SLOW_MS = 400;

/** A hub over sockets, decoders and sinks of the test's own. A decoder works at once unless all are told to be `slow`. */
const setUp = (release: 'common' | 'none' = 'common') => {
  const clock = createManualClock();
  const sockets: FakeSocket[] = [];
  const posted: DecoderToPage[] = [];
  const shown: Shown[] = [];
  const open = new Set<PaintedPicture>();
  const busySlots = new Set<number>();
  let slow = false;
  const dataByPicture = new Map<PaintedPicture, number>();
  const slots = new WeakMap<WritableStream<VideoFrame>, number>();

  const hub = createDecodeHub<PaintedPicture>({
    clock,
    random: () => 0,
    post: (message) => posted.push(message),
    openSocket: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    createDecoder: (events: DecoderEvents<PaintedPicture>) => {
      let queued = 0;
      let busyUntilMs = 0;
      return {
        configure: (config) => {
          if (config.codec.startsWith('hev')) events.failed('NotSupportedError');
        },
        decode: ({ stampUs, data }) => {
          queued += 1;
          const finish = (): void => {
            queued -= 1;
            const picture = {
              timestamp: stampUs,
              displayWidth: 640,
              displayHeight: 360,
              close: () => open.delete(picture),
            };
            open.add(picture);
            dataByPicture.set(picture, data[0] ?? -1);
            events.picture(picture);
          };
          if (!slow) return finish();
          const nowMs = clock.monotonicMs();
          busyUntilMs = Math.max(busyUntilMs, nowMs) + SLOW_MS;
          clock.after(busyUntilMs - nowMs, finish);
        },
        queueSize: () => queued,
        close: () => undefined,
      };
    },
    createSink: (transfer) => {
      const slot = transfer.kind === 'track' ? (slots.get(transfer.writable) ?? -1) : -1;
      return {
        ready: () => !busySlots.has(slot),
        show: (picture) => {
          shown.push({ slot, data: dataByPicture.get(picture) ?? -1 });
          picture.close();
        },
        drawn: () => 0,
      };
    },
  });

  const socket = (): FakeSocket => {
    const newest = sockets.at(-1);
    if (newest === undefined) throw new Error('No socket yet.');
    return newest;
  };
  const watched = (): VideoRequest['tiles'] => videoRequest.parse(JSON.parse(socket().sent.at(-1) ?? '')).tiles;
  const send = (kind: VideoKind, channel: number, flags: number, sequence: number, payload: Uint8Array): void => {
    const bytes = new Uint8Array(VIDEO_HEADER_BYTES + payload.byteLength);
    const header = {
      kind,
      flags,
      codec: videoCodec.h264,
      channel,
      sequence,
      timestampUs: 0,
      arrivedAtMs: clock.nowMs(),
    };
    writeVideoHeader(new DataView(bytes.buffer), header);
    bytes.set(payload, VIDEO_HEADER_BYTES);
    socket().dispatchEvent(new MessageEvent('message', { data: bytes.buffer }));
  };
  const sendJson = (kind: VideoKind, channel: number, value: object): void =>
    send(kind, channel, 0, 0, new TextEncoder().encode(JSON.stringify(value)));
  const configure = (channel: number, codec = 'avc1.42e01e'): void =>
    sendJson(videoKind.config, channel, { codec, width: 640, height: 360 });

  return {
    clock,
    hub,
    sockets,
    socket,
    posted,
    shown,
    open,
    busySlots,
    watched,
    sendJson,
    configure,
    frame: (channel: number, sequence: number, key = false) =>
      send(videoKind.frame, channel, key ? videoFlag.key : 0, sequence, Uint8Array.of(sequence)),
    connect: () => {
      hub.receive({ t: 'ticket', url: 'ws://127.0.0.1:1/video?ticket=a' });
      socket().dispatchEvent(new Event('open'));
    },
    start: () => hub.receive({ t: 'start', release }),
    want: (count: number, over: (slot: number) => { rank?: TileRank; quality?: StreamQuality } = () => ({})) => {
      const tiles = Array.from({ length: count }, (_, slot) => {
        const tile = {
          slot,
          epoch: 1,
          cameraId: `cam-${slot}`,
          quality: 'sub' as StreamQuality,
          rank: 'normal' as TileRank,
        };
        return Object.assign(tile, over(slot));
      });
      hub.receive({ t: 'plan', tiles });
    },
    sinks: (count: number) => {
      for (let slot = 0; slot < count; slot += 1) {
        const writable = new WritableStream<VideoFrame>();
        slots.set(writable, slot);
        hub.receive({ t: 'sink', slot, sink: { kind: 'track', writable } });
      }
    },
    setSlow: (on: boolean) => {
      slow = on;
    },
    level: () => posted.findLast((message) => message.t === 'report')?.level,
  };
};

/** `count` tiles, connected, configured, each with a key frame. */
const playing = (count: number, release: 'common' | 'none' = 'common') => {
  const world = setUp(release);
  world.sinks(count);
  world.want(count);
  world.start();
  world.connect();
  for (let channel = 0; channel < count; channel += 1) {
    world.configure(channel);
    world.frame(channel, 1, true);
  }
  return world;
};

describe('the decode hub', () => {
  test('asks for a ticket, connects with it and says what it wants', () => {
    const { start, connect, posted, socket, watched, want } = setUp();
    want(2);
    start();
    expect(posted).toEqual([{ t: 'ticketWanted' }]);
    connect();
    expect(socket().url).toBe('ws://127.0.0.1:1/video?ticket=a');
    expect(posted.at(-1)).toEqual({ t: 'link', up: true });
    expect(watched().map(({ cameraId }) => cameraId)).toEqual(['cam-0', 'cam-1']);
    want(2);
    expect(socket().sent).toHaveLength(1);
  });

  test('releases many tiles on one tick, each with its newest frame', () => {
    const { clock, frame, shown, open } = playing(3);
    clock.advance(50);
    shown.length = 0;
    frame(0, 2);
    frame(0, 3);
    frame(1, 2);
    expect(shown).toEqual([]);
    clock.advance(50);
    expect(shown).toEqual([
      { slot: 0, data: 3 },
      { slot: 1, data: 2 },
    ]);
    expect(open.size).toBe(0);
  });

  test('releases one or two tiles at once', () => {
    const { frame, shown } = playing(2);
    frame(1, 2);
    expect(shown.at(-1)).toEqual({ slot: 1, data: 2 });
  });

  test('a sink that is not ready keeps the newest frame waiting and no other', () => {
    const { clock, frame, shown, open, busySlots } = playing(3);
    clock.advance(50);
    busySlots.add(0);
    shown.length = 0;
    frame(0, 2);
    clock.advance(50);
    frame(0, 3);
    clock.advance(50);
    expect(shown).toEqual([]);
    expect(open.size).toBe(1);
    busySlots.clear();
    clock.advance(50);
    expect(shown).toEqual([{ slot: 0, data: 3 }]);
  });

  test('a new quality is shown when it has caught up, and only then the old channel is closed', () => {
    const { clock, want, watched, configure, frame, shown, posted, setSlow, sendJson } = playing(1);
    want(1, () => ({ quality: 'main' }));
    expect(watched().map(({ channel, quality }) => [channel, quality])).toEqual([
      [0, 'sub'],
      [1, 'main'],
    ]);
    const said = posted.length;
    sendJson(videoKind.status, 1, { state: 'offline', sinceMs: 1, fault: 'busy' });
    expect(posted).toHaveLength(said);
    configure(1);
    setSlow(true);
    frame(1, 101, true);
    frame(1, 102);
    frame(1, 103);
    clock.advance(2 * SLOW_MS + 10);
    expect(watched()).toHaveLength(2);
    expect(shown.map(({ data }) => data)).toEqual([1]);
    clock.advance(SLOW_MS);
    expect(shown.map(({ data }) => data)).toEqual([1, 103]);
    expect(watched().map(({ channel }) => channel)).toEqual([1]);
    expect(posted.findLast((message) => message.t === 'picture')).toMatchObject({ quality: 'main', epoch: 1 });
  });

  test('a lost socket is told, asked for again with growing waits, and starts every group anew', () => {
    const { clock, socket, sockets, posted, connect, watched, frame, shown, configure } = playing(1);
    clock.advance(6000);
    const asked = (): number => posted.filter(({ t }) => t === 'ticketWanted').length;
    socket().dispatchEvent(new Event('close'));
    expect(posted.findLast((message) => message.t === 'link')).toEqual({ t: 'link', up: false });
    clock.advance(240);
    expect(asked()).toBe(1);
    clock.advance(20);
    expect(asked()).toBe(2);
    connect();
    socket().dispatchEvent(new Event('close'));
    clock.advance(400);
    expect(asked()).toBe(2);
    clock.advance(110);
    expect(asked()).toBe(3);
    connect();
    expect(sockets).toHaveLength(3);
    expect(watched()).toHaveLength(1);
    shown.length = 0;
    configure(0);
    frame(0, 2);
    frame(0, 3, true);
    frame(0, 4);
    expect(shown.map(({ data }) => data)).toEqual([3, 4]);
  });

  test('a ticket refused, or never answered, is asked for again', () => {
    const { clock, hub, start, posted } = setUp();
    start();
    hub.receive({ t: 'ticket', url: null });
    clock.advance(260);
    expect(posted.filter(({ t }) => t === 'ticketWanted')).toHaveLength(2);
    clock.advance(11_000);
    expect(posted.filter(({ t }) => t === 'ticketWanted')).toHaveLength(3);
  });

  test('told that the station is back, it does not wait for its next attempt, and asks once', () => {
    const { clock, hub, start, posted } = setUp();
    const asked = (): number => posted.filter(({ t }) => t === 'ticketWanted').length;
    start();
    for (let round = 0; round < 6; round += 1) {
      hub.receive({ t: 'ticket', url: null });
      clock.advance(5001);
    }
    expect(asked()).toBe(7);
    hub.receive({ t: 'retry' });
    expect(asked()).toBe(7);
    hub.receive({ t: 'ticket', url: null });
    hub.receive({ t: 'retry' });
    hub.receive({ t: 'retry' });
    expect(asked()).toBe(8);
  });

  test('a socket that falls silent after frames flowed is dead, though it says nothing', () => {
    const { clock, socket, posted } = playing(1);
    clock.advance(9000);
    expect(socket().isClosed).toBe(false);
    clock.advance(2000);
    expect(socket().isClosed).toBe(true);
    expect(posted.findLast((message) => message.t === 'link')).toEqual({ t: 'link', up: false });
  });

  test('an overload costs the last small tiles first, never a focused or alarmed one, and is given back', () => {
    const { clock, want, frame, setSlow, watched, level } = playing(8);
    want(8, (slot) => ({ rank: slot === 7 ? 'focus' : slot === 6 ? 'alarmed' : 'normal' }));
    let sequence = 1;
    /** `ms` of frames at 10 a second, a key frame each second. */
    const run = (ms: number): void => {
      for (let at = 0; at < ms; at += 100) {
        clock.advance(100);
        sequence += 1;
        for (let channel = 0; channel < 8; channel += 1) frame(channel, sequence, sequence % 10 === 0);
      }
    };
    const onKeys = (): string[] =>
      watched().flatMap(({ cameraId, keyFramesOnly }) => (keyFramesOnly === true ? [cameraId] : []));
    run(4000);
    expect(level()).toBe(0);
    setSlow(true);
    run(3000);
    expect(level()).toBe(1);
    expect(onKeys()).toEqual(['cam-4', 'cam-5']);
    run(20_000);
    expect(level()).toBe(5);
    expect(onKeys()).toEqual(['cam-0', 'cam-1', 'cam-2', 'cam-3', 'cam-4', 'cam-5']);
    setSlow(false);
    run(120_000);
    expect(level()).toBe(0);
    expect(onKeys()).toEqual([]);
  });

  test('what the server says of a picture goes to its slot, and a codec that cannot be decoded is said', () => {
    const { sendJson, posted, configure, frame } = playing(2);
    sendJson(videoKind.status, 1, { state: 'offline', sinceMs: 5, fault: 'refused' });
    expect(posted.at(-1)).toEqual({
      t: 'status',
      slot: 1,
      epoch: 1,
      status: { state: 'offline', sinceMs: 5, fault: 'refused' },
    });
    configure(1, 'hev1.1.6.L93.B0');
    frame(1, 2, true);
    expect(posted.findLast((message) => message.t === 'status')?.status).toMatchObject({
      state: 'offline',
      fault: 'unsupported',
    });
  });

  test('frames of a channel nobody wants any more are left alone', () => {
    const { want, frame, shown } = playing(2);
    want(1);
    shown.length = 0;
    frame(1, 2, true);
    expect(shown).toEqual([]);
  });
});
