import type { Migration } from './migration.ts';

/** The first version. Frozen: databases in the field were made by it. */
export const first: Migration = {
  version: 1,
  sql: `
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  payload TEXT NOT NULL,
  prev_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE VIEW journal_facts AS
SELECT
  seq,
  payload ->> '$.type' AS type,
  payload ->> '$.kind' AS kind,
  payload ->> '$.entityId' AS entity_id,
  payload ->> '$.occurredAt' AS occurred_at,
  payload ->> '$.recordedAt' AS recorded_at,
  payload ->> '$.actor' AS actor,
  payload -> '$.body' AS body
FROM journal;
CREATE TABLE read_models (
  collection TEXT NOT NULL,
  key TEXT NOT NULL,
  seq INTEGER NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (collection, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE deadlines (
  key TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  name TEXT NOT NULL,
  due_at REAL NOT NULL,
  remaining_ms REAL NOT NULL,
  life_safety INTEGER NOT NULL CHECK (life_safety IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  effect TEXT NOT NULL,
  policy TEXT NOT NULL CHECK (policy IN ('once', 'untilDone')),
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'started')),
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE answers (
  command_id TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE heartbeat (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  wall_ms INTEGER NOT NULL,
  monotonic_ms REAL NOT NULL,
  boot_id TEXT NOT NULL
) STRICT;
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  seat_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
