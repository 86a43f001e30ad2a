import { createBitReader, unescapeNal } from './bit-reader.ts';
import { MAX_LEFT_BITS } from './picture-format.ts';

/** Longest picture parameter set that is read (bytes); those with slice groups and scaling lists are the long ones. */
const MAX_PPS_BYTES = 1024;

/**
 * Whether a picture parameter set (H.264 clause 7.3.2.2, with its header byte) can be one: every field in its range, and nothing
 * much behind the last. Noise and damaged sets fail here, before they replace a good one.
 */
export const isH264Pps = (nal: Uint8Array): boolean => {
  if (nal.length > MAX_PPS_BYTES) return false;
  const reader = createBitReader(unescapeNal(nal, MAX_PPS_BYTES).subarray(1));
  if (reader.ue() > 255 || reader.ue() > 31) return false;
  reader.skipBits(2);
  const groups = reader.ue();
  if (groups > 7) return false;
  // Slice groups are used by no camera: what follows them is not looked at.
  if (groups > 0) return !reader.overrun();
  if (reader.ue() > 31 || reader.ue() > 31) return false;
  reader.skipBits(1);
  if (reader.bits(2) > 2) return false;
  if (Math.abs(reader.se()) > 62 || Math.abs(reader.se()) > 62 || Math.abs(reader.se()) > 12) return false;
  reader.skipBits(3);
  if (reader.overrun()) return false;
  const hasLists = reader.left() > MAX_LEFT_BITS;
  // With scaling lists there is more; their flag is the second bit of what is left.
  return !hasLists || (reader.bits(2) & 1) === 1;
};
