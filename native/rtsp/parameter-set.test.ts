import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeH264Sps } from '../../tests/support/rtsp-media.ts';
import { parseH264Sps } from './h264-sps.ts';
import { parseH265Sps } from './h265-sps.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('H.264 sequence parameter sets, as x264 writes them', () => {
  test.each([
    ['6742c01ed900a02ff97011000003000100000300320f162e48', 'avc1.42c01e', 640, 360],
    ['67640028acd940780227e5c044000003000400000300c83c60c658', 'avc1.640028', 1920, 1080],
    ['67640028acd94078044fde0220000003002000000643e2c5b2c0', 'avc1.640028', 1920, 1080],
    ['67f4001e919b2816024f7580880000030008000003019078b16cb0', 'avc1.f4001e', 702, 575],
  ])('%s', (text, codecString, width, height) => {
    expect(parseH264Sps(hex(text))).toEqual({ ok: true, value: { codec: 'h264', codecString, width, height } });
  });
});

describe('H.265 sequence parameter sets, as x265 writes them', () => {
  test.each([
    [
      '420101016000000300900000030000030078a003c08010e596566924caf0168080000003008000000c84',
      'hev1.1.6.L120.90',
      1920,
      1080,
    ],
    [
      '42010101600000030090000003000003003fa00502016965959a4932bc05a02000000300200000030321',
      'hev1.1.6.L63.90',
      640,
      360,
    ],
    [
      '420101022000000300900000030000030078a002ac80301d6d96566924caf0168080000003008000000c84',
      'hev1.2.4.L120.90',
      1366,
      768,
    ],
  ])('%s', (text, codecString, width, height) => {
    expect(parseH265Sps(hex(text))).toEqual({ ok: true, value: { codec: 'h265', codecString, width, height } });
  });
});

test('a picture no seat should decode is told from a broken set', () => {
  expect(parseH264Sps(makeH264Sps(8192, 8192))).toEqual({ ok: false, error: { kind: 'tooLarge' } });
  expect(parseH264Sps(makeH264Sps(16_384, 64))).toEqual({ ok: false, error: { kind: 'tooLarge' } });
  expect(parseH264Sps(makeH264Sps(8192, 4320))).toMatchObject({ ok: true, value: { width: 8192, height: 4320 } });
  expect(parseH264Sps(hex('6742c01e'))).toEqual({ ok: false, error: { kind: 'malformed' } });
  expect(parseH265Sps(hex('4201010160000003'))).toEqual({ ok: false, error: { kind: 'malformed' } });
});

test('any bytes are read to an end, and never yield a size out of bounds', () => {
  const valid = hex('67640028acd940780227e5c044000003000400000300c83c60c658');
  const flipped = fc.tuple(fc.nat(valid.length - 1), fc.nat(7)).map(([index, bit]) => {
    const copy = Buffer.from(valid);
    copy[index] = (copy[index] ?? 0) ^ (1 << bit);
    return copy;
  });
  const anything = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([hex('67'), bytes]));
  fc.assert(
    fc.property(fc.oneof(flipped, anything), (bytes) => {
      for (const result of [parseH264Sps(bytes), parseH265Sps(Buffer.concat([hex('4201'), bytes]))]) {
        const area = result.ok ? result.value.width * result.value.height : 1;
        expect(area).toBeGreaterThan(0);
        expect(area).toBeLessThanOrEqual(35_651_584);
      }
    }),
    fuzz(500, 200000),
  );
});
