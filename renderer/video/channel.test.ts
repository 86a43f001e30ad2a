import { describe, expect, test } from 'vitest';
import { createChannel } from './channel.ts';
import type { ArrivedFrame, DecoderEvents, DecoderPort, Picture } from './channel.ts';
import type { DecodeMode } from './decode.rules.ts';

interface FakePicture extends Picture {
  closed: boolean;
}

interface FakeDecoder {
  readonly mode: DecodeMode[];
  readonly fed: { key: boolean; stampUs: number; data: Uint8Array }[];
  readonly events: DecoderEvents<FakePicture>;
  queued: number;
  closed: boolean;
  failing: string | null;
}

/** A channel over decoders that do nothing by themselves: `decodeAll` and `fail` are the test's. */
const setUp = (quality: 'main' | 'sub' = 'sub') => {
  let nowMs = 10_000;
  let stamp = 0;
  let gaveUp = 0;
  let trusted = true;
  const decoders: FakeDecoder[] = [];
  const pictures: FakePicture[] = [];
  const channel = createChannel<FakePicture>(
    {
      nowMs: () => nowMs,
      stampUs: () => (stamp += 1),
      decoded: () => undefined,
      gaveUp: () => (gaveUp += 1),
      hardwareTrusted: () => trusted,
      hardwareFailed: () => {
        trusted = false;
      },
      createDecoder: (events): DecoderPort => {
        const fake: FakeDecoder = { mode: [], fed: [], events, queued: 0, closed: false, failing: null };
        decoders.push(fake);
        return {
          configure: (_config, mode) => fake.mode.push(mode),
          decode: (frame) => {
            if (fake.failing !== null) throw new DOMException('', fake.failing);
            fake.fed.push(frame);
            fake.queued += 1;
          },
          queueSize: () => fake.queued,
          close: () => {
            fake.closed = true;
          },
        };
      },
    },
    quality,
  );
  const decoder = (): FakeDecoder => {
    const newest = decoders.at(-1);
    if (newest === undefined) throw new Error('No decoder yet.');
    return newest;
  };
  const frame = (sequence: number, key = false, over: Partial<ArrivedFrame> = {}): void =>
    channel.arrived({
      key,
      sequence,
      discontinuity: false,
      data: Uint8Array.of(sequence),
      arrivedAtMs: sequence,
      ...over,
    });
  let done = 0;
  const decodeAll = (): void => {
    const current = decoder();
    for (done = Math.max(0, current.fed.length - current.queued); done < current.fed.length; done += 1) {
      current.queued -= 1;
      const picture = {
        timestamp: current.fed[done]?.stampUs ?? 0,
        closed: false,
        close: () => (picture.closed = true),
      };
      pictures.push(picture);
      current.events.picture(picture);
    }
  };
  const fedNumbers = (): number[] => decoder().fed.map(({ data }) => data[0] ?? -1);
  channel.configure({ codec: 'avc1.42e01e', width: 1280, height: quality === 'main' ? 720 : 360 });
  return {
    channel,
    decoders,
    pictures,
    decoder,
    frame,
    decodeAll,
    fedNumbers,
    gaveUp: () => gaveUp,
    wait: (ms: number) => (nowMs += ms),
  };
};

describe('a channel', () => {
  test('begins at a key frame', () => {
    const { frame, fedNumbers, decoders } = setUp();
    frame(1);
    expect(decoders).toHaveLength(0);
    frame(2, true);
    frame(3);
    expect(fedNumbers()).toEqual([2, 3]);
  });

  test('keeps only the newest picture and closes every other', () => {
    const { frame, decodeAll, channel, pictures } = setUp();
    frame(1, true);
    frame(2);
    frame(3);
    decodeAll();
    expect(pictures.map(({ closed }) => closed)).toEqual([true, true, false]);
    expect(channel.takeNewest()?.arrivedAtMs).toBe(3);
    expect(channel.takeNewest()).toBeNull();
    frame(4);
    decodeAll();
    channel.close();
    expect(pictures.map(({ closed }) => closed)).toEqual([true, true, false, true]);
  });

  test('after a gap waits for the next key frame, never decoding a broken group', () => {
    const { frame, fedNumbers } = setUp();
    frame(1, true);
    frame(3);
    frame(4);
    frame(5, true);
    frame(6, false, { discontinuity: true });
    frame(7, true);
    expect(fedNumbers()).toEqual([1, 5, 7]);
  });

  test('feeds a few frames at a time, and a key frame pushes out what still waits', () => {
    const { frame, fedNumbers, decodeAll, channel, wait } = setUp();
    wait(5000);
    frame(1, true);
    for (let number = 2; number <= 20; number += 1) frame(number);
    expect(fedNumbers()).toEqual([1, 2, 3, 4, 5, 6]);
    frame(21, true);
    expect(channel.takeLate(350)).toBe(true);
    decodeAll();
    expect(fedNumbers()).toEqual([1, 2, 3, 4, 5, 6, 21]);
  });

  test('a full decoder from which nothing comes for a while counts as late; a few frames held back do not', () => {
    const full = setUp();
    const reordering = setUp();
    for (const [world, frames] of [
      [full, 6],
      [reordering, 3],
    ] as const) {
      world.wait(5000);
      for (let number = 1; number <= frames; number += 1) world.frame(number, number === 1);
      world.wait(400);
    }
    expect(full.channel.takeLate(350)).toBe(true);
    expect(reordering.channel.takeLate(350)).toBe(false);
  });

  test('what waited too long is dropped to the next key frame; a focused picture may wait twice as long', () => {
    const ordinary = setUp();
    const precious = setUp();
    precious.channel.setPrecious(true);
    for (const { frame, wait, decodeAll } of [ordinary, precious]) {
      frame(1, true);
      for (let number = 2; number <= 8; number += 1) frame(number);
      wait(2000);
      decodeAll();
      frame(9);
    }
    expect(ordinary.fedNumbers()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(precious.fedNumbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('on key frames only, other frames are left out until a key frame after the order is lifted', () => {
    const { frame, fedNumbers, channel } = setUp();
    frame(1, true);
    channel.setKeyFramesOnly(true);
    frame(2);
    frame(3, true);
    frame(4);
    channel.setKeyFramesOnly(false);
    frame(5);
    frame(6, true);
    frame(7);
    expect(fedNumbers()).toEqual([1, 3, 6, 7]);
  });

  test('a decoder taken away is made anew and gets the kept group again, under new stamps', () => {
    const { frame, fedNumbers, decodeAll, decoders, decoder } = setUp();
    frame(1, true);
    frame(2);
    decodeAll();
    decoder().events.failed('QuotaExceededError');
    expect(decoders).toHaveLength(2);
    expect(decoders[0]?.closed).toBe(true);
    expect(fedNumbers()).toEqual([1, 2]);
    expect(decoder().fed.map(({ stampUs }) => stampUs)).toEqual([3, 4]);
    decoders[0]?.events.failed('QuotaExceededError');
    frame(3);
    expect(fedNumbers()).toEqual([1, 2, 3]);
    expect(decoders).toHaveLength(2);
  });

  test('a damaged frame costs the group, not the channel', () => {
    const { frame, fedNumbers, decodeAll, decoder } = setUp();
    frame(1, true);
    decodeAll();
    decoder().events.failed('EncodingError');
    frame(2);
    frame(3, true);
    expect(fedNumbers()).toEqual([3]);
  });

  test('a hardware decoder that swallows frames in silence gives way to software with the kept group', () => {
    const { frame, fedNumbers, decoder, channel, wait } = setUp('main');
    for (let number = 1; number <= 6; number += 1) frame(number, number === 1);
    expect(decoder().mode).toEqual(['prefer-hardware']);
    wait(2100);
    channel.look();
    expect(decoder().mode).toEqual(['prefer-software']);
    expect(fedNumbers()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a codec no mode decodes is given up once, until the stream changes', () => {
    const { frame, decoder, decoders, gaveUp, channel } = setUp();
    frame(1, true);
    decoder().events.failed('NotSupportedError');
    decoder().events.failed('NotSupportedError');
    expect(gaveUp()).toBe(1);
    frame(2, true);
    expect(decoders).toHaveLength(2);
    channel.configure({ codec: 'avc1.640028', width: 640, height: 360 });
    frame(3, true);
    expect(decoders).toHaveLength(3);
  });

  test('an exception of decode is a failure like any other', () => {
    const { frame, decoder, decoders } = setUp();
    frame(1, true);
    decoder().failing = 'DataError';
    frame(2);
    frame(3, true);
    expect(decoders).toHaveLength(2);
  });
});
