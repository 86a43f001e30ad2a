/** The rules of one or two lines: tick, back-off, tile size, and what a decoder's failure leads to. */
import { describe, expect, test } from 'vitest';
import { reconnectMs } from '../bridge/reconnect.rules.ts';
import { isSilent, modesFor, recover } from './decode.rules.ts';
import { qualityFor } from './quality.rules.ts';
import { tickHz, waitsForTick } from './tick.rules.ts';

describe('tick', () => {
  test('is a little above the fastest stream, between 20 and 40', () => {
    expect([0, 10, 15, 16.5, 20, 25, 30, 60].map(tickHz)).toEqual([20, 20, 20, 20, 25, 30, 40, 40]);
  });

  test('gathers more than two tiles', () => {
    expect([1, 2, 3, 16].map((tiles) => waitsForTick('common', tiles))).toEqual([false, false, true, true]);
    expect(waitsForTick('none', 16)).toBe(false);
  });
});

describe('back-off', () => {
  test('doubles from a quarter of a second to five, never above, never in step', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((failures) => reconnectMs(failures, 0))).toEqual([
      250, 500, 1000, 2000, 4000, 5000, 5000,
    ]);
    expect(reconnectMs(5, 1)).toBe(3750);
  });
});

describe('quality by size', () => {
  test('has two thresholds, so that it does not flutter', () => {
    expect(qualityFor('sub', 559)).toBe('sub');
    expect(qualityFor('sub', 560)).toBe('main');
    expect(qualityFor('main', 480)).toBe('main');
    expect(qualityFor('main', 479)).toBe('sub');
  });
});

describe('decoder modes', () => {
  test('tiles are decoded in software, a large main stream in hardware first where that can be trusted', () => {
    expect(modesFor('sub', 1080, true)[0]).toBe('prefer-software');
    expect(modesFor('main', 576, true)[0]).toBe('prefer-software');
    expect(modesFor('main', 720, true)[0]).toBe('prefer-hardware');
    expect(modesFor('main', 720, false)[0]).toBe('prefer-software');
  });

  test('silence is frames in and none out for two seconds', () => {
    const progress = { nowMs: 5000, fedSinceOutput: 6, firstFedMs: 2900, keyFramesOnly: false };
    expect(isSilent(progress)).toBe(true);
    expect(isSilent({ ...progress, firstFedMs: 3100 })).toBe(false);
    expect(isSilent({ ...progress, fedSinceOutput: 5 })).toBe(false);
    expect(isSilent({ ...progress, fedSinceOutput: 2, keyFramesOnly: true })).toBe(true);
    expect(isSilent({ ...progress, firstFedMs: null })).toBe(false);
  });

  test('a mode that is not there gives way at once; with none left the codec is given up', () => {
    const failure = { name: 'OperationError', mode: 0, modes: 3, failures: 1, worked: false };
    expect(recover(failure)).toEqual({ mode: 1, refeed: true, waitMs: 0, givenUp: false });
    expect(recover({ ...failure, name: 'NotSupportedError', mode: 2 })).toMatchObject({ givenUp: true });
    expect(recover({ ...failure, worked: true })).toMatchObject({ mode: 0, refeed: true, givenUp: false });
  });

  test('a decoder taken away gets its group again, twice at most, and never in a storm', () => {
    const failure = { name: 'QuotaExceededError', mode: 0, modes: 2, worked: true };
    expect([1, 2, 3, 4, 9].map((failures) => recover({ ...failure, failures }).refeed)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([1, 2, 3, 4, 9].map((failures) => recover({ ...failure, failures }).waitMs)).toEqual([
      0, 500, 1000, 2000, 5000,
    ]);
  });

  test('a damaged frame waits for a key frame in the same mode; silence changes the mode', () => {
    const failure = { name: 'EncodingError', mode: 0, modes: 2, failures: 1, worked: true };
    expect(recover(failure)).toMatchObject({ mode: 0, refeed: false });
    expect(recover({ ...failure, name: 'silent' })).toMatchObject({ mode: 1, refeed: true });
  });
});
