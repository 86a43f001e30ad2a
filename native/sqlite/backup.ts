/** Copies of the journal and of the keys, made while a station writes, and put back. */
import Database from 'better-sqlite3';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import { faultOf, guarded, openReadOnly, openWritable } from './database.ts';
import { allKeyRows, openKeyCells, prepareKeysSchema, truncateWal, type KeyRow } from './keys-schema.ts';

/** Pages a step of the copy; all in one, so that a station that writes meanwhile cannot make it begin again. */
const ALL_PAGES = 2_147_483_647;

/**
 * One moment of the journal in one file without a WAL beside it, by SQLite's online backup. Throws `JournalError`.
 * The journal is read only; a station may write to it meanwhile.
 */
export const copyJournal = async (from: string, to: string): Promise<void> => {
  const db = openReadOnly(from);
  try {
    await db.backup(to, { progress: () => ALL_PAGES });
  } catch (error) {
    const fault = faultOf(error);
    throw fault === null ? error : new JournalError(fault, { cause: error });
  } finally {
    db.close();
  }
  guarded(() => {
    const copy = new Database(to, { fileMustExist: true });
    try {
      copy.pragma('journal_mode = DELETE');
    } finally {
      copy.close();
    }
  });
};

const readingJournal = <T>(file: string, work: (db: Database.Database) => T): T => {
  const db = openReadOnly(file);
  try {
    return guarded(() => work(db));
  } finally {
    db.close();
  }
};

/** The hash of the first row, which no two stations share; `null` for an empty journal. Throws `JournalError`. */
export const originOf = (journal: string): string | null =>
  readingJournal(
    journal,
    (db) => db.prepare<[], Buffer>('SELECT hash FROM journal WHERE seq = 1').pluck().get()?.toString('hex') ?? null,
  );

/** The newest sequence number. Throws `JournalError`. */
export const lastSeqOf = (journal: string): number =>
  readingJournal(journal, (db) => db.prepare<[], number | null>('SELECT max(seq) FROM journal').pluck().get() ?? 0);

/** Where the rows that are shown of a collection stand; a backup may be older than generations are (schema 3). */
const shownOf = (db: Database.Database, collection: string): { readonly column: string; readonly label: string } => {
  if (Number(db.pragma('user_version', { simple: true })) < 3) return { column: 'collection', label: collection };
  const label = db
    .prepare<[string], string>("SELECT label FROM generations WHERE collection = ? AND state = 'shown'")
    .pluck()
    .get(collection);
  return { column: 'generation', label: label ?? collection };
};

/** A row of a read model as it is kept, JSON; `null` where there is none. Throws `JournalError`. */
export const readModelOf = (journal: string, collection: string, key: string): string | null =>
  readingJournal(journal, (db) => {
    const { column, label } = shownOf(db, collection);
    const row = db.prepare<[string, string], string>(`SELECT doc FROM read_models WHERE ${column} = ? AND key = ?`);
    return row.pluck().get(label, key) ?? null;
  });

/** Who was forgotten by what this journal says. Throws `JournalError`. */
export const forgottenIn = (journal: string): readonly string[] =>
  readingJournal(journal, (db) => {
    const { column, label } = shownOf(db, 'forgottenSubjects');
    return db.prepare<[string], string>(`SELECT key FROM read_models WHERE ${column} = ?`).pluck().all(label);
  });

/** A copy that begins a new life: nobody is signed in at it, whoever was when it was made. Throws `JournalError`. */
export const endSessionsIn = (journal: string): void =>
  guarded(() => {
    const db = new Database(journal, { fileMustExist: true });
    try {
      db.pragma('secure_delete = ON');
      db.exec('DELETE FROM sessions');
    } finally {
      db.close();
    }
  });

/** Every key as it is kept, wrapped. Throws `JournalError`. */
export const readKeyRows = (keys: string): readonly KeyRow[] => readingJournal(keys, allKeyRows);

/**
 * Adds the keys that are not there, and leaves what is there: who was forgotten here stays forgotten. Of `forgotten` no key is ever written.
 * Makes the file where it is missing. Answers how many were added. Throws `JournalError`.
 */
export const addKeyRows = (keys: string, rows: readonly KeyRow[], forgotten: ReadonlySet<string>): number => {
  const db = openWritable(keys);
  try {
    return guarded(() => {
      prepareKeysSchema(db);
      const cells = openKeyCells(db);
      const added = db.transaction(() => {
        let count = 0;
        for (const [subject, wrapped] of rows) {
          if (cells.find(subject) !== undefined) continue;
          cells.add(subject, forgotten.has(subject) ? null : wrapped);
          count += 1;
        }
        for (const subject of forgotten) cells.erase(subject);
        return count;
      })();
      truncateWal(db);
      return added;
    });
  } finally {
    db.close();
  }
};
