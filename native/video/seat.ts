import { parseJson } from '../../electron/domain/kernel/json.ts';
import type { WebSocket } from 'ws';
import {
  VIDEO_HEADER_BYTES,
  videoCodec,
  videoFlag,
  videoKind,
  videoRequest,
  writeVideoHeader,
  type VideoCodecNumber,
  type VideoHeader,
  type VideoRequest,
} from '../../electron/contract/kernel/video-wire.ts';
import type { AccessUnit } from '../rtsp/access-unit-builder.ts';
import type { Cancel } from '../../electron/domain/kernel/clock.ts';
import type { StreamHub } from './stream-hub.ts';

/** What may wait for a seat that reads slowly before its pictures are left out (bytes). */
export const SEAT_BUFFER_BYTES = 4_194_304;
/** Close code of RFC 6455 section 7.4.1: the message makes no sense here. */
const POLICY_VIOLATION = 1008;

type Tile = VideoRequest['tiles'][number];

interface Channel {
  readonly cameraId: string;
  readonly quality: Tile['quality'];
  keyFramesOnly: boolean;
  codec: VideoCodecNumber;
  needsKey: boolean;
  isCut: boolean;
  /** Bytes of its pictures that wait for the seat. */
  waitingBytes: number;
  cancel: Cancel;
}

export interface SeatOptions {
  readonly socket: WebSocket;
  readonly hub: StreamHub;
  readonly bufferBytes: number;
}

const encoder = new TextEncoder();

/**
 * Serves one seat. What it cannot take in time is left out, channel by channel and always up to the next key frame, so
 * that a slow seat has fewer pictures and never broken ones, and no other seat notices.
 */
export const serveSeat = ({ socket, hub, bufferBytes }: SeatOptions): void => {
  const channels = new Map<number, Channel>();

  const pack = (header: VideoHeader, payload: Uint8Array): Uint8Array => {
    const message = new Uint8Array(VIDEO_HEADER_BYTES + payload.length);
    writeVideoHeader(new DataView(message.buffer), header);
    message.set(payload, VIDEO_HEADER_BYTES);
    return message;
  };
  const sendJson = (
    kind: typeof videoKind.config | typeof videoKind.status,
    channel: number,
    codec: VideoCodecNumber,
    value: object,
  ): void => {
    const header = { kind, flags: 0, codec, channel, sequence: 0, timestampUs: 0, arrivedAtMs: 0 };
    socket.send(pack(header, encoder.encode(JSON.stringify(value))));
  };

  /** Above the limit the channels that hold more than their share are cut, so that one flood does not drown the others. */
  const isOverfull = (channel: Channel): boolean => {
    const waiting = socket.bufferedAmount;
    if (waiting <= bufferBytes) return false;
    return waiting > 2 * bufferBytes || channel.waitingBytes > bufferBytes / channels.size;
  };

  const sendUnit = (number: number, channel: Channel, unit: AccessUnit): void => {
    if (!unit.key && (channel.needsKey || channel.keyFramesOnly)) return;
    if (isOverfull(channel)) {
      channel.needsKey = true;
      channel.isCut = true;
      return;
    }
    const flags = (unit.key ? videoFlag.key : 0) | (unit.discontinuity || channel.isCut ? videoFlag.discontinuity : 0);
    channel.needsKey = false;
    channel.isCut = false;
    const { sequence, timestampUs, arrivedAtMs } = unit;
    const message = pack(
      { kind: videoKind.frame, flags, codec: channel.codec, channel: number, sequence, timestampUs, arrivedAtMs },
      unit.data,
    );
    channel.waitingBytes += message.length;
    socket.send(message, () => {
      channel.waitingBytes -= message.length;
    });
  };

  const open = (tile: Tile): void => {
    const number = tile.channel;
    const channel: Channel = {
      cameraId: tile.cameraId,
      quality: tile.quality,
      keyFramesOnly: tile.keyFramesOnly ?? false,
      codec: videoCodec.h264,
      needsKey: true,
      isCut: false,
      waitingBytes: 0,
      cancel: () => undefined,
    };
    channels.set(number, channel);
    channel.cancel = hub.watch(tile.cameraId, tile.quality, {
      onStatus: ({ state, sinceMs, fault }) => {
        sendJson(
          videoKind.status,
          number,
          channel.codec,
          fault === null ? { state, sinceMs } : { state, sinceMs, fault },
        );
      },
      onFormat: ({ codec, codecString, width, height }) => {
        channel.codec = videoCodec[codec];
        channel.needsKey = true;
        sendJson(videoKind.config, number, channel.codec, { codec: codecString, width, height });
      },
      onUnit: (unit) => sendUnit(number, channel, unit),
    });
  };

  const apply = (tiles: readonly Tile[]): void => {
    const wanted = new Map(tiles.map((tile) => [tile.channel, tile]));
    for (const [number, channel] of channels) {
      const tile = wanted.get(number);
      if (tile !== undefined && tile.cameraId === channel.cameraId && tile.quality === channel.quality) {
        const keyFramesOnly = tile.keyFramesOnly ?? false;
        if (channel.keyFramesOnly && !keyFramesOnly) channel.needsKey = true;
        channel.keyFramesOnly = keyFramesOnly;
        wanted.delete(number);
        continue;
      }
      channels.delete(number);
      channel.cancel();
    }
    for (const tile of wanted.values()) open(tile);
  };

  socket.on('message', (data, isBinary) => {
    const request = isBinary ? null : decodeRequest(data.toString());
    if (request === null) socket.close(POLICY_VIOLATION, 'not a video request');
    else apply(request.tiles);
  });
  socket.on('close', () => apply([]));
};

/** A message of a seat, or `null`: JSON of the agreed shape, each channel once. */
const decodeRequest = (text: string): VideoRequest | null => {
  const request = videoRequest.safeParse(parseJson(text));
  if (!request.success) return null;
  const numbers = new Set(request.data.tiles.map((tile) => tile.channel));
  return numbers.size === request.data.tiles.length ? request.data : null;
};
