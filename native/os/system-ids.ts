import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Ids } from '../../electron/station/ports/clock.port.ts';

/** A UUID version 7 (RFC 9562 section 5.7): 48 bits of UTC milliseconds, then randomness. */
export const uuidV7 = (nowMs: number, random: Buffer): string => {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  random.copy(bytes, 6, 0, 10);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Identifiers from the system's randomness. */
export const createSystemIds = (nowMs: () => number): Ids => ({
  next: () => uuidV7(nowMs(), randomBytes(10)),
  token: () => randomBytes(32).toString('base64url'),
  hash: (text) => createHash('sha256').update(text).digest('hex'),
  keyPair: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    });
    return { publicKey: publicKey.toString('base64url'), privateKey: privateKey.toString('base64url') };
  },
});
