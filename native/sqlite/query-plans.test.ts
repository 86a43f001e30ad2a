import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { plannedQueries } from './journal-reader.ts';
import { logPageSql } from './read-log.ts';
import { schemaSql } from './schema.ts';

/** How each query reaches its rows; a scan of a table or a sort is what must never come back. */
const queries = { ...plannedQueries, logPage: logPageSql };
const plans: Readonly<Record<keyof typeof queries, readonly string[]>> = {
  facts: ['SEARCH journal USING INTEGER PRIMARY KEY (rowid>?)'],
  hashOf: ['SEARCH journal USING INTEGER PRIMARY KEY (rowid=?)'],
  row: ['SEARCH read_models USING PRIMARY KEY (collection=? AND key=?)'],
  rows: ['SEARCH read_models USING PRIMARY KEY (collection=?)'],
  newestRows: ['SEARCH read_models USING PRIMARY KEY (collection=?)'],
  rowsBefore: ['SEARCH read_models USING PRIMARY KEY (collection=? AND key<?)'],
  deadlines: ['SCAN deadlines USING INDEX deadlines_by_due'],
  outbox: ['SCAN outbox'],
  answer: ['SEARCH answers USING PRIMARY KEY (command_id=?)'],
  heartbeat: ['SEARCH heartbeat USING INTEGER PRIMARY KEY (rowid=?)'],
  session: ['SEARCH sessions USING PRIMARY KEY (token_hash=?)'],
  logPage: [
    'SEARCH read_models USING PRIMARY KEY (collection=? AND key<?)',
    'LIST SUBQUERY 1',
    'SCAN json_each VIRTUAL TABLE INDEX 1:',
    'CREATE BLOOM FILTER',
  ],
};

test.each(Object.entries(plans))('%s is answered without sorting: %j', (name, wanted) => {
  const db = new Database(':memory:');
  db.exec(schemaSql);
  const sql = Object.entries(queries).find(([key]) => key === name)?.[1] ?? '';
  const bound = sql
    .split('?')
    .slice(1)
    .map(() => 1);
  const steps = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...bound);
  expect(steps.map(({ detail }) => detail)).toEqual(wanted);
});
