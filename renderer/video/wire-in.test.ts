import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  VIDEO_HEADER_BYTES,
  videoCodec,
  videoFlag,
  videoKind,
  writeVideoHeader,
} from '../../electron/contract/kernel/video-wire.ts';
import type { VideoHeader } from '../../electron/contract/kernel/video-wire.ts';
import { decodeWire } from './wire-in.ts';

const message = (header: Partial<VideoHeader>, payload: Uint8Array): ArrayBuffer => {
  const bytes = new Uint8Array(VIDEO_HEADER_BYTES + payload.byteLength);
  const whole = {
    kind: videoKind.frame,
    flags: 0,
    codec: videoCodec.h264,
    channel: 7,
    sequence: 9,
    timestampUs: 1,
    arrivedAtMs: 2.5,
  };
  writeVideoHeader(new DataView(bytes.buffer), { ...whole, ...header });
  bytes.set(payload, VIDEO_HEADER_BYTES);
  return bytes.buffer;
};

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('a message of the video socket', () => {
  test('a frame carries its flags, its number and its bytes', () => {
    const flags = videoFlag.key | videoFlag.discontinuity;
    expect(decodeWire(message({ flags, channel: 65_535, sequence: 2 ** 32 - 1 }, Uint8Array.of(1, 2, 3)))).toEqual({
      kind: 'frame',
      channel: 65_535,
      frame: { key: true, discontinuity: true, sequence: 2 ** 32 - 1, data: Uint8Array.of(1, 2, 3), arrivedAtMs: 2.5 },
    });
  });

  test('config and status are read by their schemas', () => {
    const config = { codec: 'avc1.42e01e', width: 640, height: 360 };
    expect(decodeWire(message({ kind: videoKind.config }, json(config)))).toEqual({
      kind: 'config',
      channel: 7,
      config,
    });
    const status = { state: 'offline', sinceMs: 5, fault: 'credentials' };
    expect(decodeWire(message({ kind: videoKind.status }, json(status)))).toEqual({
      kind: 'status',
      channel: 7,
      status,
    });
  });

  test('what is wrong is nothing: no payload, wrong shape, no JSON, too much JSON, another version', () => {
    const otherVersion = message({}, Uint8Array.of(1));
    new Uint8Array(otherVersion)[0] = 2;
    const wrong = [
      message({}, new Uint8Array(0)),
      message({ kind: videoKind.config }, json({ codec: 'avc1', width: 0, height: 1 })),
      message({ kind: videoKind.status }, json({ state: 'fine', sinceMs: 1 })),
      message({ kind: videoKind.status }, Uint8Array.of(123)),
      message({ kind: videoKind.config }, json({ codec: 'a'.repeat(5000), width: 1, height: 1 })),
      otherVersion,
    ];
    expect(wrong.map(decodeWire)).toEqual(wrong.map(() => null));
  });

  test('no bytes whatever make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 3 }), (bytes, kind) => {
        const buffer = new Uint8Array([1, kind, 0, 1, ...bytes]).buffer;
        const decoded = decodeWire(buffer);
        expect(decoded === null || typeof decoded.channel === 'number').toBe(true);
      }),
      fuzz(100, 50_000),
    );
  });
});
