import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

export interface RawRow {
  readonly seq: number;
  readonly payload: string;
  readonly prev_hash: Buffer;
  readonly hash: Buffer;
}

/** Opens a journal's file as anybody with a query tool could, and closes it again. */
export const withDatabase = <T>(file: string, work: (db: Database.Database) => T): T => {
  const db = new Database(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
};

/** All rows of the chain. */
export const rowsOf = (db: Database.Database): readonly RawRow[] =>
  db.prepare<[], RawRow>('SELECT seq, payload, prev_hash, hash FROM journal ORDER BY seq').all();

/** Puts rows in the place of all that were there, chained anew: what a patient forger who knows the format does. */
export const rewriteChain = (db: Database.Database, payloads: readonly string[]): void => {
  const insert = db.prepare<[number, string, Buffer, Buffer]>(
    'INSERT INTO journal (seq, payload, prev_hash, hash) VALUES (?, ?, ?, ?)',
  );
  db.transaction(() => {
    db.exec('DELETE FROM journal');
    let before: Buffer = Buffer.alloc(32);
    payloads.forEach((payload, index) => {
      const hash = createHash('sha256').update(payload, 'utf8').update(before).digest();
      insert.run(index + 1, payload, before, hash);
      before = hash;
    });
  })();
};
