/**
 * Bytes that must vanish when they are deleted.
 *
 * SQLite keeps bytes that were deleted: in the WAL until it is truncated, and also with `secure_delete` in the gap of a page whose rows were
 * moved when it was split or merged (measured: 4 of 120,198). So nothing that must vanish lies where rows are moved. A cell is a row of one
 * length in a table that only grows at its end, so that its pages are never split or merged. To wipe it is to write zeros over it where it
 * lies; a free cell is used again.
 */
import type { Db } from './database.ts';

/** The table of cells of this many bytes each, and where the free ones are. */
export const cellsSql = (table: string, bytes: number): string => `
-- Bytes that vanish. All zeros: free. No row is ever deleted or changes its length.
CREATE TABLE ${table} (
  cell INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL CHECK (length(bytes) = ${bytes})
) STRICT;
CREATE INDEX free_${table} ON ${table} (cell) WHERE bytes = zeroblob(${bytes});
`;

export interface Cells {
  /** The bytes of a cell that is in use, zeros behind what was kept. */
  readonly read: (cell: number) => Buffer;
  /** Keeps these bytes, filled up with zeros, and answers where. Throws for none and for more than a cell holds. */
  readonly keep: (bytes: Buffer) => number;
  readonly wipe: (cell: number) => void;
}

/** Works on a table that `cellsSql` has made. */
export const openCells = (db: Db, table: string, size: number): Cells => {
  const read = db.prepare<[number], Buffer>(`SELECT bytes FROM ${table} WHERE cell = ?`).pluck();
  const write = db.prepare<[Buffer, number]>(`UPDATE ${table} SET bytes = ? WHERE cell = ?`);
  const append = db.prepare<[Buffer]>(`INSERT INTO ${table} (bytes) VALUES (?)`);
  const free = db
    .prepare<[], number>(`SELECT cell FROM ${table} WHERE bytes = zeroblob(${size}) ORDER BY cell LIMIT 1`)
    .pluck();
  const zeros = Buffer.alloc(size);
  return {
    read: (cell) => read.get(cell) ?? zeros,
    keep: (bytes) => {
      if (bytes.length === 0 || bytes.length > size)
        throw new Error(`a cell of ${table} does not hold ${bytes.length} bytes`);
      const filled = Buffer.concat([bytes], size);
      const known = free.get();
      if (known === undefined) return Number(append.run(filled).lastInsertRowid);
      write.run(filled, known);
      return known;
    },
    wipe: (cell) => void write.run(zeros, cell),
  };
};
