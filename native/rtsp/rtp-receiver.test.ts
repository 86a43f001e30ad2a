import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  annexB,
  createPictureSource,
  fragmentH264,
  fragmentH265,
  h264Pps,
  interleave,
  makeH264Sps,
  makeRtp,
  makeSlice,
  type PictureSourceOptions,
} from '../../tests/support/rtsp-media.ts';
import type { AccessUnit } from './access-unit-builder.ts';
import type { PictureFormat } from './picture-format.ts';
import { createRtpReceiver } from './rtp-receiver.ts';
import type { VideoTrack } from './sdp.ts';
import { createStreamParser } from './stream-parser.ts';

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

const receive = (track: VideoTrack = h264) => {
  const units: AccessUnit[] = [];
  const formats: PictureFormat[] = [];
  let tooLarge = 0;
  const nowMs = 5;
  const receiver = createRtpReceiver(
    track,
    {
      onFormat: (format) => formats.push(format),
      onAccessUnit: (unit) => units.push(unit),
      onTooLarge: () => (tooLarge += 1),
    },
    () => nowMs,
  );
  const feed = (packets: readonly Buffer[]): void => {
    for (const packet of packets) receiver.packet(packet, 0, packet.length);
  };
  return { units, formats, feed, receiver, tooLarge: () => tooLarge };
};

const sps = makeH264Sps(640, 352);
const pictures = (count: number, options: PictureSourceOptions = {}): Buffer[][] => {
  const source = createPictureSource(options);
  return Array.from({ length: count }, () => source.next());
};
/** The packet with another sequence number. */
const renumber = (packet: Buffer, by: number): Buffer => {
  const copy = Buffer.from(packet);
  copy.writeUInt16BE((packet.readUInt16BE(2) + by) & 0xffff, 2);
  return copy;
};
const keys = (units: readonly AccessUnit[]): string => units.map((unit) => (unit.key ? 'K' : 'p')).join('');

describe('a healthy stream', () => {
  test('pictures come whole, with the parameter sets in front of each key frame', () => {
    const got = receive();
    got.feed(pictures(7).flat());
    expect(keys(got.units)).toBe('KppppKp');
    expect(Buffer.from(got.units[0]?.data ?? [])).toEqual(annexB(sps, h264Pps, makeSlice(true, 6000, 0)));
    expect(Buffer.from(got.units[1]?.data ?? [])).toEqual(annexB(makeSlice(false, 3000, 1)));
    expect(got.formats).toEqual([{ codec: 'h264', codecString: 'avc1.42c01e', width: 640, height: 352 }]);
    expect(got.units.map((unit) => unit.timestampUs)).toEqual([0, 40_000, 80_000, 120_000, 160_000, 200_000, 240_000]);
    expect(got.receiver.stats()).toMatchObject({ lost: 0, malformed: 0, dropped: 0 });
  });

  test('parameter sets only in the description serve as well', () => {
    const got = receive({ ...h264, parameterSets: [Buffer.from('6700', 'hex'), sps, h264Pps] });
    got.feed([makeRtp({ sequence: 1, timestamp: 0, marker: true }, makeSlice(true, 100, 0))]);
    expect(Buffer.from(got.units[0]?.data ?? [])).toEqual(annexB(sps, h264Pps, makeSlice(true, 100, 0)));
  });

  test('without marker bits the next time stamp ends a picture', () => {
    const got = receive();
    got.feed(pictures(6, { marker: false }).flat());
    expect(keys(got.units)).toBe('Kpppp');
  });

  test('an aggregate (STAP-A), padding, a header extension and contributing sources', () => {
    const unit = (nal: Buffer): Buffer => Buffer.concat([Buffer.from([nal.length >> 8, nal.length & 255]), nal]);
    const payload = Buffer.concat([Buffer.from([24]), unit(sps), unit(h264Pps), unit(makeSlice(true, 80, 0))]);
    const plain = makeRtp({ sequence: 1, timestamp: 0, marker: true }, payload);
    const header = Buffer.from(plain.subarray(0, 12));
    header[0] = 0x80 | 0x20 | 0x10 | 1;
    const odd = Buffer.concat([
      header,
      Buffer.alloc(4),
      Buffer.from([0, 0, 0, 1, 9, 9, 9, 9]),
      payload,
      Buffer.from([0, 0, 3]),
    ]);
    for (const packet of [plain, odd]) {
      const got = receive();
      got.feed([packet]);
      expect(Buffer.from(got.units[0]?.data ?? [])).toEqual(annexB(sps, h264Pps, makeSlice(true, 80, 0)));
    }
  });

  test('padding is no part of a slice', () => {
    const plain = makeRtp({ sequence: 1, timestamp: 0, marker: true }, makeSlice(true, 90, 0));
    const padded = Buffer.concat([plain, Buffer.from([0, 0, 0, 4])]);
    padded[0] = 0xa0;
    const got = receive({ ...h264, parameterSets: [sps, h264Pps] });
    got.feed([padded]);
    expect(Buffer.from(got.units[0]?.data ?? [])).toEqual(annexB(sps, h264Pps, makeSlice(true, 90, 0)));
  });

  test('a camera that marks every slice is understood by its time stamps', () => {
    const got = receive();
    let sequence = 0;
    const packet = (nal: Buffer, timestamp: number): Buffer =>
      makeRtp({ sequence: (sequence += 1), timestamp, marker: true }, nal);
    for (let picture = 0; picture < 7; picture += 1) {
      const isKey = picture % 3 === 0;
      const sets = isKey ? [packet(sps, picture * 3600), packet(h264Pps, picture * 3600)] : [];
      got.feed([
        ...sets,
        packet(makeSlice(isKey, 60, picture), picture * 3600),
        packet(makeSlice(isKey, 60, picture, false), picture * 3600),
      ]);
    }
    // The first picture comes in halves before the camera is understood; from the next key frame on all are whole.
    expect(keys(got.units)).toBe('KKpp');
    expect(Buffer.from(got.units[1]?.data ?? [])).toEqual(
      annexB(sps, h264Pps, makeSlice(true, 60, 3), makeSlice(true, 60, 3, false)),
    );
    expect(got.units[1]?.discontinuity).toBe(true);
  });
});

describe('H.265', () => {
  const sets = [
    '40010c01ffff016000000300900000030000030078959809',
    '42010101600000030090000003000003003fa00502016965959a4932bc05a02000000300200000030321',
    '4401c172b46240',
  ].map((text) => Buffer.from(text, 'hex'));
  const track: VideoTrack = { ...h264, codec: 'h265' };
  const slice = (type: number, bytes: number): Buffer =>
    Buffer.concat([Buffer.from([type << 1, 1, 0xa0]), Buffer.alloc(bytes, 0x33)]);

  test('single units, an aggregate and fragments', () => {
    const unit = (nal: Buffer): Buffer => Buffer.concat([Buffer.from([nal.length >> 8, nal.length & 255]), nal]);
    const aggregate = Buffer.concat([Buffer.from([48 << 1, 1]), ...sets.map(unit)]);
    const payloads = [aggregate, ...fragmentH265(slice(19, 4000), 1000)];
    const got = receive(track);
    got.feed(
      payloads.map((payload, index) =>
        makeRtp({ sequence: index, timestamp: 0, marker: index === payloads.length - 1 }, payload),
      ),
    );
    got.feed([makeRtp({ sequence: payloads.length, timestamp: 3600, marker: true }, slice(1, 30))]);
    expect(keys(got.units)).toBe('Kp');
    expect(Buffer.from(got.units[0]?.data ?? [])).toEqual(annexB(...sets, slice(19, 4000)));
    expect(got.formats).toEqual([{ codec: 'h265', codecString: 'hev1.1.6.L63.90', width: 640, height: 360 }]);
  });

  test('decoding order numbers are taken off', () => {
    const got = receive({ ...track, parameterSets: sets, hasDecodingOrder: true });
    const nal = slice(20, 3000);
    const single = Buffer.concat([slice(20, 50).subarray(0, 2), Buffer.from([0, 7]), slice(20, 50).subarray(2)]);
    const ordered = fragmentH265(nal, 1000).map((part, index) =>
      index === 0 ? Buffer.concat([part.subarray(0, 3), Buffer.from([0, 1]), part.subarray(3)]) : part,
    );
    got.feed([makeRtp({ sequence: 0, timestamp: 0, marker: true }, single)]);
    got.feed(
      ordered.map((part, index) =>
        makeRtp({ sequence: 1 + index, timestamp: 3600, marker: index === ordered.length - 1 }, part),
      ),
    );
    expect(got.units.map((unit) => Buffer.from(unit.data))).toEqual([
      annexB(...sets, slice(20, 50)),
      annexB(...sets, nal),
    ]);
  });
});

describe('damage is healed by the next key frame, and never shown', () => {
  const withGap = (lost: number): { readonly got: ReturnType<typeof receive>; readonly all: Buffer[][] } => {
    const all = pictures(11);
    const got = receive();
    let index = 0;
    for (const packet of all.flat()) {
      if (index !== lost) got.feed([packet]);
      index += 1;
    }
    return { got, all };
  };

  test('whichever packet is lost, what is delivered is whole and in its place', () => {
    const intact = receive();
    const { all } = withGap(-1);
    intact.feed(all.flat());
    for (let lost = 0; lost < all.flat().length; lost += 1) {
      const { got } = withGap(lost);
      const whole = new Set(intact.units.map((unit) => Buffer.from(unit.data).toString('hex')));
      expect(got.units.every((unit) => whole.has(Buffer.from(unit.data).toString('hex')))).toBe(true);
      expect(keys(got.units)).toMatch(/^(Kp*)+$/);
      const jumps = got.units.filter(
        (unit, index) => unit.timestampUs - (got.units[index - 1]?.timestampUs ?? unit.timestampUs - 40_000) !== 40_000,
      );
      expect(jumps.every((unit) => unit.key && unit.discontinuity)).toBe(true);
      expect(got.units.length).toBeGreaterThanOrEqual(5);
      if (lost > 0) expect(got.receiver.stats().lost).toBe(lost < all.flat().length - 1 ? 1 : 0);
    }
  });

  test('of pictures in several slices none is shown without its first', () => {
    const slices = (picture: number): Buffer[] => [
      makeSlice(picture % 3 === 0, 60, picture),
      makeSlice(picture % 3 === 0, 60, picture, false),
    ];
    const all = Array.from({ length: 9 }, (_, picture) =>
      slices(picture).map((nal, index) =>
        makeRtp({ sequence: picture * 2 + index, timestamp: picture * 3600, marker: index === 1 }, nal),
      ),
    ).flat();
    const sets = annexB(sps, h264Pps);
    const whole = new Set(Array.from({ length: 9 }, (_, picture) => annexB(...slices(picture)).toString('hex')));
    for (let lost = 1; lost < all.length; lost += 1) {
      const got = receive({ ...h264, parameterSets: [sps, h264Pps] });
      got.feed(all.filter((_, index) => index !== lost));
      const shown = got.units.map((unit) =>
        Buffer.from(unit.data.subarray(unit.key ? sets.length : 0)).toString('hex'),
      );
      expect(shown.filter((unit) => !whole.has(unit))).toEqual([]);
      expect(shown.length).toBeGreaterThanOrEqual(6);
    }
  });

  test('a picture after a gap says that something is missing', () => {
    const { got } = withGap(9);
    expect(got.units.filter((unit) => unit.discontinuity).map((unit) => unit.key)).toEqual([true]);
  });

  test('repeated packets are left out, a camera that counts anew is followed', () => {
    const got = receive();
    const flat = pictures(5).flat();
    got.feed(flat.flatMap((packet) => [packet, packet]));
    expect(keys(got.units)).toBe('Kpppp');
    expect(got.receiver.stats()).toMatchObject({ lost: 0, repeated: flat.length });
    got.feed(flat.map((packet) => renumber(packet, 40_000)));
    expect(keys(got.units)).toBe('KppppKpppp');
  });

  test('another sender on the same channel begins a stream of its own', () => {
    const got = receive();
    got.feed(pictures(4).flat());
    const other = pictures(6)
      .flat()
      .map((packet) => {
        const copy = Buffer.from(packet);
        copy.writeUInt32BE(77, 8);
        return copy;
      });
    got.feed(other);
    expect(keys(got.units)).toBe('KpppKppppK');
    expect(got.units[4]?.discontinuity).toBe(true);
  });

  test('fragments without a start, and units that exist in no standard', () => {
    const got = receive();
    const all = pictures(16);
    const key = all[0] ?? [];
    got.feed([...key.slice(0, 2), ...key.slice(3).map((packet) => renumber(packet, -1))]);
    expect(got.units).toEqual([]);
    for (const type of [0, 24, 25, 26, 27, 29, 30, 31]) {
      const strange = receive();
      strange.feed(all.slice(0, 5).flat());
      const last = all[4]?.at(-1)?.readUInt16BE(2) ?? 0;
      strange.feed([
        makeRtp({ sequence: last + 1, timestamp: 1, marker: true }, Buffer.from([type, 0, 9, 24, 1, 1, 1, 1, 1])),
      ]);
      strange.feed(
        all
          .slice(5)
          .flat()
          .map((packet) => renumber(packet, 1)),
      );
      expect(keys(strange.units)).toBe('KppppKppppKppppK');
    }
  });

  test('a fragment whose end never comes ends with its picture', () => {
    const got = receive({ ...h264, parameterSets: [sps, h264Pps] });
    const parts = fragmentH264(makeSlice(true, 3000, 0), 1000).map((part) => {
      const copy = Buffer.from(part);
      copy[1] = (copy[1] ?? 0) & 0xbf;
      return copy;
    });
    got.feed(
      parts.map((part, index) => makeRtp({ sequence: index, timestamp: 0, marker: index === parts.length - 1 }, part)),
    );
    expect(Buffer.from(got.units[0]?.data ?? [])).toEqual(annexB(sps, h264Pps, makeSlice(true, 3000, 0)));
  });

  test('a picture that never ends is cut off at 8 MB', () => {
    const got = receive({ ...h264, parameterSets: [sps, h264Pps] });
    const middle = Buffer.concat([Buffer.from([0x7c, 0x05]), Buffer.alloc(60_000, 9)]);
    got.feed([
      makeRtp({ sequence: 0, timestamp: 0 }, Buffer.concat([Buffer.from([0x7c, 0x85]), Buffer.alloc(60_000, 0x99)])),
    ]);
    for (let sequence = 1; sequence < 300; sequence += 1) got.feed([makeRtp({ sequence, timestamp: 0 }, middle)]);
    got.feed([makeRtp({ sequence: 300, timestamp: 0, marker: true }, middle)]);
    expect(got.units).toHaveLength(0);
    got.feed([makeRtp({ sequence: 301, timestamp: 3600, marker: true }, makeSlice(true, 50, 1))]);
    expect(keys(got.units)).toBe('K');
  });

  test('no key frame can be shown without its parameter sets, and none of 8192 x 8192 at all', () => {
    const bare = receive();
    bare.feed([makeRtp({ sequence: 1, timestamp: 0, marker: true }, makeSlice(true, 90, 0))]);
    expect(bare.units).toEqual([]);
    const huge = receive();
    huge.feed([makeRtp({ sequence: 1, timestamp: 0 }, makeH264Sps(8192, 8192))]);
    expect(huge.tooLarge()).toBe(1);
  });
});

test('time stamps backwards, and jumps, become time that goes on', () => {
  const got = receive({ ...h264, parameterSets: [sps, h264Pps] });
  const stamps = [1000, 4600, 4_000_000_000, 4_000_003_600, 0, 3600];
  got.feed(
    stamps.map((timestamp, sequence) => makeRtp({ sequence, timestamp, marker: true }, makeSlice(true, 40, sequence))),
  );
  expect(got.units.map((unit) => unit.timestampUs)).toEqual([0, 40_000, 80_000, 120_000, 160_000, 200_000]);
});

test('time stamps that run backwards all the time never fall back by more than a second', () => {
  const got = receive({ ...h264, parameterSets: [sps, h264Pps] });
  for (let sequence = 0; sequence < 200; sequence += 1) {
    got.feed([
      makeRtp({ sequence, timestamp: 1_000_000_000 - sequence * 3600, marker: true }, makeSlice(true, 40, sequence)),
    ]);
  }
  const times = got.units.map((unit) => unit.timestampUs);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(-1_000_000);
  expect(times.at(-1)).toBeGreaterThan(-1_000_000 + 40_000 * 7);
});

test('any cut of the connection, and any flipped bit in a payload, ends in whole pictures or none', () => {
  const wire = Buffer.concat(
    pictures(12, { bytes: 900, packetBytes: 400 })
      .flat()
      .map((packet) => interleave(0, packet)),
  );
  const play = (bytes: Buffer, cuts: readonly number[]): AccessUnit[] => {
    const got = receive();
    const parser = createStreamParser({
      onPacket: (_channel, buffer, start, end) => got.receiver.packet(buffer, start, end),
      onMessage: () => undefined,
      onOverflow: () => undefined,
    });
    parser.expect([0, 1], 96);
    const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
    for (const [index, edge] of edges.slice(1).entries()) {
      const chunk = bytes.subarray(edges[index] ?? 0, edge);
      parser.push(chunk, chunk.length);
    }
    return got.units;
  };
  const expected = play(wire, []);
  expect(keys(expected)).toBe('KppppKppppKp');
  fc.assert(
    fc.property(fc.array(fc.nat(wire.length)), (cuts) => void expect(play(wire, cuts)).toEqual(expected)),
    fuzz(60, 20000),
  );
  const more = Buffer.concat([
    wire,
    ...pictures(160, { bytes: 900, packetBytes: 400 })
      .slice(12)
      .flat()
      .map((packet) => interleave(0, packet)),
  ]);
  const last = play(more, []).at(-1);
  fc.assert(
    fc.property(fc.nat(wire.length - 1), fc.nat(7), (at, bit) => {
      const flipped = Buffer.from(more);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      const units = play(flipped, []);
      expect(units.length).toBeGreaterThanOrEqual(70);
      expect(keys(units)).toMatch(/^(Kp*)+$/);
      expect(units.at(-1)?.data).toEqual(last?.data);
    }),
    fuzz(200, 100000),
  );
});
