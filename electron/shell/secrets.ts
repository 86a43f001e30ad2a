import { safeStorage } from 'electron';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The key for device passwords, base64url, kept under the system's keychain (safeStorage); `null` where there is none or a key file is in use
 * already: the station then keeps its own key file. Throws when the keychain no longer opens the key.
 */
export const openDeviceKey = (dataDir: string): string | null => {
  const file = path.join(dataDir, 'secrets.protected');
  if (existsSync(file)) return safeStorage.decryptString(readFileSync(file));
  if (!safeStorage.isEncryptionAvailable() || existsSync(path.join(dataDir, 'secrets.key'))) return null;
  const key = randomBytes(32).toString('base64url');
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, safeStorage.encryptString(key), { mode: 0o600, flag: 'wx' });
  return key;
};
