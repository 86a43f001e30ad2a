import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';

/** Makes a rename in `folder` last. Windows cannot open a folder for that and does not need it. */
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const writeTemporary = (file: string, bytes: string | Uint8Array, mode: number): string => {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  const handle = openSync(temporary, 'wx', mode);
  try {
    const data = Buffer.from(bytes);
    for (let done = 0; done < data.length;) done += writeSync(handle, data, done);
    fsyncSync(handle);
  } catch (error) {
    closeSync(handle);
    rmSync(temporary, { force: true });
    throw error;
  }
  closeSync(handle);
  return temporary;
};

/** Replaces a file so that after a power cut it is either the old one or the new one, whole. Throws what the file system throws. */
export const replaceFile = (file: string, bytes: string | Uint8Array, mode: number): void => {
  const temporary = writeTemporary(file, bytes, mode);
  try {
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
};

const linkIsMissing = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP']);

/**
 * Makes a file that must not exist yet, whole or not at all; one that exists is left alone and the answer is `false`.
 * On file systems without hard links (FAT) two processes at once could both say `true`; the journal's lock stands before that.
 */
export const createFile = (file: string, bytes: string | Uint8Array, mode: number): boolean => {
  const temporary = writeTemporary(file, bytes, mode);
  try {
    linkSync(temporary, file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EEXIST') return false;
    if (!linkIsMissing.has(code)) throw error;
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(path.dirname(file));
  return true;
};
