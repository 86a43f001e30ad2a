/** A media worker of a test's own: speaks the video wire with prepared clips, and misbehaves when told to. */
import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import {
  VIDEO_HEADER_BYTES,
  videoCodec,
  videoFlag,
  videoKind,
  videoRequest,
  writeVideoHeader,
} from '../../electron/contract/kernel/video-wire.ts';
import type {
  StreamQuality,
  VideoHeader,
  VideoKind,
  VideoRequest,
  VideoStatus,
} from '../../electron/contract/kernel/video-wire.ts';
import type { Clip } from './video-clip.ts';

export interface WireServer {
  readonly port: number;
  /** What the seat asked for last. */
  watched(): VideoRequest['tiles'];
  /** Connections accepted so far. */
  connections(): number;
  /** The stream stands still, and everybody goes on claiming health. */
  freeze(cameraId: string, frozen: boolean): void;
  /** The server says so about a camera, and sends no more frames of it until it says `live`. */
  say(cameraId: string, status: VideoStatus): void;
  /** Streams of this quality give nothing at all. */
  mute(quality: StreamQuality, muted: boolean): void;
  /** Ends every connection, and refuses new ones while `refuse`. */
  cut(refuse: boolean): void;
  accept(): void;
  close(): Promise<void>;
}

interface Feed {
  readonly cameraId: string;
  readonly quality: StreamQuality;
  readonly keyFramesOnly: boolean;
  sequence: number;
}

interface Seat {
  readonly socket: WebSocket;
  readonly feeds: Map<number, Feed>;
}

/** Streams of one quality run at the same rate, each camera with a phase of its own, as real cameras do. */
export const createWireServer = async (clips: Readonly<Record<StreamQuality, Clip>>): Promise<WireServer> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.');
  const seats = new Set<Seat>();
  const frozen = new Set<string>();
  const muted = new Set<StreamQuality>();
  const said = new Map<string, VideoStatus>();
  const runs = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  let request: VideoRequest['tiles'] = [];
  let connections = 0;
  let refusing = false;

  const post = (
    seat: Seat,
    channel: number,
    kind: VideoKind,
    rest: Partial<VideoHeader>,
    payload: Uint8Array,
  ): void => {
    const message = new Uint8Array(VIDEO_HEADER_BYTES + payload.byteLength);
    const header = {
      kind,
      flags: 0,
      codec: videoCodec.h264,
      channel,
      sequence: 0,
      timestampUs: 0,
      arrivedAtMs: Date.now(),
    };
    writeVideoHeader(new DataView(message.buffer), { ...header, ...rest });
    message.set(payload, VIDEO_HEADER_BYTES);
    seat.socket.send(message);
  };

  const postJson = (seat: Seat, channel: number, kind: VideoKind, value: object): void =>
    post(seat, channel, kind, {}, Buffer.from(JSON.stringify(value)));

  const postUnit = (seat: Seat, channel: number, feed: Feed, at: number, discontinuity = false): void => {
    const clip = clips[feed.quality];
    const unit = clip.units[at % clip.units.length];
    if (unit === undefined || (feed.keyFramesOnly && !unit.key)) return;
    const flags = (unit.key ? videoFlag.key : 0) | (discontinuity ? videoFlag.discontinuity : 0);
    const timestampUs = Math.round((at * 1e6) / clip.fps);
    post(seat, channel, videoKind.frame, { flags, sequence: feed.sequence, timestampUs }, unit.data);
    feed.sequence += 1;
  };

  const nameOf = (cameraId: string, quality: StreamQuality): string => `${cameraId} ${quality}`;

  /** The camera's stream, begun by the first look at it and never stopped, as a camera's. */
  const streamOf = (cameraId: string, quality: StreamQuality): { at: number } => {
    const name = nameOf(cameraId, quality);
    const running = runs.get(name);
    if (running !== undefined) return running;
    const clip = clips[quality];
    const phase = runs.size * 7;
    const startedMs = performance.now() - (phase * 1000) / clip.fps - runs.size * 5;
    const step = (): void => {
      const due = Math.floor(((performance.now() - startedMs) * clip.fps) / 1000);
      while (run.at < due) {
        run.at += 1;
        if (frozen.has(cameraId) || muted.has(quality) || (said.get(cameraId)?.state ?? 'live') !== 'live') continue;
        for (const seat of seats) {
          for (const [channel, feed] of seat.feeds) {
            if (feed.cameraId === cameraId && feed.quality === quality) postUnit(seat, channel, feed, run.at);
          }
        }
      }
      const nextMs = startedMs + ((run.at + 1) * 1000) / clip.fps;
      run.timer = setTimeout(step, Math.max(1, nextMs - performance.now()));
    };
    const run = { at: phase, timer: setTimeout(step, 1) };
    runs.set(name, run);
    return run;
  };

  const begin = (seat: Seat, channel: number, feed: Feed): void => {
    const clip = clips[feed.quality];
    const { at } = streamOf(feed.cameraId, feed.quality);
    postJson(seat, channel, videoKind.status, said.get(feed.cameraId) ?? { state: 'live', sinceMs: Date.now() });
    if (said.has(feed.cameraId)) return;
    postJson(seat, channel, videoKind.config, { codec: clip.codec, width: clip.width, height: clip.height });
    if (muted.has(feed.quality)) return;
    let key = at;
    while (key > 0 && clip.units[key % clip.units.length]?.key !== true) key -= 1;
    for (let unit = key; unit <= at; unit += 1) postUnit(seat, channel, feed, unit, unit === key);
  };

  const watch = (seat: Seat, tiles: VideoRequest['tiles']): void => {
    request = tiles;
    const before = new Map(seat.feeds);
    seat.feeds.clear();
    for (const { channel, cameraId, quality, keyFramesOnly = false } of tiles) {
      const old = before.get(channel);
      const feed = { cameraId, quality, keyFramesOnly, sequence: old?.sequence ?? 1 };
      seat.feeds.set(channel, feed);
      if (old === undefined) begin(seat, channel, feed);
    }
  };

  server.on('connection', (socket) => {
    if (refusing) return socket.terminate();
    connections += 1;
    const seat: Seat = { socket, feeds: new Map() };
    seats.add(seat);
    socket.on('message', (data) => watch(seat, videoRequest.parse(JSON.parse(String(data))).tiles));
    socket.on('close', () => seats.delete(seat));
  });

  return {
    port: address.port,
    watched: () => request,
    connections: () => connections,
    freeze: (cameraId, stands) => {
      if (stands) frozen.add(cameraId);
      else frozen.delete(cameraId);
    },
    say: (cameraId, status) => {
      if (status.state === 'live') said.delete(cameraId);
      else said.set(cameraId, status);
      for (const seat of seats) {
        for (const [channel, feed] of seat.feeds) {
          if (feed.cameraId !== cameraId) continue;
          if (status.state === 'live') begin(seat, channel, feed);
          else postJson(seat, channel, videoKind.status, status);
        }
      }
    },
    mute: (quality, mute) => {
      if (mute) muted.add(quality);
      else muted.delete(quality);
    },
    cut: (refuse) => {
      refusing = refuse;
      for (const seat of seats) seat.socket.terminate();
    },
    accept: () => {
      refusing = false;
    },
    close: async () => {
      for (const { timer } of runs.values()) clearTimeout(timer);
      for (const seat of seats) seat.socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
};
