/**
 * `npm run journal -- restore BACKUP`: a working room in an empty folder, or, with `--keys`, the keys alone beside the log that is there. Every
 * forgetting that either log knows of is done again: no key of somebody who was forgotten is ever written.
 */
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../native/os/atomic-file.ts';
import { DataFileError } from '../native/os/data-file-error.ts';
import { dataFolderPaths, type DataFolderPaths } from '../native/os/data-folder.ts';
import { openLockedKeys, type OpenedKeys } from '../native/os/locked-keys.ts';
import { keepToOwner } from '../native/os/owner-only.ts';
import { createDeviceKeySecrets, keyToFile, readKeyFile } from '../native/os/secrets.ts';
import { createSigner, readKeyPair } from '../native/os/signing.ts';
import { addKeyRows, endSessionsIn, forgottenIn, lastSeqOf, originOf } from '../native/sqlite/backup.ts';
import { checkKeys } from '../native/sqlite/folder-state.ts';
import { verifyJournal } from '../native/sqlite/verify.ts';
import { takeWriterLock } from '../native/sqlite/writer-lock.ts';
import { lockedKeysIn, sealedFiles, sumOfFile, writeFailure } from './journal-backup.ts';
import { backupText, refused, type Outcome } from './journal-backup-text.ts';
import { text, verdictText } from './journal-cli-text.ts';
import { normaliseRecoveryCode } from './station/parts/recovery-code.ts';

const FILE_MODE = 0o600;
/** What a program that could not start leaves in a folder, and what holds nothing of a community. */
const harmless: ReadonlySet<string> = new Set(['logs', 'window', 'journal.db.lock']);

const minuteOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Runs while no station can write in the folder. Throws `JournalOpenError` (`inUse`). */
const locked = <T>({ journal }: DataFolderPaths, work: () => T): T => {
  const lock = takeWriterLock(`${journal}.lock`);
  try {
    return work();
  } finally {
    lock.release();
  }
};

const isInUseOrNothing = (paths: DataFolderPaths): void => {
  if (existsSync(`${paths.journal}.lock`)) locked(paths, () => undefined);
};

/** What can be said before the code is asked for; `null` when nothing stands in the way. Throws `JournalOpenError` (`inUse`). */
export const refusesRestore = (folder: string, paths: DataFolderPaths, keysOnly: boolean): Outcome | null => {
  if (!existsSync(lockedKeysIn(folder)) || !existsSync(dataFolderPaths(folder).journal))
    return refused(backupText.noBackup(folder));
  try {
    isInUseOrNothing(paths);
    if (keysOnly) return existsSync(paths.journal) ? null : refused(text.missing(paths.folder));
    const stray = existsSync(paths.folder) && readdirSync(paths.folder).some((name) => !harmless.has(name));
    return stray ? refused(backupText.notEmpty(paths.folder)) : null;
  } catch (error) {
    return writeFailure(error, paths.folder);
  }
};

type Opened = { readonly keys: OpenedKeys } | { readonly outcome: Outcome };

const openBackup = (folder: string, typed: string): Opened => {
  const bytes = readFileSync(lockedKeysIn(folder));
  const keys = openLockedKeys(bytes, normaliseRecoveryCode(typed));
  if (!keys.ok) {
    const { madeAt } = keys.error;
    const damaged = backupText.damaged(lockedKeysIn(folder));
    return { outcome: refused(madeAt === null ? damaged : backupText.wrongBackupCode(minuteOf(madeAt))) };
  }
  for (const name of sealedFiles) {
    const file = path.join(folder, name);
    const found = existsSync(file) ? sumOfFile(file) : undefined;
    if (found !== keys.value.files[name]) return { outcome: refused(backupText.damaged(file)) };
  }
  return { keys: keys.value };
};

const copyIfThere = (from: string, to: string): void => {
  if (existsSync(from)) replaceFile(to, readFileSync(from), FILE_MODE);
};

/** The journal comes last, under its name only when it is whole: a folder that was left half restored has none and does not start. */
const writeAll = (folder: string, paths: DataFolderPaths, keys: OpenedKeys): void => {
  const from = dataFolderPaths(folder);
  addKeyRows(paths.keys, keys.people, new Set(forgottenIn(from.journal)));
  replaceFile(paths.secretsKey, keyToFile(Buffer.from(keys.secretsKey, 'base64url')), FILE_MODE);
  replaceFile(paths.signingKey, keys.signingKey, FILE_MODE);
  copyIfThere(from.signingPublicKey, paths.signingPublicKey);
  for (const name of ['head.json', 'trace.bin']) copyIfThere(path.join(from.heads, name), path.join(paths.heads, name));
  const half = `${paths.journal}.restoring`;
  copyFileSync(from.journal, half);
  endSessionsIn(half);
  renameSync(half, paths.journal);
};

const removeHalf = (paths: DataFolderPaths): void => {
  for (const name of existsSync(paths.folder) ? readdirSync(paths.folder) : [])
    if (!harmless.has(name)) rmSync(path.join(paths.folder, name), { recursive: true, force: true });
};

const verdictOf = ({ journal, heads, signingPublicKey }: DataFolderPaths): string =>
  verdictText(
    verifyJournal({ path: journal, headsFolder: heads, publicKeyPem: readFileSync(signingPublicKey, 'utf8') }),
  );

/** A whole room into an empty folder. Throws `JournalOpenError` (`inUse`) and `JournalError`; nothing of it stays then. */
export const restoreAll = (folder: string, paths: DataFolderPaths, typed: string): Outcome => {
  const opened = openBackup(folder, typed);
  if ('outcome' in opened) return opened.outcome;
  const { keys } = opened;
  try {
    keepToOwner(paths.folder);
    locked(paths, () => {
      try {
        writeAll(folder, paths, keys);
      } catch (error) {
        removeHalf(paths);
        throw error;
      }
    });
  } catch (error) {
    return writeFailure(error, paths.folder);
  }
  const rows = lastSeqOf(paths.journal);
  return {
    done: true,
    lines: [backupText.restored(rows, minuteOf(keys.madeAt), paths.folder), verdictOf(paths)],
  };
};

/** Renames what does not open, so that nothing is lost by putting the right one in its place. Answers the new names. */
const putAside = (files: readonly string[], nowMs: number): readonly string[] =>
  files
    .filter((file) => existsSync(file))
    .map((file) => {
      const aside = `${file}.aside-${nowMs}`;
      renameSync(file, aside);
      return aside;
    });

const holds = (check: () => boolean): boolean => {
  try {
    return check();
  } catch (error) {
    if (error instanceof DataFileError) return false;
    throw error;
  }
};

const walFiles = (file: string): readonly string[] => [file, `${file}-wal`, `${file}-shm`];

const replaceKeys = (
  paths: DataFolderPaths,
  keys: OpenedKeys,
  forgotten: ReadonlySet<string>,
  nowMs: number,
): { readonly added: number; readonly aside: readonly string[] } => {
  const secretsKey = Buffer.from(keys.secretsKey, 'base64url');
  const aside: string[] = [];
  if (!holds(() => readKeyFile(paths.secretsKey).equals(secretsKey))) {
    aside.push(...putAside([paths.secretsKey, paths.secretsProtected], nowMs));
    replaceFile(paths.secretsKey, keyToFile(secretsKey), FILE_MODE);
  }
  const secrets = createDeviceKeySecrets(keys.secretsKey);
  const keysHold = holds(() => {
    checkKeys(paths, 'empty', secrets);
    return true;
  });
  if (!keysHold) aside.push(...putAside(walFiles(paths.keys), nowMs));
  const added = addKeyRows(paths.keys, keys.people, forgotten);
  if (!holds(() => readKeyPair(paths.signingKey).privateKeyPem === keys.signingKey)) {
    aside.push(...putAside([paths.signingKey], nowMs));
    replaceFile(paths.signingKey, keys.signingKey, FILE_MODE);
  }
  const files = { privateKey: paths.signingKey, publicKey: paths.signingPublicKey };
  const publicFits = holds(() => createSigner(files, { mayMake: false }).publicKeyPem !== '');
  if (!publicFits) {
    aside.push(...putAside([paths.signingPublicKey], nowMs));
    createSigner(files, { mayMake: false });
  }
  return { added, aside };
};

/** The keys alone, beside the log of the same station, which may be newer than the backup. Throws as `restoreAll`. */
export const restoreKeys = (folder: string, paths: DataFolderPaths, typed: string, nowMs: number): Outcome => {
  const opened = openBackup(folder, typed);
  if ('outcome' in opened) return opened.outcome;
  const from = dataFolderPaths(folder).journal;
  try {
    return locked(paths, () => {
      if (originOf(from) !== originOf(paths.journal)) return refused(backupText.otherStation(paths.folder));
      const forgotten = new Set([...forgottenIn(from), ...forgottenIn(paths.journal)]);
      const { added, aside } = replaceKeys(paths, opened.keys, forgotten, nowMs);
      return { done: true, lines: [backupText.keysRestored(added), ...aside.map(backupText.putAside)] };
    });
  } catch (error) {
    return writeFailure(error, paths.folder);
  }
};
