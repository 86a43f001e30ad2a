import type { AccessUnitBuilder } from './access-unit-builder.ts';

/**
 * Takes the payload `buffer[start, end)` of one packet apart into NAL units. False when it cannot be understood. Units of types that
 * no standard gives a meaning are the maker's own: the builder leaves them out, and nothing is damaged by them.
 */
export type Depacketizer = (builder: AccessUnitBuilder, buffer: Buffer, start: number, end: number) => boolean;

/** Units with a 16-bit length each (STAP-A, AP), those in `refuse` excepted: an aggregate must not hold another. */
const aggregate = (
  builder: AccessUnitBuilder,
  buffer: Buffer,
  start: number,
  end: number,
  refuse: (firstByte: number) => boolean,
): boolean => {
  let at = start;
  while (at + 2 < end) {
    const size = buffer.readUInt16BE(at);
    at += 2;
    if (size === 0) continue;
    if (at + size > end || refuse(buffer[at] ?? 0)) return false;
    builder.whole(buffer, at, at + size);
    at += size;
  }
  return true;
};

/** STAP-B, MTAP16, MTAP24 and FU-B (RFC 6184 section 5.2): no camera sends pictures in them. */
const isInterleavedH264 = (type: number): boolean => type === 25 || type === 26 || type === 27 || type === 29;

/** RFC 6184: single units, STAP-A, FU-A. What stands in the interleaved forms is passed over. */
export const h264Depacketizer: Depacketizer = (builder, buffer, start, end) => {
  if (end === start) return true;
  const first = buffer[start] ?? 0;
  const type = first & 0x1f;
  if (type < 24 || type > 29) {
    builder.whole(buffer, start, end);
    return true;
  }
  if (type === 24)
    return aggregate(builder, buffer, start + 1, end, (byte) => (byte & 0x1f) >= 24 && (byte & 0x1f) <= 29);
  if (isInterleavedH264(type)) return true;
  if (end - start < 2) return false;
  const fragment = buffer[start + 1] ?? 0;
  // The type in the first fragment counts: some cameras write another one into those that follow.
  if ((fragment & 0x80) !== 0) builder.open((first & 0xe0) | (fragment & 0x1f), -1, buffer, start + 2, end);
  else builder.extend(buffer, start + 2, end);
  if ((fragment & 0x40) !== 0) builder.close();
  return true;
};

/** RFC 7798: single units, AP, FU. `hasDecodingOrder` says that each unit carries a decoding order number. */
export const createH265Depacketizer = (hasDecodingOrder: boolean): Depacketizer => {
  const order = hasDecodingOrder ? 2 : 0;
  /** An aggregate with decoding order numbers: two bytes before the first unit, one before each other. */
  const orderedAggregate = (builder: AccessUnitBuilder, buffer: Buffer, start: number, end: number): boolean => {
    let at = start + 2;
    while (at + 2 < end) {
      const size = buffer.readUInt16BE(at);
      at += 2;
      if (at + size > end || size === 0) return false;
      builder.whole(buffer, at, at + size);
      at += size + 1;
    }
    return true;
  };
  return (builder, buffer, start, end) => {
    if (end - start < 2) return end === start;
    const first = buffer[start] ?? 0;
    const type = (first >> 1) & 0x3f;
    if (type < 48 || type > 49) {
      if (order === 0 || type > 49) {
        builder.whole(buffer, start, end);
        return true;
      }
      if (end - start < 4) return false;
      builder.open(first, buffer[start + 1] ?? 0, buffer, start + 4, end);
      builder.close();
      return true;
    }
    if (type === 48) {
      if (hasDecodingOrder) return orderedAggregate(builder, buffer, start + 2, end);
      return aggregate(
        builder,
        buffer,
        start + 2,
        end,
        (byte) => ((byte >> 1) & 0x3f) === 48 || ((byte >> 1) & 0x3f) === 49,
      );
    }
    if (end - start < 3) return false;
    const fragment = buffer[start + 2] ?? 0;
    if ((fragment & 0x80) !== 0) {
      // The decoding order number stands in the first fragment only (section 4.4.3).
      const from = start + 3 + order;
      if (from > end) return false;
      builder.open((first & 0x81) | ((fragment & 0x3f) << 1), buffer[start + 1] ?? 0, buffer, from, end);
    } else builder.extend(buffer, start + 3, end);
    if ((fragment & 0x40) !== 0) builder.close();
    return true;
  };
};
