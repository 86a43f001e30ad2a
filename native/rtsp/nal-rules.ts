import type { Result } from '../../electron/domain/kernel/result.ts';
import { createBitReader, unescapeNal } from './bit-reader.ts';
import { isH264Pps } from './h264-pps.ts';
import { parseH264Sps } from './h264-sps.ts';
import { parseH265Sps } from './h265-sps.ts';
import type { FormatError, PictureFormat } from './picture-format.ts';

/** What becomes of a NAL unit in an access unit. */
export const nalClass = { drop: 0, keep: 1, slice: 2, keySlice: 3, parameter: 4 } as const;
type NalClass = (typeof nalClass)[keyof typeof nalClass];

/** The differences between the codecs, as far as putting pictures together is concerned. */
export interface NalRules {
  readonly codec: 'h264' | 'h265';
  /** Bytes of the NAL unit header. */
  readonly headerBytes: 1 | 2;
  readonly classify: (firstByte: number) => NalClass;
  /** True for units that can only stand in front of a picture's first slice. */
  readonly opensPicture: (firstByte: number) => boolean;
  /** Sort key of a parameter set, sets of one kind together, or -1 when it cannot be told. */
  readonly parameterKey: (nal: Uint8Array) => number;
  /** Half-open ranges of keys that must all be present before a key frame can be decoded. */
  readonly required: readonly (readonly [from: number, to: number])[];
  /**
   * Key of the picture parameter set that the first slice of a picture names, or -1 when the slice cannot be what it says.
   * @param slice its first bytes, from the header on.
   */
  readonly pictureKey: (slice: Uint8Array) => number;
  /** Whether a message unit (SEI) says that decoding may begin at its picture. */
  readonly isRecoveryPoint: (sei: Uint8Array) => boolean;
  readonly isSequenceKey: (key: number) => boolean;
  readonly parseSequence: (nal: Uint8Array) => Result<PictureFormat, FormatError>;
}

const KIND = 1000;
const range = (kind: number): readonly [number, number] => [kind * KIND, (kind + 1) * KIND];

/** Kind and number of a set whose number is an Exp-Golomb code at `offset` bytes. */
const numbered = (kind: number, nal: Uint8Array, offset: number, limit: number): number => {
  const reader = createBitReader(nal.subarray(offset, offset + 8));
  const id = reader.ue();
  return reader.overrun() || id > limit ? -1 : kind * KIND + id;
};

const RECOVERY_POINT = 6;

/** Looks through the messages of one unit (H.264 clause 7.3.2.3, H.265 clause 7.3.5) for a recovery point. */
const holdsRecoveryPoint = (sei: Uint8Array, headerBytes: number): boolean => {
  let at = headerBytes;
  const number = (): number => {
    let value = 0;
    while (sei[at] === 0xff) {
      value += 255;
      at += 1;
    }
    value += sei[at] ?? 0;
    at += 1;
    return value;
  };
  while (at + 2 < sei.length) {
    const type = number();
    const size = number();
    if (type === RECOVERY_POINT) return true;
    at += size;
  }
  return false;
};

const isForbidden = (nal: Uint8Array): boolean => ((nal[0] ?? 0) & 0x80) !== 0;

/** H.264, table 7-1. */
export const h264Rules: NalRules = {
  codec: 'h264',
  headerBytes: 1,
  classify: (firstByte) => {
    const type = firstByte & 0x1f;
    if (type === 5) return nalClass.keySlice;
    if (type >= 1 && type <= 4) return nalClass.slice;
    if (type === 7 || type === 8) return nalClass.parameter;
    return type === 6 ? nalClass.keep : nalClass.drop;
  },
  opensPicture: (firstByte) => {
    const type = firstByte & 0x1f;
    return type >= 6 && type <= 9;
  },
  parameterKey: (nal) => {
    if (isForbidden(nal)) return -1;
    if (((nal[0] ?? 0) & 0x1f) === 7) return numbered(1, nal, 4, 31);
    return isH264Pps(nal) ? numbered(2, nal, 1, 255) : -1;
  },
  required: [range(1), range(2)],
  pictureKey: (slice) => {
    const reader = createBitReader(unescapeNal(slice, slice.length).subarray(1));
    reader.ue();
    const type = reader.ue();
    const set = reader.ue();
    const isKey = ((slice[0] ?? 0) & 0x1f) === 5;
    // A key frame refers to no other picture: its slices are of the kinds I and SI.
    const isRight = type <= 9 && (!isKey || type % 5 === 2 || type % 5 === 4);
    return reader.overrun() || !isRight || set > 255 ? -1 : 2 * KIND + set;
  },
  isRecoveryPoint: (sei) => ((sei[0] ?? 0) & 0x1f) === 6 && holdsRecoveryPoint(sei, 1),
  isSequenceKey: (key) => key >= KIND && key < 2 * KIND,
  parseSequence: parseH264Sps,
};

/** H.265, table 7-1. The number of a sequence parameter set stands behind its profile, so that one is kept. */
export const h265Rules: NalRules = {
  codec: 'h265',
  headerBytes: 2,
  classify: (firstByte) => {
    const type = (firstByte >> 1) & 0x3f;
    if (type >= 16 && type <= 21) return nalClass.keySlice;
    if (type <= 9) return nalClass.slice;
    if (type >= 32 && type <= 34) return nalClass.parameter;
    return type === 39 || type === 40 ? nalClass.keep : nalClass.drop;
  },
  opensPicture: (firstByte) => {
    const type = (firstByte >> 1) & 0x3f;
    return (type >= 32 && type <= 35) || type === 39;
  },
  parameterKey: (nal) => {
    if (isForbidden(nal)) return -1;
    const type = ((nal[0] ?? 0) >> 1) & 0x3f;
    if (type === 32) return KIND + ((nal[2] ?? 0) >> 4);
    return type === 33 ? 2 * KIND : numbered(3, nal, 2, 63);
  },
  required: [range(1), range(2), range(3)],
  pictureKey: (slice) => {
    const reader = createBitReader(unescapeNal(slice, slice.length).subarray(2));
    const type = ((slice[0] ?? 0) >> 1) & 0x3f;
    reader.skipBits(type >= 16 && type <= 23 ? 2 : 1);
    const set = reader.ue();
    return reader.overrun() || set > 63 ? -1 : 3 * KIND + set;
  },
  isRecoveryPoint: (sei) => (((sei[0] ?? 0) >> 1) & 0x3f) === 39 && holdsRecoveryPoint(sei, 2),
  isSequenceKey: (key) => key >= 2 * KIND && key < 3 * KIND,
  parseSequence: parseH265Sps,
};
