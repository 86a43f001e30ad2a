import { err, type Result } from '../../electron/domain/kernel/result.ts';
import { createBitReader, unescapeNal, type BitReader } from './bit-reader.ts';
import { checkedFormat, MAX_LEFT_BITS, MAX_SPS_BYTES, type FormatError, type PictureFormat } from './picture-format.ts';

/** Profiles whose parameter set carries chroma format and scaling lists (H.264 clause 7.3.2.1.1). */
const highProfiles: ReadonlySet<number> = new Set([44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244]);

/** Profiles without those fields. */
const plainProfiles: ReadonlySet<number> = new Set([66, 77, 88]);
const MAX_LEVEL = 62;

const skipScalingList = (reader: BitReader, size: number): void => {
  let last = 8;
  for (let index = 0; index < size && !reader.overrun(); index += 1) {
    const next = (last + reader.se() + 256) % 256;
    if (next === 0) return;
    last = next;
  }
};

/** Chroma format and bit depths; returns chroma_format_idc. */
const readHighProfile = (reader: BitReader): number => {
  const chroma = reader.ue();
  if (chroma === 3) reader.skipBits(1);
  reader.ue();
  reader.ue();
  reader.skipBits(1);
  if (reader.bits(1) === 1) {
    for (let list = 0; list < (chroma === 3 ? 12 : 8) && !reader.overrun(); list += 1) {
      if (reader.bits(1) === 1) skipScalingList(reader, list < 6 ? 16 : 64);
    }
  }
  return chroma;
};

const skipPictureOrder = (reader: BitReader): void => {
  const type = reader.ue();
  if (type === 0) {
    reader.ue();
    return;
  }
  if (type !== 1) return;
  reader.skipBits(1);
  reader.se();
  reader.se();
  const cycle = Math.min(reader.ue(), 255);
  for (let index = 0; index < cycle && !reader.overrun(); index += 1) reader.se();
};

/** Bit and buffer rates of a reference decoder (H.264 annex E.1.2). */
const skipHrd = (reader: BitReader): void => {
  const count = reader.ue() + 1;
  reader.skipBits(8);
  for (let index = 0; index < count && !reader.overrun(); index += 1) {
    reader.ue();
    reader.ue();
    reader.skipBits(1);
  }
  reader.skipBits(20);
};

/** Usability information (H.264 annex E.1.1). */
const skipVui = (reader: BitReader): void => {
  if (reader.bits(1) === 1 && reader.bits(8) === 255) reader.skipBits(32);
  if (reader.bits(1) === 1) reader.skipBits(1);
  if (reader.bits(1) === 1) {
    reader.skipBits(4);
    if (reader.bits(1) === 1) reader.skipBits(24);
  }
  if (reader.bits(1) === 1) {
    reader.ue();
    reader.ue();
  }
  if (reader.bits(1) === 1) reader.skipBits(65);
  const hasNal = reader.bits(1) === 1;
  if (hasNal) skipHrd(reader);
  const hasVcl = reader.bits(1) === 1;
  if (hasVcl) skipHrd(reader);
  if (hasNal || hasVcl) reader.skipBits(1);
  reader.skipBits(1);
  if (reader.bits(1) === 0) return;
  reader.skipBits(1);
  for (let field = 0; field < 6; field += 1) reader.ue();
};

/** Reads an H.264 sequence parameter set (the NAL unit with its header byte). */
export const parseH264Sps = (nal: Uint8Array): Result<PictureFormat, FormatError> => {
  const bytes = unescapeNal(nal, MAX_SPS_BYTES);
  if (bytes.length < 5 || ((bytes[0] ?? 0) & 0x1f) !== 7) return err({ kind: 'malformed' });
  const reader = createBitReader(bytes.subarray(1));
  const profile = reader.bits(8);
  const constraints = reader.bits(8);
  const level = reader.bits(8);
  const isHigh = highProfiles.has(profile);
  if ((!isHigh && !plainProfiles.has(profile)) || level < 9 || level > MAX_LEVEL) return err({ kind: 'malformed' });
  if (reader.ue() > 31) return err({ kind: 'malformed' });
  const chroma = isHigh ? readHighProfile(reader) : 1;
  if (chroma > 3 || reader.ue() > 12) return err({ kind: 'malformed' });
  skipPictureOrder(reader);
  if (reader.ue() > 16) return err({ kind: 'malformed' });
  reader.skipBits(1);
  const widthInBlocks = reader.ue() + 1;
  const heightInUnits = reader.ue() + 1;
  const isFrameOnly = reader.bits(1) === 1;
  if (!isFrameOnly) reader.skipBits(1);
  reader.skipBits(1);
  const fieldFactor = isFrameOnly ? 1 : 2;
  let width = widthInBlocks * 16;
  let height = heightInUnits * 16 * fieldFactor;
  if (reader.bits(1) === 1) {
    const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
    const unitY = (chroma === 1 ? 2 : 1) * fieldFactor;
    width -= (reader.ue() + reader.ue()) * unitX;
    height -= (reader.ue() + reader.ue()) * unitY;
  }
  if (reader.overrun()) return err({ kind: 'malformed' });
  // Some encoders cut the usability information short; it is their size that tells noise from a set.
  if (reader.bits(1) === 1) skipVui(reader);
  if (reader.left() > MAX_LEFT_BITS) return err({ kind: 'malformed' });
  const codecString = `avc1.${[profile, constraints, level].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  return checkedFormat({ codec: 'h264', codecString, width, height });
};
