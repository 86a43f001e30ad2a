/** The index of sealed terms, in the file of the keys: who is forgotten is gone from it in the same transaction. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { subjectId, type SubjectId } from '../../electron/domain/kernel/ids.ts';
import type { FindTerm } from '../../electron/domain/people/findable.rules.ts';
import type { SealedIndex } from '../../electron/station/ports/sealed-index.port.ts';
import { openCells } from './cells.ts';
import { guarded, type Db } from './database.ts';
import { TERM_BYTES } from './keys-schema.ts';

/** Under whose name the key of a month lies. */
const monthSubject = (month: string): SubjectId => subjectId(`index:${month}`);

/** After every month. */
const AFTER_ALL = '~';

/** Entries wiped in one transaction while months are dropped: some milliseconds of the core thread. */
const ENTRIES_AT_A_TIME = 500;

/** The keys of the vault, as far as the index needs them. */
export interface IndexKeys {
  /** The key of the subject, made where there is none; `null` where it was forgotten. */
  readonly make: (subject: SubjectId) => Buffer | null;
  /** `null` where there is none that opens. */
  readonly find: (subject: SubjectId) => Buffer | null;
  readonly forget: (subjects: readonly SubjectId[]) => Promise<void>;
}

/** The index as the vault uses it. */
export interface OwnIndex {
  readonly port: SealedIndex;
  /** Wipes what is kept of these subjects' rows. To be called in the transaction that deletes their keys. */
  readonly erase: (subject: string) => void;
}

/** What is hashed: no two of these run into one another, since no field holds a line break. */
const macOf = (key: Buffer, collection: string, { field, way, text }: FindTerm): Buffer =>
  createHmac('sha256', key).update(`${collection}\n${field}\n${way}\n${text}`, 'utf8').digest();

const bucketOf = (mac: Buffer): number => mac.readUInt16BE(0);

const prepare = (db: Db) => {
  const cells = openCells(db, 'term_cells', TERM_BYTES);
  const row = db.prepare<[number, string, string, string, string]>(
    'INSERT INTO index_rows (cell, month, collection, key, subject_id) VALUES (?, ?, ?, ?, ?)',
  );
  // The cell may be used again, and the same bucket may have led to it before.
  const bucket = db.prepare<[string, number, number]>(
    'INSERT OR IGNORE INTO index_buckets (month, bucket, cell) VALUES (?, ?, ?)',
  );
  const removeRow = db.prepare<[number]>('DELETE FROM index_rows WHERE cell = ?');
  return {
    cells,
    ofKey: db.prepare<[string, string], number>('SELECT cell FROM index_rows WHERE collection = ? AND key = ?').pluck(),
    ofSubject: db.prepare<[string], number>('SELECT cell FROM index_rows WHERE subject_id = ?').pluck(),
    /** One step in the primary key each, however many entries a month has. */
    monthBefore: db.prepare<[string], string | null>('SELECT max(month) FROM index_buckets WHERE month < ?').pluck(),
    candidates: db.prepare<[string, number, string], { readonly key: string; readonly cell: number }>(
      `SELECT key, cell FROM index_buckets JOIN index_rows USING (month, cell)
        WHERE month = ? AND bucket = ? AND collection = ? ORDER BY cell DESC`,
    ),
    /** Entries of earlier months; with no row: of a cell that is wiped, or another's by now. */
    before: db.prepare<
      [string, number],
      { readonly month: string; readonly bucket: number; readonly cell: number; readonly isKept: number }
    >(
      `SELECT month, bucket, cell, index_rows.cell IS NOT NULL AS isKept
        FROM index_buckets LEFT JOIN index_rows USING (month, cell) WHERE month < ? LIMIT ?`,
    ),
    removeBucket: db.prepare<[string, number, number]>(
      'DELETE FROM index_buckets WHERE month = ? AND bucket = ? AND cell = ?',
    ),
    keep: (mac: Buffer, month: string, collection: string, key: string, subject: string): void => {
      const cell = cells.keep(mac);
      row.run(cell, month, collection, key, subject);
      bucket.run(month, bucketOf(mac), cell);
    },
    wipe: (cell: number): void => {
      cells.wipe(cell);
      removeRow.run(cell);
    },
  };
};

/** Works on a file that `prepareKeysSchema` has prepared. */
export const openSealedIndex = (db: Db, keys: IndexKeys): OwnIndex => {
  const sql = prepare(db);

  /** The months that have entries before this one, the newest first. */
  const monthsBefore = (month: string): readonly string[] => {
    const before = sql.monthBefore.get(month) ?? null;
    return before === null ? [] : [before, ...monthsBefore(before)];
  };

  const port: SealedIndex = {
    put: (entries) =>
      guarded(() => {
        // Keys first, each in its own commit: one that stands in memory and not in the file would lose what is sealed under it.
        const kept = entries.flatMap((entry) => {
          const monthKey = keys.make(entry.subject) === null ? null : keys.make(monthSubject(entry.month));
          return monthKey === null ? [] : [{ ...entry, monthKey }];
        });
        if (kept.length === 0) return;
        db.transaction(() => {
          for (const { collection, key, subject, month, monthKey, terms } of kept) {
            for (const cell of sql.ofKey.all(collection, key)) sql.wipe(cell);
            for (const term of terms) sql.keep(macOf(monthKey, collection, term), month, collection, key, subject);
          }
        }).immediate();
      }),
    has: (collection, key) => guarded(() => sql.ofKey.get(collection, key) !== undefined),
    find: (collection, term, limit) =>
      guarded(() => {
        const found: string[] = [];
        for (const month of monthsBefore(AFTER_ALL)) {
          const monthKey = keys.find(monthSubject(month));
          if (monthKey === null) continue;
          const mac = macOf(monthKey, collection, term);
          for (const { key, cell } of sql.candidates.all(month, bucketOf(mac), collection))
            if (timingSafeEqual(sql.cells.read(cell), mac)) found.push(key);
          if (found.length >= limit) break;
        }
        return found.slice(0, limit);
      }),
    dropBefore: async (month) => {
      const months = guarded(() => monthsBefore(month));
      for (let more = months.length > 0; more;) {
        more = guarded(() =>
          db
            .transaction(() => {
              const entries = sql.before.all(month, ENTRIES_AT_A_TIME);
              for (const { month: of, bucket, cell, isKept } of entries) {
                if (isKept === 1) sql.wipe(cell);
                sql.removeBucket.run(of, bucket, cell);
              }
              return entries.length === ENTRIES_AT_A_TIME;
            })
            .immediate(),
        );
        await new Promise((resolve) => setImmediate(resolve));
      }
      await keys.forget(months.map(monthSubject));
    },
  };

  return {
    port,
    erase: (subject) => {
      for (const cell of sql.ofSubject.all(subject)) sql.wipe(cell);
    },
  };
};
