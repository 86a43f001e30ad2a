import { err, type Result } from '../../electron/domain/kernel/result.ts';
import { createBitReader, unescapeNal, type BitReader } from './bit-reader.ts';
import { checkedFormat, MAX_SPS_BYTES, type FormatError, type PictureFormat } from './picture-format.ts';

/** Profiles whose parameter set carries chroma format and scaling lists (H.264 clause 7.3.2.1.1). */
const highProfiles: ReadonlySet<number> = new Set([44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244]);

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

/** Reads an H.264 sequence parameter set (the NAL unit with its header byte). */
export const parseH264Sps = (nal: Uint8Array): Result<PictureFormat, FormatError> => {
  const bytes = unescapeNal(nal, MAX_SPS_BYTES);
  if (bytes.length < 5 || ((bytes[0] ?? 0) & 0x1f) !== 7) return err({ kind: 'malformed' });
  const reader = createBitReader(bytes.subarray(1));
  const profile = reader.bits(8);
  const constraints = reader.bits(8);
  const level = reader.bits(8);
  if (reader.ue() > 31) return err({ kind: 'malformed' });
  const chroma = highProfiles.has(profile) ? readHighProfile(reader) : 1;
  if (chroma > 3) return err({ kind: 'malformed' });
  reader.ue();
  skipPictureOrder(reader);
  reader.ue();
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
  const codecString = `avc1.${[profile, constraints, level].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  return checkedFormat({ codec: 'h264', codecString, width, height });
};
