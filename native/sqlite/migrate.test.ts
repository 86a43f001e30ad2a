import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { schemaSql } from './schema.ts';
import { JournalOpenError } from './open-error.ts';
import { first } from './migrations/0001-first.ts';
import { deadlinesByDue } from './migrations/0002-deadlines-by-due.ts';
import { generations } from './migrations/0003-generations.ts';
import { migrate, migrations, newestVersion } from './migrate.ts';

/** The schema as SQLite keeps it, without comments and white space: an old file has none of today's comments. */
const shapeOf = (db: Database.Database): readonly unknown[] =>
  db
    .prepare<[], { type: string; name: string; tbl_name: string; sql: string | null }>(
      'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name',
    )
    .all()
    .map(({ type, name, tbl_name: table, sql }) => ({
      type,
      name,
      table,
      sql: sql?.replace(/--[^\n]*/g, '').replace(/\s+/g, ' ') ?? null,
    }));

/** A database as the first release made it, with a row in every table. */
const firstVersion = (): Database.Database => {
  const db = new Database(':memory:');
  db.exec(first.sql);
  db.pragma('user_version = 1');
  db.exec(`
    INSERT INTO journal VALUES (1, '{"type":"v1.NoteAdded","kind":"note","body":{"a":1}}', zeroblob(32), zeroblob(32));
    INSERT INTO read_models VALUES ('log', 'k', 1, '{"a":1}');
    INSERT INTO deadlines VALUES ('b', 'incident', 'i', 'n', 20, 5.5, 1), ('a', 'incident', 'i', 'n', 20, 5.5, 0), ('c', 'shift', 's', 'n', 1, 0, 0);
    INSERT INTO outbox (effect, policy, created_at) VALUES ('{"type":"x"}', 'once', 3);
    INSERT INTO answers VALUES ('c', 'f', '{}', 4);
    INSERT INTO heartbeat VALUES (1, 5, 6.5, 'boot');
    INSERT INTO sessions VALUES ('t', 's', 'p', 7);
  `);
  return db;
};

const tables = ['journal', 'read_models', 'deadlines', 'outbox', 'answers', 'heartbeat', 'sessions'];
const contentOf = (db: Database.Database): readonly unknown[] =>
  tables.map((table) => db.prepare(`SELECT * FROM ${table}`).raw().all());
const versionOf = (db: Database.Database): unknown => db.pragma('user_version', { simple: true });

describe('the walk from the first version', () => {
  test('ends at the schema that new databases get', () => {
    const old = firstVersion();
    migrate(old);
    const fresh = new Database(':memory:');
    migrate(fresh);
    expect(shapeOf(old)).toEqual(shapeOf(fresh));
    expect([versionOf(old), versionOf(fresh)]).toEqual([newestVersion, newestVersion]);
  });

  test('loses no row', () => {
    const old = firstVersion();
    const before = contentOf(old);
    migrate(old);
    expect(contentOf(old)).toEqual(before);
  });

  test('is numbered without a gap, and every table is strict', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
    const db = new Database(':memory:');
    migrate(db);
    const lax = db
      .prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
      .all();
    expect(lax).toEqual([]);
  });

  test('is not walked twice', () => {
    const db = firstVersion();
    migrate(db);
    const shape = shapeOf(db);
    migrate(db);
    expect(shapeOf(db)).toEqual(shape);
  });

  test('a step that fails leaves the database at the step before', () => {
    const db = firstVersion();
    db.exec('CREATE INDEX deadlines_by_due ON deadlines (kind)');
    expect(() => {
      migrate(db);
    }).toThrow(/already exists/);
    expect(versionOf(db)).toBe(1);
  });

  test('a newer database is refused and left alone', () => {
    const db = new Database(':memory:');
    db.exec(schemaSql);
    db.pragma(`user_version = ${newestVersion + 5}`);
    expect(() => {
      migrate(db);
    }).toThrow(JournalOpenError);
    expect(versionOf(db)).toBe(newestVersion + 5);
  });
});

describe('0001 first', () => {
  test('shows the journal to people with a query tool', () => {
    const found = firstVersion().prepare('SELECT seq, type, kind, body FROM journal_facts').all();
    expect(found).toEqual([{ seq: 1, type: 'v1.NoteAdded', kind: 'note', body: '{"a":1}' }]);
  });
});

describe('0002 deadlines by due time', () => {
  test('reads the deadlines that were there as they fall due, from the index', () => {
    const db = firstVersion();
    db.exec(deadlinesByDue.sql);
    const keys = db.prepare('SELECT key FROM deadlines INDEXED BY deadlines_by_due ORDER BY due_at, key').pluck().all();
    expect(keys).toEqual(['c', 'a', 'b']);
  });
});

describe('0003 generations', () => {
  /** Two steps up, with rows of three collections and facts of all sorts. */
  const secondVersion = (): Database.Database => {
    const db = firstVersion();
    db.exec(deadlinesByDue.sql);
    const insert = db.prepare('INSERT INTO journal VALUES (?, ?, zeroblob(32), zeroblob(32))');
    const fact = (seq: number, type: string, kind: string, schema: number | null): unknown =>
      insert.run(seq, JSON.stringify({ type, kind, snapshot: schema === null ? null : { schema } }));
    fact(2, 'v1.AlarmRaised', 'alarm', 1);
    fact(3, 'v1.NoteAdded', 'note', null);
    fact(4, 'v1.AlarmRaised', 'alarm', 2);
    fact(300, 'v1.NoteAdded', 'note', null);
    // What somebody wrote there by hand is verifying's to name, and nobody's to stumble over.
    insert.run(5, 'no fact at all');
    insert.run(6, '{"type":null}');
    db.exec(`INSERT INTO read_models VALUES ('alarms', 'a', 2, '{}'), ('log', 'l', 3, '{}'), ('visits', 'v', 3, '{}')`);
    return db;
  };

  test('makes what was there the first generation of each collection, shown until it is made anew', () => {
    const db = secondVersion();
    db.exec(generations.sql);
    expect(
      db.prepare('SELECT collection, version, state, label, shape, folded_to FROM generations').raw().all(),
    ).toEqual(['alarms', 'log', 'visits'].map((name) => [name, 0, 'shown', name, null, 300]));
    expect(db.prepare("SELECT key FROM read_models WHERE generation = 'log' ORDER BY key").pluck().all()).toEqual([
      'k',
      'l',
    ]);
  });

  test('finds the facts of each kind among those that were there', () => {
    const db = secondVersion();
    db.exec(generations.sql);
    expect(
      db
        .prepare(
          'SELECT fact_types.type, kind, schema, block FROM facts_by_type JOIN fact_types ON id = facts_by_type.type ORDER BY id, block',
        )
        .raw()
        .all(),
    ).toEqual([
      ['v1.AlarmRaised', 'alarm', 1, 0],
      ['v1.AlarmRaised', 'alarm', 2, 0],
      ['v1.NoteAdded', 'note', -1, 0],
      ['v1.NoteAdded', 'note', -1, 1],
    ]);
  });

  test('has nothing to do in an empty journal', () => {
    const db = new Database(':memory:');
    db.exec(first.sql);
    db.exec(deadlinesByDue.sql);
    db.exec(generations.sql);
    expect(db.prepare('SELECT count(*) FROM generations').pluck().get()).toBe(0);
  });
});
