import type { Migration } from './migration.ts';

/** Deadlines are read in the order they fall due: without the index each heartbeat would sort all of them. */
export const deadlinesByDue: Migration = {
  version: 2,
  sql: 'CREATE INDEX deadlines_by_due ON deadlines (due_at, key);',
};
