/**
 * The file of the subjects' keys (`keys.db`): its tables, and how a key is put into them and gone from them without a trace.
 *
 * SQLite keeps bytes that were deleted: in the WAL until it is truncated, and also with `secure_delete` in the gap of a page whose rows were
 * moved when it was split or merged (measured: about one key in 10,000 deletions). So nothing that must vanish lies where rows are moved. A
 * key lies in a cell: a row of one length in a table that only grows at its end, so that its page is never split or merged. To forget
 * is to write zeros over the cell where it lies, and to empty the WAL: what it costs grows with what is forgotten, and not with the file.
 */
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { Db } from './database.ts';
import { JournalOpenError } from './open-error.ts';

/** Bytes of a cell. A wrapped key has 98; the rest is zeros. */
const CELL_BYTES = 128;

const schemaSql = `
-- Whose personal fields can still be read. Never part of a backup of the journal.
CREATE TABLE subject_keys (
  -- A random name: says nothing about the person.
  subject_id TEXT PRIMARY KEY,
  -- Where the key lies. NULL: forgotten, and nothing may be sealed under it again.
  cell INTEGER
) STRICT, WITHOUT ROWID;

-- AES-256 keys, wrapped by the key file or the keychain, zeros behind. All zeros: free. No row is ever deleted or changes its length.
CREATE TABLE key_cells (
  cell INTEGER PRIMARY KEY,
  wrapped BLOB NOT NULL CHECK (length(wrapped) = ${CELL_BYTES})
) STRICT;
CREATE INDEX free_key_cells ON key_cells (cell) WHERE wrapped = zeroblob(${CELL_BYTES});
`;
const schemaVersion = 2;

/** A subject with its wrapped key; `null`: forgotten. */
export type KeyRow = readonly [subject: string, wrapped: string | null];

const cellOf = (wrapped: string): Buffer => {
  const bytes = Buffer.from(wrapped, 'utf8');
  if (bytes.length === 0 || bytes.length > CELL_BYTES) throw new Error(`a wrapped key has ${bytes.length} bytes`);
  return Buffer.concat([bytes], CELL_BYTES);
};

const wrappedIn = (cell: Buffer): string => {
  const end = cell.indexOf(0);
  return cell.toString('utf8', 0, end === -1 ? cell.length : end);
};

const versionOf = (db: Db): number => Number(db.pragma('user_version', { simple: true }));

/** Every key as it is kept, by subject, of this version's file or the one before. */
export const allKeyRows = (db: Db): readonly KeyRow[] => {
  if (versionOf(db) < schemaVersion)
    return db
      .prepare<[], [string, string | null]>('SELECT subject_id, wrapped FROM subject_keys ORDER BY subject_id')
      .raw()
      .all();
  return db
    .prepare<[], [string, Buffer | null]>(
      'SELECT subject_id, wrapped FROM subject_keys LEFT JOIN key_cells USING (cell) ORDER BY subject_id',
    )
    .raw()
    .all()
    .map(([subject, cell]) => [subject, cell === null ? null : wrappedIn(cell)]);
};

/** Some key as it is kept, to be tried with secrets; `null` where there is none. Reads this version's file or the one before. */
export const someWrappedKey = (db: Db): string | null => {
  if (versionOf(db) < schemaVersion)
    return (
      db.prepare<[], string>('SELECT wrapped FROM subject_keys WHERE wrapped IS NOT NULL LIMIT 1').pluck().get() ?? null
    );
  const cell = db
    .prepare<[], Buffer>('SELECT wrapped FROM subject_keys JOIN key_cells USING (cell) LIMIT 1')
    .pluck()
    .get();
  return cell === undefined ? null : wrappedIn(cell);
};

/** The keys in their cells. Each is to be called inside a transaction where more than one belongs together. */
export interface KeyCells {
  /** The wrapped key, `null` for a subject that was forgotten, `undefined` for one that never had a key. */
  readonly find: (subject: string) => string | null | undefined;
  /** Keeps the key of a subject that has none. */
  readonly add: (subject: string, wrapped: string | null) => void;
  /** Writes zeros over the key, and keeps in mind that the subject is forgotten. */
  readonly erase: (subject: string) => void;
}

/** Works on a file that `prepareKeysSchema` has prepared. */
export const openKeyCells = (db: Db): KeyCells => {
  const place = db.prepare<[string], { cell: number | null }>('SELECT cell FROM subject_keys WHERE subject_id = ?');
  const read = db.prepare<[number], Buffer>('SELECT wrapped FROM key_cells WHERE cell = ?').pluck();
  const write = db.prepare<[Buffer, number]>('UPDATE key_cells SET wrapped = ? WHERE cell = ?');
  const free = db
    .prepare<[], number>(`SELECT cell FROM key_cells WHERE wrapped = zeroblob(${CELL_BYTES}) ORDER BY cell LIMIT 1`)
    .pluck();
  const append = db.prepare<[Buffer]>('INSERT INTO key_cells (wrapped) VALUES (?)');
  const point = db.prepare<[string, number | null]>(
    'INSERT INTO subject_keys (subject_id, cell) VALUES (?, ?) ON CONFLICT (subject_id) DO UPDATE SET cell = excluded.cell',
  );
  const zeros = Buffer.alloc(CELL_BYTES);

  const keep = (cell: Buffer): number => {
    const known = free.get();
    if (known === undefined) return Number(append.run(cell).lastInsertRowid);
    write.run(cell, known);
    return known;
  };

  return {
    find: (subject) => {
      const found = place.get(subject);
      if (found === undefined) return undefined;
      const cell = found.cell === null ? undefined : read.get(found.cell);
      return cell === undefined ? null : wrappedIn(cell);
    },
    add: (subject, wrapped) => void point.run(subject, wrapped === null ? null : keep(cellOf(wrapped))),
    erase: (subject) => {
      const cell = place.get(subject)?.cell ?? null;
      if (cell !== null) write.run(zeros, cell);
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
const liftFromFirst = (db: Db): void =>
  db
    .transaction(() => {
      const rows = allKeyRows(db);
      db.exec(`DROP TABLE subject_keys; ${schemaSql}`);
      const cells = openKeyCells(db);
      for (const [subject, wrapped] of rows) cells.add(subject, wrapped);
      db.pragma(`user_version = ${schemaVersion}`);
    })
    .immediate();

/** Makes the tables in a new file, and lifts those of an older one. Throws `JournalOpenError` for a newer one, `JournalError` for another program's. */
export const prepareKeysSchema = (db: Db): void => {
  const found = versionOf(db);
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  if (found === 0 ? tables.length > 0 : !tables.includes('subject_keys'))
    throw new JournalError({ kind: 'damaged', detail: 'this database holds no keys' });
  if (found > schemaVersion) throw new JournalOpenError({ kind: 'newerSchema', found, known: schemaVersion });
  if (found === 1) liftFromFirst(db);
  if (found !== 0) return;
  db.transaction(() => {
    db.exec(schemaSql);
    db.pragma(`user_version = ${schemaVersion}`);
  }).immediate();
};
