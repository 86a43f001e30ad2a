import type { Migration } from './migration.ts';

/**
 * Collections get generations, facts an index by their type. What stands in `read_models` becomes the first generation of its collection, of version 0,
 * which no program has: it is shown until it has been made anew.
 */
export const generations: Migration = {
  version: 3,
  sql: `
CREATE TABLE fact_types (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  kind TEXT NOT NULL,
  schema INTEGER NOT NULL,
  UNIQUE (type, kind, schema)
) STRICT;
CREATE TABLE facts_by_type (
  type INTEGER NOT NULL,
  block INTEGER NOT NULL,
  PRIMARY KEY (type, block)
) STRICT, WITHOUT ROWID;
INSERT INTO fact_types (type, kind, schema)
SELECT DISTINCT payload ->> '$.type', payload ->> '$.kind', coalesce(payload ->> '$.snapshot.schema', -1)
FROM journal WHERE CASE WHEN json_valid(payload) THEN payload ->> '$.type' IS NOT NULL AND payload ->> '$.kind' IS NOT NULL END
ORDER BY 1, 2, 3;
INSERT INTO facts_by_type (type, block)
SELECT DISTINCT fact_types.id, journal.seq >> 8
FROM journal CROSS JOIN fact_types
  ON fact_types.type = payload ->> '$.type' AND fact_types.kind = payload ->> '$.kind'
  AND fact_types.schema = coalesce(payload ->> '$.snapshot.schema', -1)
WHERE CASE WHEN json_valid(payload) THEN 1 END
ORDER BY 1, 2;
CREATE TABLE names (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE generations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  collection TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('shown', 'made', 'dropped')),
  label TEXT NOT NULL UNIQUE,
  shape TEXT,
  folded_to INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX generations_in_use ON generations (collection, state) WHERE state <> 'dropped';
ALTER TABLE read_models RENAME COLUMN collection TO generation;
INSERT INTO generations (collection, version, state, label, shape, folded_to)
WITH RECURSIVE named (name) AS (
  SELECT min(generation) FROM read_models
  UNION ALL
  SELECT (SELECT min(generation) FROM read_models WHERE generation > name) FROM named WHERE name IS NOT NULL
)
SELECT name, 0, 'shown', name, NULL, (SELECT coalesce(max(seq), 0) FROM journal) FROM named WHERE name IS NOT NULL;
`,
};
