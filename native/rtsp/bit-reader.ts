/** Reads bits, most significant first, and never beyond the end: past it every read is 0 and `overrun` is true. */
export interface BitReader {
  /** An unsigned number of 0 to 32 bits. */
  readonly bits: (count: number) => number;
  /** Exp-Golomb, unsigned (H.264 clause 9.1); more than 31 leading zeros count as overrun. */
  readonly ue: () => number;
  /** Exp-Golomb, signed. */
  readonly se: () => number;
  readonly skipBits: (count: number) => void;
  readonly overrun: () => boolean;
  /** Bits that were not read yet. */
  readonly left: () => number;
}

/** A reader over plain bytes (emulation prevention already removed). */
export const createBitReader = (bytes: Uint8Array): BitReader => {
  let position = 0;
  let isOver = false;
  const bit = (): number => {
    const byte = bytes[position >> 3];
    if (byte === undefined) {
      isOver = true;
      return 0;
    }
    const value = (byte >> (7 - (position & 7))) & 1;
    position += 1;
    return value;
  };
  const bits = (count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index += 1) value = value * 2 + bit();
    return value;
  };
  const ue = (): number => {
    let zeros = 0;
    while (bit() === 0) {
      zeros += 1;
      if (isOver || zeros > 31) {
        isOver = true;
        return 0;
      }
    }
    return 2 ** zeros - 1 + bits(zeros);
  };
  return {
    bits,
    ue,
    se: () => {
      const value = ue();
      return value % 2 === 1 ? (value + 1) / 2 : -value / 2;
    },
    skipBits: (count) => {
      position += count;
      if (position > bytes.length * 8) isOver = true;
    },
    overrun: () => isOver,
    left: () => bytes.length * 8 - position,
  };
};

/** Removes emulation prevention bytes (H.264 clause 7.3.1), reading at most `limit` bytes of the NAL unit. */
export const unescapeNal = (nal: Uint8Array, limit: number): Uint8Array => {
  const end = Math.min(nal.length, limit);
  const plain = new Uint8Array(end);
  let length = 0;
  let zeros = 0;
  for (let index = 0; index < end; index += 1) {
    const byte = nal[index] ?? 0;
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    plain[length] = byte;
    length += 1;
  }
  return plain.subarray(0, length);
};
