import type { AccessUnitBuilder } from './access-unit-builder.ts';

/** Takes the payload `buffer[start, end)` of one packet apart into NAL units. False when it cannot be understood. */
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

/** RFC 6184: single units, STAP-A, FU-A. The interleaved modes (STAP-B, MTAP, FU-B) are used by no camera and refused. */
export const h264Depacketizer: Depacketizer = (builder, buffer, start, end) => {
  if (end - start < 2) return end === start;
  const first = buffer[start] ?? 0;
  const type = first & 0x1f;
  if (type >= 1 && type <= 23) {
    builder.whole(buffer, start, end);
    return true;
  }
  if (type === 24)
    return aggregate(builder, buffer, start + 1, end, (byte) => (byte & 0x1f) === 0 || (byte & 0x1f) > 23);
  if (type !== 28) return false;
  const fragment = buffer[start + 1] ?? 0;
  const unitType = fragment & 0x1f;
  if (unitType === 0 || unitType > 23) return false;
  if ((fragment & 0x80) !== 0) builder.open((first & 0xe0) | unitType, -1, buffer, start + 2, end);
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
    if (end - start < 3) return end === start;
    const first = buffer[start] ?? 0;
    const type = (first >> 1) & 0x3f;
    if (type < 48) {
      if (order === 0) {
        builder.whole(buffer, start, end);
        return true;
      }
      if (end - start < 5) return false;
      builder.open(first, buffer[start + 1] ?? 0, buffer, start + 4, end);
      builder.close();
      return true;
    }
    if (type === 48) {
      if (hasDecodingOrder) return orderedAggregate(builder, buffer, start + 2, end);
      return aggregate(builder, buffer, start + 2, end, (byte) => ((byte >> 1) & 0x3f) >= 48);
    }
    if (type !== 49) return false;
    const fragment = buffer[start + 2] ?? 0;
    const unitType = fragment & 0x3f;
    const from = start + 3 + order;
    if (unitType >= 48 || from > end) return false;
    if ((fragment & 0x80) !== 0)
      builder.open((first & 0x81) | (unitType << 1), buffer[start + 1] ?? 0, buffer, from, end);
    else builder.extend(buffer, from, end);
    if ((fragment & 0x40) !== 0) builder.close();
    return true;
  };
};
