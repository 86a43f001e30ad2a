/** What stands in a data folder before anything in it is opened for writing: whether keys may be made, and whether they fit. Changes nothing. */
import { existsSync, lstatSync } from 'node:fs';
import path from 'node:path';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { Secrets } from '../../electron/station/ports/vault.port.ts';
import { DataFileError } from '../os/data-file-error.ts';
import type { DataFolderPaths } from '../os/data-folder.ts';
import { guarded, openReadOnly, type Db } from './database.ts';
import { someWrappedKey } from './keys-schema.ts';

/** `none`: no journal was ever made here. `empty`: one that nobody wrote into. `entries`: what keys there are must not be made anew. */
export type JournalState = 'none' | 'empty' | 'entries';

const isThere = (file: string): boolean => {
  const kind = lstatSync(file, { throwIfNoEntry: false });
  if (kind?.isDirectory() === true) throw new DataFileError(file, 'damaged');
  return existsSync(file) && kind !== undefined && (kind.isSymbolicLink() || kind.size > 0);
};

const tablesOf = (db: Db): readonly string[] =>
  db
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();

/** Reads a database that is there; what SQLite says of its bytes is this file's damage. Throws `DataFileError` or `JournalError`. */
const reading = <T>(file: string, work: (db: Db) => T): T => {
  let db: Db | null = null;
  try {
    db = openReadOnly(file);
    const opened = db;
    return guarded(() => work(opened));
  } catch (error) {
    if (error instanceof JournalError && error.fault.kind === 'damaged')
      throw new DataFileError(file, 'damaged', { cause: error });
    throw error;
  } finally {
    db?.close();
  }
};

const holds = (db: Db, table: string, file: string): boolean => {
  const tables = tablesOf(db);
  if (tables.includes(table)) return true;
  if (tables.length > 0) throw new DataFileError(file, 'foreign');
  return false;
};

/** Throws `DataFileError` for a file that is no journal, and where the journal is gone whose head or keys are still here. */
export const journalStateOf = ({ journal, keys, heads }: DataFolderPaths): JournalState => {
  const state = isThere(journal)
    ? reading(journal, (db) => {
        if (!holds(db, 'journal', journal)) return 'none';
        return db.prepare('SELECT 1 FROM journal LIMIT 1').get() === undefined ? 'empty' : 'entries';
      })
    : 'none';
  if (state === 'none' && (existsSync(keys) || existsSync(path.join(heads, 'head.json'))))
    throw new DataFileError(journal, 'missing');
  return state;
};

/**
 * Whether the keys of people's data are there and open with these secrets; a folder without entries has none yet. Throws `DataFileError`:
 * `missing`, `damaged`, or `foreign` when they were wrapped under another key.
 */
export const checkKeys = ({ keys }: DataFolderPaths, state: JournalState, secrets: Secrets): void => {
  if (!isThere(keys)) {
    if (state === 'entries') throw new DataFileError(keys, 'missing');
    return;
  }
  reading(keys, (db) => {
    if (!holds(db, 'subject_keys', keys)) {
      if (state === 'entries') throw new DataFileError(keys, 'missing');
      return;
    }
    const wrapped = someWrappedKey(db);
    if (wrapped !== null && secrets.decrypt(wrapped) === null) throw new DataFileError(keys, 'foreign');
  });
};
