/** Statements whose text is made as they are needed: prepared once, and the least used let go. */
import type Database from 'better-sqlite3';
import type { Db } from './database.ts';

export type Bound = string | number | null;

/** Different texts that are kept prepared: a room asks a few dozen different questions. */
const MOST_KEPT = 100;

export interface Statements {
  readonly rows: <Row>(sql: string, bound: readonly Bound[]) => readonly Row[];
  /** The first column of the first row; `null` where there is none. */
  readonly value: (sql: string, bound: readonly Bound[]) => Bound;
}

export const createStatements = (db: Db): Statements => {
  const kept = new Map<string, Database.Statement<unknown[], unknown>>();
  const prepared = (sql: string): Database.Statement<unknown[], unknown> => {
    const statement = kept.get(sql) ?? db.prepare<unknown[]>(sql);
    // The newest stands last.
    kept.delete(sql);
    kept.set(sql, statement);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
  return {
    rows: <Row>(sql: string, bound: readonly Bound[]) => prepared(sql).all(...bound) as Row[],
    value: (sql, bound) => {
      const row = prepared(sql).get(...bound);
      if (typeof row !== 'object' || row === null) return null;
      const [first] = Object.values<unknown>(row as Record<string, unknown>);
      return typeof first === 'string' || typeof first === 'number' ? first : null;
    },
  };
};
