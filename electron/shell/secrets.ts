import { safeStorage } from 'electron';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createFile, replaceFile } from '../../native/os/atomic-file.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';

/** For the owner alone. */
const MODE = 0o600;
const KEY_BYTES = 32;

/** The keychain does not open the key any more; the message is for people, in both languages. */
export class KeychainClosed extends Error {
  constructor(file: string, cause: unknown) {
    super(
      `系统钥匙串打不开设备密码的钥匙：${file}。请用原来的系统账户登录，解锁钥匙串后再启动值守台。没有改动任何内容。\n` +
        `The system's keychain does not open the key of the device passwords: ${file}. Log in to this computer as before, unlock the keychain and start Guardroom again. Nothing was changed.`,
      { cause },
    );
    this.name = 'KeychainClosed';
  }
}

/** A keychain that moved on wants the key written anew; until there is room for that, the old file opens as it did today. */
const keepAnew = async (file: string, key: string): Promise<void> => {
  try {
    replaceFile(file, await safeStorage.encryptStringAsync(key), MODE);
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : 'not replaced'}\n`);
  }
};

const openKey = async (file: string): Promise<string> => {
  try {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(readFileSync(file));
    if (Buffer.from(result, 'base64url').length !== KEY_BYTES) throw new Error('not a key');
    if (shouldReEncrypt) await keepAnew(file, result);
    return result;
  } catch (error) {
    throw new KeychainClosed(file, error);
  }
};

/**
 * The key for device passwords, base64url, kept under the system's keychain (safeStorage); `null` where there is none or a key file is in use
 * already: the station then keeps its own key file. To be called when the app is ready. Rejects with `KeychainClosed`.
 */
export const openDeviceKey = async (dataDir: string): Promise<string | null> => {
  const { secretsProtected: file, secretsKey, keys } = dataFolderPaths(dataDir);
  if (existsSync(file)) return openKey(file);
  // Keys that were wrapped under another key would not open with a new one: then the station says which file is missing.
  if (existsSync(secretsKey) || existsSync(keys) || !(await safeStorage.isAsyncEncryptionAvailable())) return null;
  const key = randomBytes(KEY_BYTES).toString('base64url');
  return createFile(file, await safeStorage.encryptStringAsync(key), MODE) ? key : openKey(file);
};
