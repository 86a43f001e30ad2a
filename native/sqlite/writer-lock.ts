/**
 * One writer per journal, over all processes. The lock is an exclusive SQLite lock on a small file of its own: the operating system lets
 * go of it when the process dies, however it dies, so there is no stale lock and no pid to guess about.
 */
import Database from 'better-sqlite3';
import { JournalOpenError } from './open-error.ts';
import { guarded, openFile } from './database.ts';

export interface WriterLock {
  readonly release: () => void;
}

/** Takes the lock at once or throws `JournalOpenError` (`inUse`). `path` is the lock file; it stays behind, empty, and means nothing. */
export const takeWriterLock = (path: string): WriterLock =>
  guarded(() => {
    const db = openFile(path, { timeout: 0 });
    try {
      db.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      db.close();
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      throw busy ? new JournalOpenError({ kind: 'inUse' }) : error;
    }
    return {
      release: () => {
        db.close();
      },
    };
  });
