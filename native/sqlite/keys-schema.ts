/**
 * The file of the subjects' keys (`keys.db`): its tables and versions, and the keys in their cells. To forget is to wipe a cell and to empty the
 * WAL: what it costs grows with what is forgotten, and not with the file.
 */
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import { cellsSql, openCells } from './cells.ts';
import type { Db } from './database.ts';
import { JournalOpenError } from './open-error.ts';

/** Bytes of a key's cell. A wrapped key has 98. */
const KEY_BYTES = 128;
/** Bytes of a term's cell: HMAC-SHA-256. */
export const TERM_BYTES = 32;

const keysSql = `
-- Whose personal fields can still be read. Never part of a backup of the journal.
CREATE TABLE subject_keys (
  -- A random name: says nothing about the person.
  subject_id TEXT PRIMARY KEY,
  -- Where the AES-256 key lies, wrapped by the key file or the keychain. NULL: forgotten, and nothing may be sealed under it again.
  cell INTEGER
) STRICT, WITHOUT ROWID;
${cellsSql('key_cells', KEY_BYTES)}
`;

const indexSql = `
-- By what rows of the journal can be found although their fields are sealed: a term's cell holds its whole hash.
CREATE TABLE index_rows (
  cell INTEGER PRIMARY KEY,
  -- Under which month's key the term is hashed, YYYY-MM.
  month TEXT NOT NULL,
  collection TEXT NOT NULL,
  key TEXT NOT NULL,
  subject_id TEXT NOT NULL
) STRICT;
CREATE INDEX index_rows_by_key ON index_rows (collection, key);
CREATE INDEX index_rows_by_subject ON index_rows (subject_id);
-- Where to look: the first 16 bits of a hash, too little to tell a term by. It stays when its cell is wiped, since taking it out would touch a page
-- for each term; it goes with its month. Whether a cell holds what is looked for, and whose it is, only the cell and its row say.
CREATE TABLE index_buckets (
  month TEXT NOT NULL,
  bucket INTEGER NOT NULL,
  cell INTEGER NOT NULL,
  PRIMARY KEY (month, bucket, cell)
) STRICT, WITHOUT ROWID;
${cellsSql('term_cells', TERM_BYTES)}
`;

const schemaVersion = 2;

/** A subject with its wrapped key; `null`: forgotten. */
export type KeyRow = readonly [subject: string, wrapped: string | null];

const wrappedIn = (cell: Buffer): string => {
  const end = cell.indexOf(0);
  return cell.toString('utf8', 0, end === -1 ? cell.length : end);
};

const versionOf = (db: Db): number => Number(db.pragma('user_version', { simple: true }));

/** Every key as it is kept, by subject, of a file of any version. */
export const allKeyRows = (db: Db): readonly KeyRow[] => {
  if (versionOf(db) < 2)
    return db
      .prepare<[], [string, string | null]>('SELECT subject_id, wrapped FROM subject_keys ORDER BY subject_id')
      .raw()
      .all();
  return db
    .prepare<[], [string, Buffer | null]>(
      'SELECT subject_id, bytes FROM subject_keys LEFT JOIN key_cells USING (cell) ORDER BY subject_id',
    )
    .raw()
    .all()
    .map(([subject, cell]) => [subject, cell === null ? null : wrappedIn(cell)]);
};

/** Some key as it is kept, to be tried with secrets; `null` where there is none. Reads a file of any version. */
export const someWrappedKey = (db: Db): string | null => {
  if (versionOf(db) < 2)
    return (
      db.prepare<[], string>('SELECT wrapped FROM subject_keys WHERE wrapped IS NOT NULL LIMIT 1').pluck().get() ?? null
    );
  const cell = db
    .prepare<[], Buffer>('SELECT bytes FROM subject_keys JOIN key_cells USING (cell) LIMIT 1')
    .pluck()
    .get();
  return cell === undefined ? null : wrappedIn(cell);
};

/** The keys in their cells. Calls that belong together are to stand in one transaction. */
export interface KeyCells {
  /** The wrapped key, `null` for a subject that was forgotten, `undefined` for one that never had a key. */
  readonly find: (subject: string) => string | null | undefined;
  /** Keeps the key of a subject that has none; with `null` the subject counts as forgotten. */
  readonly add: (subject: string, wrapped: string | null) => void;
  /** Writes zeros over the key, and keeps in mind that the subject is forgotten. */
  readonly erase: (subject: string) => void;
}

/** Reads single keys on a connection that only reads: the wrapped key, or `null` where there is none any more. */
export const openKeyReader = (db: Db): ((subject: string) => string | null) => {
  const find = db
    .prepare<[string], Buffer>('SELECT bytes FROM subject_keys JOIN key_cells USING (cell) WHERE subject_id = ?')
    .pluck();
  return (subject) => {
    const cell = find.get(subject);
    return cell === undefined ? null : wrappedIn(cell);
  };
};

/** Works on a file that `prepareKeysSchema` has prepared. */
export const openKeyCells = (db: Db): KeyCells => {
  const cells = openCells(db, 'key_cells', KEY_BYTES);
  const place = db.prepare<[string], { cell: number | null }>('SELECT cell FROM subject_keys WHERE subject_id = ?');
  const point = db.prepare<[string, number | null]>(
    'INSERT INTO subject_keys (subject_id, cell) VALUES (?, ?) ON CONFLICT (subject_id) DO UPDATE SET cell = excluded.cell',
  );
  return {
    find: (subject) => {
      const found = place.get(subject);
      if (found === undefined) return undefined;
      return found.cell === null ? null : wrappedIn(cells.read(found.cell));
    },
    add: (subject, wrapped) =>
      void point.run(subject, wrapped === null ? null : cells.keep(Buffer.from(wrapped, 'utf8'))),
    erase: (subject) => {
      const cell = place.get(subject)?.cell ?? null;
      if (cell !== null) cells.wipe(cell);
      point.run(subject, null);
    },
  };
};

/** Empties the WAL into the file and cuts it to nothing; throws when a reader is in the way, and then it is to be tried again. */
export const truncateWal = (db: Db): void => {
  const busy: unknown = db.pragma('wal_checkpoint(TRUNCATE)', { simple: true });
  if (busy !== 0) throw new JournalError({ kind: 'ioError', detail: 'the WAL of the keys could not be truncated' });
};

/** Version 1 kept keys in the rows of `subject_keys`, where they were moved. The pages of a dropped table are overwritten whole (`secure_delete`). */
const liftFromFirst = (db: Db): void => {
  const rows = allKeyRows(db);
  db.exec(`DROP TABLE subject_keys; ${keysSql}`);
  const cells = openKeyCells(db);
  for (const [subject, wrapped] of rows) cells.add(subject, wrapped);
};

/** Makes the tables in a new file, and lifts those of an older one. Throws `JournalOpenError` for a newer one, `JournalError` for another program's. */
export const prepareKeysSchema = (db: Db): void => {
  const found = versionOf(db);
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  if (found === 0 ? tables.length > 0 : !tables.includes('subject_keys'))
    throw new JournalError({ kind: 'damaged', detail: 'this database holds no keys' });
  if (found > schemaVersion) throw new JournalOpenError({ kind: 'newerSchema', found, known: schemaVersion });
  if (found === schemaVersion) return;
  db.transaction(() => {
    if (found === 0) db.exec(keysSql);
    else liftFromFirst(db);
    db.exec(indexSql);
    db.pragma(`user_version = ${schemaVersion}`);
  }).immediate();
};
