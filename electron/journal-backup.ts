/**
 * `npm run journal -- backup BACKUP`: everything that a working room needs, while it works. The log and its heads as they are, so that they can
 * be verified there; the keys in one file under the recovery code.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../native/os/atomic-file.ts';
import { dataFolderPaths, type DataFolderPaths } from '../native/os/data-folder.ts';
import { lockKeys } from '../native/os/locked-keys.ts';
import { createPinHasher } from '../native/os/pin-hasher.ts';
import { createKeyFileSecrets, readKeyFile } from '../native/os/secrets.ts';
import { readKeyPair } from '../native/os/signing.ts';
import { copyJournal, lastSeqOf, readKeyRows, readModelOf } from '../native/sqlite/backup.ts';
import { parseObject } from '../native/sqlite/chain.ts';
import { checkKeys } from '../native/sqlite/folder-state.ts';
import { verifyJournal } from '../native/sqlite/verify.ts';
import { backupText, refused, type Outcome } from './journal-backup-text.ts';
import { verdictText } from './journal-cli-text.ts';
import { textOf } from './station/core/docs.ts';
import { normaliseRecoveryCode } from './station/parts/recovery-code.ts';

/** Where things are in a backup: as in a data folder, with the locked keys in place of the keys. */
export const lockedKeysIn = (folder: string): string => path.join(folder, 'keys.locked');
/** Files of a backup whose sums are locked with the keys, by their place in the folder. */
export const sealedFiles = ['journal.db', 'heads/head.json', 'heads/trace.bin', 'signing.pub'] as const;

const FILE_MODE = 0o600;

export const sumOfFile = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
const fileOf = (error: unknown, folder: string): string =>
  error instanceof Error && 'path' in error ? String(error.path) : folder;

/** What a failed write of ours becomes; everything else is thrown on. */
export const writeFailure = (error: unknown, folder: string): Outcome => {
  const code = codeOf(error);
  if (!/^E[A-Z]+$/.test(code)) throw error;
  return refused(backupText.failed(fileOf(error, folder), code));
};

/** The hash of the recovery code that is valid now, or `null` where there is none. */
const recoveryHashOf = (journal: string): string | null => {
  const doc = readModelOf(journal, 'recovery', 'recovery');
  return doc === null ? null : textOf(parseObject(doc, 'the recovery code'), 'recoveryHash');
};

const isTaken = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

/** What can be said before the code is asked for; `null` when nothing stands in the way. */
export const refusesBackup = (folder: string, paths: DataFolderPaths): Outcome | null => {
  try {
    if (isTaken(folder)) return refused(backupText.notEmpty(folder));
  } catch (error) {
    return writeFailure(error, folder);
  }
  if (existsSync(paths.secretsProtected)) return refused(backupText.keychain);
  checkKeys(paths, 'entries', createKeyFileSecrets(paths.secretsKey, { mayMake: false }));
  return recoveryHashOf(paths.journal) === null ? refused(backupText.noCommunity) : null;
};

const copyFile = (from: string, to: string): void => {
  if (existsSync(from)) replaceFile(to, readFileSync(from), FILE_MODE);
};

/** Head, then journal, then keys: rows and keys only grow, so each is at least as new as what is held against it. */
const writeBackup = async (folder: string, paths: DataFolderPaths, code: string, nowMs: number): Promise<void> => {
  const to = dataFolderPaths(folder);
  const { privateKeyPem, publicKeyPem } = readKeyPair(paths.signingKey);
  for (const name of ['head.json', 'trace.bin']) copyFile(path.join(paths.heads, name), path.join(to.heads, name));
  replaceFile(to.signingPublicKey, publicKeyPem, FILE_MODE);
  await copyJournal(paths.journal, to.journal);
  const files = sealedFiles.filter((name) => existsSync(path.join(folder, name)));
  const keys = {
    secretsKey: readKeyFile(paths.secretsKey).toString('base64url'),
    signingKey: privateKeyPem,
    people: readKeyRows(paths.keys).map(([subject, wrapped]): [string, string | null] => [subject, wrapped]),
    files: Object.fromEntries(files.map((name) => [name, sumOfFile(path.join(folder, name))])),
  };
  // Last, so that a backup that was broken off has none and is taken for no backup.
  replaceFile(lockedKeysIn(folder), lockKeys(keys, code, nowMs), FILE_MODE);
};

const removeHalf = (folder: string): void => {
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    rmSync(path.join(folder, name), { recursive: true, force: true });
};

/** Makes the backup; `typed` is what a person gave as the code. Throws `JournalError` and `DataFileError` for what is wrong with the data folder. */
export const makeBackup = async (
  folder: string,
  paths: DataFolderPaths,
  typed: string,
  nowMs: number,
): Promise<Outcome> => {
  const code = normaliseRecoveryCode(typed);
  const hash = recoveryHashOf(paths.journal);
  if (hash === null || !(await createPinHasher().verify(code, hash))) return refused(backupText.wrongCode);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await writeBackup(folder, paths, code, nowMs);
  } catch (error) {
    removeHalf(folder);
    return writeFailure(error, folder);
  }
  const to = dataFolderPaths(folder);
  const publicKeyPem = readFileSync(to.signingPublicKey, 'utf8');
  const verdict = verifyJournal({ path: to.journal, headsFolder: to.heads, publicKeyPem });
  return { done: true, lines: [backupText.backedUp(lastSeqOf(to.journal), folder), verdictText(verdict)] };
};
