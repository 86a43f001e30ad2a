/** Encryption at rest under a key file, where there is no keychain (headless). */
import { existsSync, readFileSync } from 'node:fs';
import type { Secrets } from '../../electron/station/ports/vault.port.ts';
import { createFile } from './atomic-file.ts';
import { DataFileError, readDataFile } from './data-file-error.ts';
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

export interface KeyFileOptions {
  readonly randomness?: Randomness;
  /** Whether a missing key may be made: only where nothing was ever protected by it. Default `true`. */
  readonly mayMake?: boolean;
}

/** The 256-bit key in this file (base64url, one line). Throws `DataFileError`. */
export const readKeyFile = (path: string): Buffer => {
  const key = Buffer.from(
    readDataFile(path, (file) => readFileSync(file))
      .toString('utf8')
      .trim(),
    'base64url',
  );
  if (key.length !== keyBytes) throw new DataFileError(path, 'damaged');
  return key;
};

/** A key as it stands in its file. */
export const keyToFile = (key: Buffer): string => `${key.toString('base64url')}\n`;

/**
 * Secrets under the 256-bit key in `path`, made at the first start with mode 0600. On Windows the mode means nothing: there the access list of
 * the data folder keeps others out. Throws `DataFileError` when the file is not such a key, or is gone where it must not be made: it is never
 * replaced, for that would lose every password it protects.
 */
export const createKeyFileSecrets = (
  path: string,
  { randomness = systemRandomness, mayMake = true }: KeyFileOptions = {},
): Secrets => {
  if (mayMake && !existsSync(path)) createFile(path, keyToFile(randomness.bytes(keyBytes)), 0o600);
  return secretsUnder(readKeyFile(path), randomness);
};

/** Secrets under a 256-bit key (base64url) that the shell keeps in the system's keychain. Throws when it is no such key. */
export const createDeviceKeySecrets = (deviceKey: string, randomness: Randomness = systemRandomness): Secrets => {
  const key = Buffer.from(deviceKey, 'base64url');
  if (key.length !== keyBytes) throw new Error('the device key has not 256 bits');
  return secretsUnder(key, randomness);
};
