import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { plannedQueries } from './journal-reader.ts';
import { pageSql } from './query-page.ts';
import { columnsOf, createTablesSql, putRowSql, summariseSql } from './query-shape.ts';
import { logPageSql } from './read-log.ts';
import { schemaSql } from './schema.ts';

/** How each query reaches its rows; a scan of a large table, or a sort of more than one block, is what must never come back. */
const log = columnsOf({
  columns: { kind: 'group', actor: 'group', at: 'range', recordedAt: 'range', plate: 'id' },
  withFact: true,
});
const fits = ' AND g_kind IN (?, ?) AND g_actor IN (?) AND (r_at BETWEEN ? AND ? OR r_recordedAt BETWEEN ? AND ?)';
const mayHold =
  ' AND g_kind IN (?, ?) AND (most_r_at >= ? AND least_r_at <= ? OR most_r_recordedAt >= ? AND least_r_recordedAt <= ?)';
const queries = {
  ...plannedQueries,
  logPage: logPageSql,
  newestOfBlock: pageSql.rows(7, fits, true),
  tailOfBlock: pageSql.rows(7, fits, false),
  byId: pageSql.rowsById(7, `${fits} AND i_plate IN (?)`, true),
  blocks: pageSql.blocks(7, mayHold, true),
  blocksUp: pageSql.blocks(7, mayHold, false),
  newestBlock: pageSql.newestBlock(7),
  putRow: putRowSql(7, log),
  summarise: summariseSql(7, log),
  fact: pageSql.fact,
};
const plans: Readonly<Record<keyof typeof queries, readonly string[]>> = {
  fact: ['SEARCH journal USING INTEGER PRIMARY KEY (rowid=?)'],
  facts: ['SEARCH journal USING INTEGER PRIMARY KEY (rowid>?)'],
  hashOf: ['SEARCH journal USING INTEGER PRIMARY KEY (rowid=?)'],
  row: ['SEARCH read_models USING PRIMARY KEY (generation=? AND key=?)'],
  rows: ['SEARCH read_models USING PRIMARY KEY (generation=?)'],
  newestRows: ['SEARCH read_models USING PRIMARY KEY (generation=?)'],
  rowsBefore: ['SEARCH read_models USING PRIMARY KEY (generation=? AND key<?)'],
  name: ['SEARCH names USING INTEGER PRIMARY KEY (rowid=?)'],
  nameId: ['SEARCH names USING COVERING INDEX sqlite_autoindex_names_1 (name=?)'],
  // A few dozen rows.
  factTypes: ['SCAN fact_types USING COVERING INDEX sqlite_autoindex_fact_types_1'],
  blocksOfType: ['SEARCH facts_by_type USING PRIMARY KEY (type=? AND block>?)'],
  factsOfBlock: ['SEARCH journal USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  generations: ['SCAN generations'],
  generation: ['SEARCH generations USING INDEX generations_in_use (collection=? AND state=?)'],
  dropped: ['SCAN generations'],
  newestOfBlock: ['SEARCH rows_7 USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  tailOfBlock: ['SEARCH rows_7 USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  byId: ['SEARCH rows_7 USING INDEX rows_7_i_plate (i_plate=?)', 'USE TEMP B-TREE FOR ORDER BY'],
  blocks: ['SEARCH groups_7 USING PRIMARY KEY (block>? AND block<?)'],
  blocksUp: ['SEARCH groups_7 USING PRIMARY KEY (block>? AND block<?)'],
  newestBlock: ['SEARCH groups_7 USING PRIMARY KEY'],
  putRow: [],
  summarise: ['SEARCH rows_7 USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)', 'USE TEMP B-TREE FOR GROUP BY'],
  deadlines: ['SCAN deadlines USING INDEX deadlines_by_due'],
  outbox: ['SCAN outbox'],
  answer: ['SEARCH answers USING PRIMARY KEY (command_id=?)'],
  heartbeat: ['SEARCH heartbeat USING INTEGER PRIMARY KEY (rowid=?)'],
  session: ['SEARCH sessions USING PRIMARY KEY (token_hash=?)'],
  logPage: [
    'SEARCH read_models USING PRIMARY KEY (generation=? AND key<?)',
    'SCALAR SUBQUERY 1',
    'SCAN generations',
    'LIST SUBQUERY 2',
    'SCAN json_each VIRTUAL TABLE INDEX 1:',
    'CREATE BLOOM FILTER',
  ],
};

test.each(Object.entries(plans))('%s is answered by its index: %j', (name, wanted) => {
  const db = new Database(':memory:');
  db.exec(schemaSql);
  db.exec(createTablesSql(7, log));
  const sql = Object.entries(queries).find(([key]) => key === name)?.[1] ?? '';
  const bound = sql
    .split('?')
    .slice(1)
    .map(() => 1);
  const steps = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...bound);
  expect(steps.map(({ detail }) => detail)).toEqual(wanted);
});
