/** AES-256-GCM as the vault and the key file use it: nonce (12 bytes), ciphertext, tag (16 bytes), in one piece. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of a key. */
export const keyBytes = 32;
/** Bytes of a nonce; random, which is sound for up to 2^32 texts under one key (NIST SP 800-38D, 8.3). */
export const nonceBytes = 12;
const tagBytes = 16;

/** Where random bytes come from. */
export interface Randomness {
  readonly bytes: (count: number) => Buffer;
}

/** Encrypts under a fresh nonce. `context` is bound to the ciphertext and not part of it. */
export const encryptBytes = (key: Buffer, nonce: Buffer, plain: Buffer, context: string): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** The plain bytes, or `null` when key, context or a single bit is another. */
export const decryptBytes = (key: Buffer, box: Buffer, context: string): Buffer | null => {
  if (box.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(box.subarray(box.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(box.subarray(nonceBytes, box.length - tagBytes)), decipher.final()]);
  } catch {
    return null;
  }
};

/** The operating system's generator. */
export const systemRandomness: Randomness = { bytes: (count) => randomBytes(count) };
