/**
 * CRC-16/ARC: polynomial 0x8005 reflected (0xA001), start value 0, no final change.
 * SIA DC-09 counts it over the bytes from the first quote to the one before the closing CR.
 * Returns 0 to 0xFFFF.
 */
export const crc16Arc = (bytes: Uint8Array): number => {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xa001;
  }
  return crc;
};
