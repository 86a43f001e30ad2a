/** Encryption at rest under a key file, where there is no keychain (headless). */
import { existsSync, readFileSync } from 'node:fs';
import type { Secrets } from '../../electron/station/ports/vault.port.ts';
import { createFile } from './atomic-file.ts';
import {
  decryptBytes,
  encryptBytes,
  keyBytes,
  nonceBytes,
  systemRandomness,
  type Randomness,
} from './secrets-cipher.ts';

/** Before every ciphertext, and bound to it: which scheme made it. */
const scheme = 'k1.';

const secretsUnder = (key: Buffer, randomness: Randomness): Secrets => ({
  encrypt: (plain) =>
    scheme + encryptBytes(key, randomness.bytes(nonceBytes), Buffer.from(plain, 'utf8'), scheme).toString('base64url'),
  decrypt: (cipher) => {
    if (!cipher.startsWith(scheme)) return null;
    return decryptBytes(key, Buffer.from(cipher.slice(scheme.length), 'base64url'), scheme)?.toString('utf8') ?? null;
  },
});

/**
 * Secrets under the 256-bit key in `path` (base64url, one line), made at the first start with mode 0600. On Windows the mode means nothing:
 * there the access list of the user's profile, which the file inherits, keeps others out.
 * Throws when the file is not such a key: it is never replaced, for that would lose every password it protects.
 */
export const createKeyFileSecrets = (path: string, randomness: Randomness = systemRandomness): Secrets => {
  if (!existsSync(path)) createFile(path, `${randomness.bytes(keyBytes).toString('base64url')}\n`, 0o600);
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url');
  if (key.length !== keyBytes) throw new Error(`${path} is not a key file`);
  return secretsUnder(key, randomness);
};

/** Secrets under a 256-bit key (base64url) that the shell keeps in the system's keychain. Throws when it is no such key. */
export const createDeviceKeySecrets = (deviceKey: string, randomness: Randomness = systemRandomness): Secrets => {
  const key = Buffer.from(deviceKey, 'base64url');
  if (key.length !== keyBytes) throw new Error('the device key has not 256 bits');
  return secretsUnder(key, randomness);
};
