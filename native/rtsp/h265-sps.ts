import { err, type Result } from '../../electron/domain/kernel/result.ts';
import { createBitReader, unescapeNal, type BitReader } from './bit-reader.ts';
import { checkedFormat, MAX_SPS_BYTES, type FormatError, type PictureFormat } from './picture-format.ts';

/** The order of the 32 compatibility flags is turned round in the codec string (ISO/IEC 14496-15 annex E.3). */
const reversedBits = (value: number): number => {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit += 1) reversed = reversed * 2 + (Math.floor(value / 2 ** bit) % 2);
  return reversed;
};

/** Longer ones carry scaling lists that no camera sends (bytes). */
const MAX_PLAUSIBLE_BYTES = 512;

/** Reads profile, tier and level (H.265 clause 7.3.3) and returns the codec string. */
const readProfile = (reader: BitReader, subLayers: number): string => {
  const space = reader.bits(2);
  const tier = reader.bits(1);
  const profile = reader.bits(5);
  const compatibility = reader.bits(32);
  const constraints = [0, 1, 2, 3, 4, 5].map(() => reader.bits(8));
  const level = reader.bits(8);
  const present: { readonly profile: boolean; readonly level: boolean }[] = [];
  for (let layer = 0; layer < subLayers; layer += 1) {
    present.push({ profile: reader.bits(1) === 1, level: reader.bits(1) === 1 });
  }
  if (subLayers > 0) reader.skipBits(2 * (8 - subLayers));
  for (const layer of present) reader.skipBits((layer.profile ? 88 : 0) + (layer.level ? 8 : 0));
  while (constraints.length > 0 && constraints.at(-1) === 0) constraints.pop();
  return [
    'hev1',
    `${['', 'A', 'B', 'C'][space] ?? ''}${profile}`,
    reversedBits(compatibility).toString(16).toUpperCase(),
    `${tier === 1 ? 'H' : 'L'}${level}`,
    ...constraints.map((byte) => byte.toString(16).toUpperCase()),
  ].join('.');
};

/** Reads an H.265 sequence parameter set (the NAL unit with its two header bytes). */
export const parseH265Sps = (nal: Uint8Array): Result<PictureFormat, FormatError> => {
  const bytes = unescapeNal(nal, MAX_SPS_BYTES);
  if (((bytes[0] ?? 0) & 0x81) !== 0 || (bytes[1] ?? 0) >> 3 !== 0 || nal.length > MAX_PLAUSIBLE_BYTES)
    return err({ kind: 'malformed' });
  if (bytes.length < 16 || (((bytes[0] ?? 0) >> 1) & 0x3f) !== 33) return err({ kind: 'malformed' });
  const reader = createBitReader(bytes.subarray(2));
  reader.skipBits(4);
  const subLayers = reader.bits(3);
  reader.skipBits(1);
  if (subLayers > 6) return err({ kind: 'malformed' });
  const codecString = readProfile(reader, subLayers);
  if (reader.ue() > 15) return err({ kind: 'malformed' });
  const chroma = reader.ue();
  if (chroma > 3) return err({ kind: 'malformed' });
  if (chroma === 3) reader.skipBits(1);
  let width = reader.ue();
  let height = reader.ue();
  if (reader.bits(1) === 1) {
    width -= (reader.ue() + reader.ue()) * (chroma === 1 || chroma === 2 ? 2 : 1);
    height -= (reader.ue() + reader.ue()) * (chroma === 1 ? 2 : 1);
  }
  const depths = Math.max(reader.ue(), reader.ue());
  if (depths > 8 || reader.ue() > 12 || reader.overrun()) return err({ kind: 'malformed' });
  return checkedFormat({ codec: 'h265', codecString, width, height });
};
