import { describe, expect, test } from 'vitest';
import {
  annexB,
  createPictureSource,
  fragmentH264,
  fragmentH265,
  h264Pps,
  makeH264Sps,
  makeRtp,
  makeSlice,
} from '../../tests/support/rtsp-media.ts';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import type { AccessUnit } from './access-unit-builder.ts';
import { newDeviceHabits, type DeviceHabits } from './device-habits.ts';
import type { PictureFormat } from './picture-format.ts';
import { createRtpReceiver } from './rtp-receiver.ts';
import type { VideoTrack } from './sdp.ts';

const h264: VideoTrack = {
  codec: 'h264',
  payloadType: 96,
  clockRate: 90_000,
  control: null,
  parameterSets: [],
  hasDecodingOrder: false,
  protection: null,
  isSecureProfile: false,
};
const h265: VideoTrack = { ...h264, codec: 'h265' };
const sps = makeH264Sps(640, 352);
const h265Sets = [
  '40010c01ffff016000000300900000030000030078959809',
  '42010101600000030090000003000003003fa00502016965959a4932bc05a02000000300200000030321',
  '4401c172b46240',
].map((text) => Buffer.from(text, 'hex'));
const h265Slice = (type: number, bytes: number): Buffer =>
  Buffer.concat([Buffer.from([type << 1, 1, 0xa0]), Buffer.alloc(bytes, 0x33)]);
const meta = Buffer.concat([Buffer.from([0x7f]), Buffer.from('of the maker')]);

interface Payload {
  readonly bytes: Buffer;
  readonly marker: boolean;
}
/** One picture: its payloads, the last with the marker. */
const picture = (...payloads: readonly Buffer[]): Payload[] =>
  payloads.map((bytes, index) => ({ bytes, marker: index === payloads.length - 1 }));

/** Feeds pictures at 25 a second by their stamps, and tells what came of them. */
const receive = (track: VideoTrack, pictures: readonly (readonly Payload[])[], habits: DeviceHabits | null = null) => {
  const units: AccessUnit[] = [];
  const formats: PictureFormat[] = [];
  const clock = createManualClock();
  const receiver = createRtpReceiver(
    track,
    {
      onFormat: (format) => formats.push(format),
      onAccessUnit: (unit) => units.push(unit),
      onTooLarge: () => undefined,
    },
    clock.nowMs,
    habits === null ? null : { habits, after: clock.after },
  );
  let sequence = 0;
  for (const [index, payloads] of pictures.entries()) {
    for (const { bytes, marker } of payloads) {
      const packet = makeRtp({ sequence, timestamp: index * 3600, marker }, bytes);
      receiver.packet(packet, 0, packet.length);
      sequence += 1;
    }
  }
  return {
    units,
    formats,
    clock,
    stats: receiver.stats(),
    pattern: units.map((unit) => (unit.key ? 'K' : 'p')).join(''),
    bytes: units.map((unit) => Buffer.from(unit.data).toString('hex')),
  };
};

/** What seven pictures of groups of three come out as when all is well. */
const expected = Array.from({ length: 7 }, (_, index) => {
  const slice = makeSlice(index % 3 === 0, 3000, index);
  return (index % 3 === 0 ? annexB(sps, h264Pps, slice) : annexB(slice)).toString('hex');
});
const seven = (pack: (isKey: boolean, slice: Buffer) => Payload[]): Payload[][] =>
  Array.from({ length: 7 }, (_, index) => pack(index % 3 === 0, makeSlice(index % 3 === 0, 3000, index)));

describe('a byte stream where one unit belongs is taken apart (retina 68 and 108, gortsplib 199 and 989)', () => {
  const code = Buffer.from([0, 0, 0, 1]);
  const short = Buffer.from([0, 0, 1]);
  const joined = (isKey: boolean, slice: Buffer, between: Buffer): Buffer =>
    isKey ? Buffer.concat([sps, between, h264Pps, between, slice]) : slice;
  test.for<[string, (isKey: boolean, slice: Buffer) => Payload[]]>([
    ['in fragments', (isKey, slice) => picture(...fragmentH264(joined(isKey, slice, code), 1000))],
    ['in one packet', (isKey, slice) => picture(joined(isKey, slice, code))],
    ['with short start codes', (isKey, slice) => picture(...fragmentH264(joined(isKey, slice, short), 1000))],
    ['with one in front of it', (isKey, slice) => picture(Buffer.concat([code, joined(isKey, slice, code)]))],
    [
      'with one in front, in fragments',
      (isKey, slice) => picture(...fragmentH264(Buffer.concat([code, joined(isKey, slice, code)]), 1000)),
    ],
    ['with one behind it', (isKey, slice) => picture(Buffer.concat([joined(isKey, slice, code), code]))],
    [
      'in an aggregate',
      (isKey, slice) => {
        const unit = joined(isKey, slice, code);
        return picture(Buffer.concat([Buffer.from([24, unit.length >> 8, unit.length & 255]), unit]));
      },
    ],
  ])('%s', ([, pack]) => {
    const got = receive(h264, seven(pack));
    expect(got.bytes).toEqual(expected);
    expect(got.stats).toMatchObject({ malformed: 0, dropped: 0 });
  });

  test('in H.265', () => {
    const key = h265Slice(19, 3000);
    const unit = Buffer.concat([...h265Sets, key].flatMap((nal, index) => (index === 0 ? [nal] : [code, nal])));
    const pictures = [picture(...fragmentH265(unit, 1000)), picture(h265Slice(1, 40))];
    expect(receive(h265, pictures).bytes[0]).toBe(annexB(...h265Sets, key).toString('hex'));
    const inFront = [picture(...fragmentH265(Buffer.concat([code, unit]), 1000)), picture(h265Slice(1, 40))];
    expect(receive(h265, inFront).bytes[0]).toBe(annexB(...h265Sets, key).toString('hex'));
  });
});

describe("a maker's own units among the pictures are no damage (RtspClientSharp 33)", () => {
  test.for([0, 25, 26, 27, 29, 30, 31])('H.264 type %i, in front, between and behind', (type) => {
    const own = Buffer.concat([Buffer.from([0x60 | type]), Buffer.from('of the maker')]);
    const pack = (isKey: boolean, slice: Buffer): Payload[] => [
      { bytes: own, marker: false },
      ...(isKey ? [sps, own, h264Pps] : []).map((bytes) => ({ bytes, marker: false })),
      ...picture(...fragmentH264(slice, 1000)),
      { bytes: own, marker: false },
    ];
    const got = receive(h264, seven(pack));
    expect(got.bytes).toEqual(expected);
    expect(got.stats).toMatchObject({ malformed: 0, dropped: 0 });
  });

  test('in fragments, and inside an aggregate', () => {
    const own = fragmentH264(Buffer.concat([meta, Buffer.alloc(2500, 7)]), 1000);
    const unit = (nal: Buffer): Buffer => Buffer.concat([Buffer.from([nal.length >> 8, nal.length & 255]), nal]);
    const aggregate = Buffer.concat([Buffer.from([24]), ...[meta, sps, meta, h264Pps].map(unit)]);
    const pack = (isKey: boolean, slice: Buffer): Payload[] =>
      picture(...own, ...(isKey ? [aggregate] : []), ...fragmentH264(slice, 1000));
    expect(receive(h264, seven(pack)).bytes).toEqual(expected);
  });

  test.for([10, 23, 41, 44, 47, 50, 55, 63])('H.265 type %i', (type) => {
    const own = Buffer.concat([Buffer.from([type << 1, 1]), Buffer.from('of the maker')]);
    const got = receive(h265, [
      picture(own, ...h265Sets, own, h265Slice(19, 60)),
      picture(own, h265Slice(1, 60)),
      picture(h265Slice(1, 60), own),
    ]);
    expect([got.pattern, got.stats.malformed, got.stats.dropped]).toEqual(['Kpp', 0, 0]);
  });

  test('a unit that is only its header ends no group (pion/rtp 213)', () => {
    const pack = (isKey: boolean, slice: Buffer): Payload[] =>
      picture(...(isKey ? [sps, h264Pps] : []), ...fragmentH264(slice, 1000), Buffer.from([0x0a]));
    const got = receive(h264, seven(pack));
    expect(got.bytes).toEqual(expected);
    expect(got.stats).toMatchObject({ malformed: 0, dropped: 0 });
    const end = Buffer.from([36 << 1, 1]);
    expect(receive(h265, [picture(...h265Sets, h265Slice(19, 60), end), picture(h265Slice(1, 60), end)]).pattern).toBe(
      'Kp',
    );
  });
});

describe('fragments', () => {
  test.for([0, 1, 7, 24, 31])('later H.264 fragments of type %i belong to the first (moonfire 344)', (type) => {
    const pack = (isKey: boolean, slice: Buffer): Payload[] => {
      const parts = fragmentH264(slice, 1000).map((part, index) => {
        const copy = Buffer.from(part);
        if (index > 0) copy[1] = ((copy[1] ?? 0) & 0xe0) | type;
        return copy;
      });
      return picture(...(isKey ? [sps, h264Pps] : []), ...parts);
    };
    expect(receive(h264, seven(pack)).bytes).toEqual(expected);
  });

  test.for([0, 20, 38, 48, 63])('later H.265 fragments of type %i as well', (type) => {
    const key = h265Slice(19, 3000);
    const parts = fragmentH265(key, 1000).map((part, index) => {
      const copy = Buffer.from(part);
      if (index > 0) copy[2] = ((copy[2] ?? 0) & 0xc0) | type;
      return copy;
    });
    expect(receive({ ...h265, parameterSets: h265Sets }, [picture(...parts)]).bytes).toEqual([
      annexB(...h265Sets, key).toString('hex'),
    ]);
  });
});

describe('a marker on every slice (obs-rtspserver 199) is learnt before the first picture is shown', () => {
  const slices = (isKey: boolean, index: number): Buffer[] =>
    [true, false, false, false].map((isFirst) => makeSlice(isKey, 600, index, isFirst));
  const sliced = (count: number, isMarked: (slice: number) => boolean, pieces = 4): Payload[][] =>
    Array.from({ length: count }, (_, index) => [
      ...(index % 3 === 0 ? [sps, h264Pps] : []).map((bytes) => ({ bytes, marker: isMarked(0) })),
      ...slices(index % 3 === 0, index)
        .slice(0, index % 3 === 0 ? 4 : pieces)
        .map((bytes, slice) => ({ bytes, marker: isMarked(slice) })),
    ]);
  const whole = (index: number, pieces = 4): string => {
    const isKey = index % 3 === 0;
    const nals = slices(isKey, index).slice(0, isKey ? 4 : pieces);
    return (isKey ? annexB(sps, h264Pps, ...nals) : annexB(...nals)).toString('hex');
  };

  test('and remembered, so that the next connection begins with it', () => {
    const habits = newDeviceHabits();
    const got = receive(
      h264,
      sliced(7, () => true),
      habits,
    );
    expect(got.bytes).toEqual([0, 1, 2, 3, 4, 5].map((index) => whole(index)));
    expect(got.stats).toMatchObject({ dropped: 0, malformed: 0 });
    expect(habits.marker).toBe('slice');
    const again = receive(
      h264,
      sliced(7, () => true),
      habits,
    );
    expect(again.bytes).toEqual(got.bytes);
    expect(again.units.some((unit) => unit.discontinuity)).toBe(false);
  });

  test('where only key frames have several slices', () => {
    const got = receive(
      h264,
      sliced(7, () => true, 1),
      newDeviceHabits(),
    );
    expect(got.bytes).toEqual([0, 1, 2, 3, 4, 5].map((index) => whole(index, 1)));
  });

  test('a marker on every packet, in the middle of a unit', () => {
    const pictures = seven((isKey, slice) =>
      [...(isKey ? [sps, h264Pps] : []), ...fragmentH264(slice, 1000)].map((bytes) => ({ bytes, marker: true })),
    );
    expect(receive(h264, pictures, newDeviceHabits()).bytes).toEqual(expected.slice(0, 6));
  });

  test('a camera that marks pictures is believed after its first, and shown at once from then on', () => {
    const habits = newDeviceHabits();
    const all = sliced(7, (slice) => slice === 3);
    expect(receive(h264, all, habits).bytes).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => whole(index)));
    expect(habits.marker).toBe('picture');
    expect(receive(h264, all.slice(0, 1), habits).bytes).toEqual([whole(0)]);
  });

  test('a single picture is not held for long', () => {
    const got = receive(
      h264,
      sliced(1, (slice) => slice === 3),
      newDeviceHabits(),
    );
    expect(got.units).toEqual([]);
    got.clock.advance(150);
    expect(got.units).toHaveLength(1);
  });
});

describe('what is believed', () => {
  /** Bytes that look like nothing, the same in each run. */
  const noise = (bytes: number, seed: number): Buffer => {
    let state = seed * 2_654_435_761 + 12_345;
    return Buffer.from(
      Array.from({ length: bytes }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state >>> 24;
      }),
    );
  };

  test.for([h264, h265])('noise sets no format: $codec', (track) => {
    const pictures = Array.from({ length: 4000 }, (_, index) => picture(noise(24 + (index % 1300), index + 1)));
    const got = receive(track, pictures);
    expect([got.formats, got.units]).toEqual([[], []]);
  });

  test('a key frame that names a set which is not there is not shown', () => {
    const wrong = makeSlice(true, 100, 0);
    wrong[2] = 0x60;
    expect(receive({ ...h264, parameterSets: [sps, h264Pps] }, [picture(wrong)]).units).toEqual([]);
  });

  test('damaged sets do not replace good ones', () => {
    const bad = Buffer.concat([sps, Buffer.alloc(40, 0x91)]);
    const badPps = Buffer.concat([h264Pps, Buffer.alloc(40, 0x91)]);
    const got = receive(h264, [
      picture(sps, h264Pps, makeSlice(true, 90, 0)),
      picture(bad, badPps, makeSlice(true, 90, 1)),
    ]);
    expect(got.pattern).toBe('KK');
    expect(got.bytes[1]?.startsWith(annexB(sps, h264Pps).toString('hex'))).toBe(true);
  });

  test('a stream that never sends a key frame begins at a recovery point (webcodecs 650)', () => {
    const recovery = Buffer.from([6, 6, 1, 0x84, 0x80]);
    const pictures = Array.from({ length: 7 }, (_, index) =>
      picture(...(index % 3 === 1 ? [sps, h264Pps, recovery] : []), makeSlice(false, 90, index)),
    );
    const got = receive(h264, pictures);
    expect(got.pattern).toBe('Kppppp');
    expect(got.stats.dropped).toBe(0);
    expect(receive(h264, [...createKeyed(), ...pictures]).pattern).toBe('Kppppppp');
  });
});

/** A key frame. */
const createKeyed = (): Payload[][] => [picture(sps, h264Pps, makeSlice(true, 90, 0))];

test('pictures in front of the first key frame are waited for, and not counted as lost', () => {
  const source = createPictureSource({ group: 5, packetBytes: 60_000 });
  const all = Array.from({ length: 12 }, () => source.next());
  const pictures = all.slice(2).map((packets) => picture(...packets.map((packet) => packet.subarray(12))));
  expect(receive(h264, pictures).stats.dropped).toBe(0);
});
