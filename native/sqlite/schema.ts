/**
 * The schema of `journal.db` as it is today: what a new database is made of, and its documentation (the comments stay in the file;
 * `sqlite3 journal.db .schema` shows them). An older database gets here by the numbered migrations, and a test compares the two.
 * A TypeScript string and not a .sql file, so that every bundler carries it.
 */
export const schemaSql = `
-- What happened, append-only: one fact a row, chained by hash. Never updated, never deleted.
CREATE TABLE journal (
  -- 1, 2, 3 … without a gap; also inside the payload.
  seq INTEGER PRIMARY KEY,
  -- The fact as canonical JSON (sorted keys, UTF-8). Personal fields are ciphertext. Nothing outside of it says anything.
  payload TEXT NOT NULL,
  -- The hash of the row before, 32 bytes; 32 zero bytes in row 1.
  prev_hash BLOB NOT NULL,
  -- SHA-256 (payload bytes, then prev_hash), 32 bytes.
  hash BLOB NOT NULL
) STRICT;

-- The journal for people with a query tool. A view, so that there is no second copy of anything that could be edited; and not generated
-- columns, since SQLite computes those at every insert (measured: a third of the cost of a row).
CREATE VIEW journal_facts AS
SELECT
  seq,
  payload ->> '$.type' AS type,
  payload ->> '$.kind' AS kind,
  payload ->> '$.entityId' AS entity_id,
  -- UTC milliseconds.
  payload ->> '$.occurredAt' AS occurred_at,
  payload ->> '$.recordedAt' AS recorded_at,
  payload ->> '$.actor' AS actor,
  payload -> '$.body' AS body
FROM journal;

-- The kinds of fact that stand in the journal: few. A newer program's are refused by them, without reading a fact.
CREATE TABLE fact_types (
  id INTEGER PRIMARY KEY,
  -- v1.AlarmRaised
  type TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- Of its snapshot; -1: it has none.
  schema INTEGER NOT NULL,
  UNIQUE (type, kind, schema)
) STRICT;

-- In which blocks of 256 facts a kind of fact stands, so that few can be read among millions.
CREATE TABLE facts_by_type (
  type INTEGER NOT NULL,
  -- seq >> 8
  block INTEGER NOT NULL,
  PRIMARY KEY (type, block)
) STRICT, WITHOUT ROWID;

-- Texts and numbers that stand in many rows of collections that are asked for: kinds, people who acted, shifts.
CREATE TABLE names (
  id INTEGER PRIMARY KEY,
  -- s and the text, or n and the number.
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Each making of a collection's rows. A new one is made beside the one that is shown, and takes its place in one commit.
CREATE TABLE generations (
  -- Never given twice.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  collection TEXT NOT NULL,
  -- Of the fold that makes it; 0: of a program that kept none.
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('shown', 'made', 'dropped')),
  -- What its rows in read_models are kept under.
  label TEXT NOT NULL UNIQUE,
  -- Its columns as JSON where it is asked for page by page: its rows are in rows_<id> then, and what is found in them in groups_<id>. NULL: in read_models.
  shape TEXT,
  -- While it is made: the newest fact that is in it.
  folded_to INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX generations_in_use ON generations (collection, state) WHERE state <> 'dropped';

-- What the seats see, folded from the journal; can be made anew at any time.
CREATE TABLE read_models (
  -- The label of the generation: the collection's own name, or its name and a number.
  generation TEXT NOT NULL,
  -- Unique in the generation.
  key TEXT NOT NULL,
  -- The journal row that last changed it.
  seq INTEGER NOT NULL,
  -- Canonical JSON, personal fields as ciphertext.
  doc TEXT NOT NULL,
  PRIMARY KEY (generation, key)
) STRICT, WITHOUT ROWID;

-- What a machine asked to be told later. Survives a restart, which a timer would not.
CREATE TABLE deadlines (
  -- <kind>/<entity>/<name>
  key TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- UTC milliseconds; fractions are allowed, monotonic clocks have them.
  due_at REAL NOT NULL,
  -- Milliseconds that remained when it was set or last saved.
  remaining_ms REAL NOT NULL,
  -- 1: fires at once when the clock cannot be trusted.
  life_safety INTEGER NOT NULL CHECK (life_safety IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Read in the order they fall due.
CREATE INDEX deadlines_by_due ON deadlines (due_at, key);

-- Effects that are to be run after the commit. Numbers are never given twice.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Canonical JSON.
  effect TEXT NOT NULL,
  -- once: at most one attempt, marked before it is made. untilDone: repeated until it succeeds.
  policy TEXT NOT NULL CHECK (policy IN ('once', 'untilDone')),
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'started')),
  attempts INTEGER NOT NULL DEFAULT 0,
  -- UTC milliseconds.
  created_at INTEGER NOT NULL
) STRICT;

-- The answer to each command: the same command again gets the same answer and has no second effect.
CREATE TABLE answers (
  command_id TEXT PRIMARY KEY,
  -- SHA-256 of the command's canonical bytes: the same id with other content is a mistake.
  fingerprint TEXT NOT NULL,
  -- Canonical JSON, personal fields as ciphertext.
  answer TEXT NOT NULL,
  -- UTC milliseconds.
  stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When the station last lived: one row.
CREATE TABLE heartbeat (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- UTC milliseconds.
  wall_ms INTEGER NOT NULL,
  -- Milliseconds of the monotonic clock of that process.
  monotonic_ms REAL NOT NULL,
  -- Names that process: monotonic readings of two processes do not compare.
  boot_id TEXT NOT NULL
) STRICT;

-- Who is signed in where, so that a restarted station knows its seats.
CREATE TABLE sessions (
  -- SHA-256 of the token; the token is only at the seat.
  token_hash TEXT PRIMARY KEY,
  seat_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  -- UTC milliseconds.
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
