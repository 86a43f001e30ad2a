import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { Db } from './database.ts';
import { JournalOpenError } from './open-error.ts';
import { schemaSql } from './schema.ts';
import { first } from './migrations/0001-first.ts';
import { deadlinesByDue } from './migrations/0002-deadlines-by-due.ts';
import { generations } from './migrations/0003-generations.ts';
import type { Migration } from './migrations/migration.ts';

/** Every step, oldest first. */
export const migrations: readonly Migration[] = [first, deadlinesByDue, generations];

/** The version that `schemaSql` describes. */
export const newestVersion = migrations.length;

const apply = (db: Db, sql: string, version: number): void => {
  db.transaction(() => {
    db.exec(sql);
    db.pragma(`user_version = ${version}`);
  }).immediate();
};

/**
 * Makes a new database as `schemaSql` says, or walks an older one up, each step in a transaction of its own.
 * Throws `JournalOpenError` (`newerSchema`) when a newer program has written it, and `JournalError` (`damaged`) when it is no journal of ours.
 */
export const migrate = (db: Db): void => {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > newestVersion) throw new JournalOpenError({ kind: 'newerSchema', found, known: newestVersion });
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  // Another program's database, or one of ours that lost what it stands on: nothing is added to it.
  if (found === 0 ? tables.length > 0 : !tables.includes('journal'))
    throw new JournalError({ kind: 'damaged', detail: 'this database holds no journal' });
  if (found === 0) {
    apply(db, schemaSql, newestVersion);
    return;
  }
  for (const step of migrations.filter(({ version }) => version > found)) apply(db, step.sql, step.version);
};
