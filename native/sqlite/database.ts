/** Opening a SQLite file the way the station needs it, and telling SQLite's errors as the ports' faults. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { JournalError, type JournalFault } from '../../electron/station/ports/journal.port.ts';

export type Db = Database.Database;

/** How long a statement waits for another connection's lock, milliseconds: the core thread stands still meanwhile. */
const busyTimeoutMs = 1000;

const faultByCode = (code: string, message: string): JournalFault | null => {
  if (code === 'SQLITE_FULL') return { kind: 'diskFull' };
  if (code.startsWith('SQLITE_READONLY')) return { kind: 'readOnly' };
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return { kind: 'damaged', detail: message };
  if (/^SQLITE_(IOERR|CANTOPEN|BUSY|LOCKED|PROTOCOL|PERM)/.test(code))
    return { kind: 'ioError', detail: `${code}: ${message}` };
  return null;
};

/** The fault behind an error of SQLite, or `null` when it is a defect of ours (a constraint, a misuse). */
export const faultOf = (error: unknown): JournalFault | null =>
  error instanceof Database.SqliteError ? faultByCode(error.code, error.message) : null;

/** Runs `work`; what storage did wrong comes out as `JournalError`, everything else as it is. */
export const guarded = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    const fault = faultOf(error);
    if (fault === null) throw error;
    throw new JournalError(fault, { cause: error });
  }
};

/** Opens a file whose folder is there; better-sqlite3 calls anything else a misuse. */
export const openFile = (file: string, options: Database.Options): Db => {
  if (!existsSync(path.dirname(file)))
    throw new JournalError({ kind: 'ioError', detail: `there is no folder ${path.dirname(file)}` });
  return new Database(file, options);
};

const assertPragma = (db: Db, name: string, wanted: string | number): void => {
  const found = db.pragma(name, { simple: true });
  if (found !== wanted) {
    throw new JournalError({
      kind: 'ioError',
      detail: `${name} is ${String(found)}, not ${wanted}: this disk cannot keep the journal`,
    });
  }
};

/**
 * Opens for reading and writing: WAL, `synchronous=FULL` (each commit is on the disk before it returns), foreign keys, deleted bytes
 * overwritten. Each is read back: a file system without WAL is refused, not tolerated. Throws `JournalError`.
 */
export const openWritable = (file: string): Db =>
  guarded(() => {
    const db = openFile(file, { timeout: busyTimeoutMs });
    try {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma('foreign_keys = ON');
      db.pragma('secure_delete = ON');
      db.pragma('trusted_schema = OFF');
      assertPragma(db, 'journal_mode', 'wal');
      assertPragma(db, 'synchronous', 2);
      assertPragma(db, 'foreign_keys', 1);
      assertPragma(db, 'secure_delete', 1);
      // A file that may only be read opens all the same, and would fail at the first alarm.
      db.exec('BEGIN IMMEDIATE; CREATE TABLE is_writable (x ANY) STRICT; ROLLBACK');
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  });

/** Opens an existing file for reading only; a station may be writing meanwhile. Throws `JournalError`. */
export const openReadOnly = (file: string): Db =>
  guarded(() => openFile(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs }));
