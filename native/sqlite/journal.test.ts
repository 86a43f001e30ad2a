import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Log } from '../../electron/station/ports/clock.port.ts';
import { JournalError, type JournalFault } from '../../electron/station/ports/journal.port.ts';
import {
  makeJournalFolder,
  someFact,
  testNowMs,
  writeFacts,
  type JournalFolder,
} from '../../tests/support/journal-folder.ts';
import { createHeadStore, textToHead, type Head } from '../os/head-store.ts';
import { faultOf, guarded, openWritable } from './database.ts';
import { JournalOpenError } from './open-error.ts';

let folder: JournalFolder;
beforeEach(() => {
  folder = makeJournalFolder();
});
afterEach(() => {
  folder.remove();
});

const keptHead = (): Head | null =>
  textToHead(
    readFileSync(path.join(folder.paths.heads, 'head.json'), 'utf8'),
    readFileSync(folder.paths.signingPublicKey, 'utf8'),
  );

/** A log that keeps what it is told. */
const keepingLog = (): Log & { readonly lines: string[] } => {
  const lines: string[] = [];
  const keep = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { lines, info: keep, warn: keep, error: keep };
};

describe('durability', () => {
  test('the writer has WAL, full synchronisation, foreign keys and overwritten deletions', () => {
    const db = openWritable(path.join(folder.paths.folder, 'x.db'));
    const values = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'trusted_schema'].map((name) =>
      db.pragma(name, { simple: true }),
    );
    db.close();
    expect(values).toEqual(['wal', 2, 1, 1, 0]);
  });

  test('a place that cannot keep a WAL is refused', () => {
    expect(() => openWritable(':memory:')).toThrow(/journal_mode is memory, not wal/);
  });

  test('what was committed is seen by another connection at once', () => {
    const journal = folder.open();
    writeFacts(journal, 1);
    const other = new Database(folder.paths.journal, { readonly: true });
    const seen = other.prepare('SELECT count(*) FROM journal').pluck().get();
    other.close();
    expect(seen).toBe(1);
  });

  test('all is there after a restart, and numbers go on', () => {
    const before = folder.open();
    writeFacts(before, 2);
    before.close();
    const after = folder.open();
    writeFacts(after, 1);
    expect(after.facts(0, 9)).toEqual([
      { ...someFact(1), seq: 1 },
      { ...someFact(2), seq: 2 },
      { ...someFact(3), seq: 3 },
    ]);
  });
});

describe('one writer', () => {
  test('a second one in this process is refused too, and let in when the first has closed', () => {
    const first = folder.open();
    expect(folder.open).toThrow(JournalOpenError);
    first.close();
    expect(folder.open).not.toThrow();
  });

  test('a journal that could not be opened holds no lock', () => {
    const set = (version: number): void => {
      const db = new Database(folder.paths.journal);
      db.pragma(`user_version = ${version}`);
      db.close();
    };
    set(99);
    expect(folder.open).toThrow(/newer/);
    set(0);
    expect(folder.open).not.toThrow();
  });
});

describe('the signed head', () => {
  test('says that the station runs, how far it is signed, and that it was shut down in order', () => {
    const journal = folder.open();
    expect(keptHead()).toMatchObject({ seq: 0, closed: false, atMs: testNowMs });
    writeFacts(journal, 3);
    expect(keptHead()).toMatchObject({ seq: 0 });
    journal.sealHead(testNowMs + 60_000);
    expect(keptHead()).toMatchObject({ seq: 3, closed: false, atMs: testNowMs + 60_000 });
    writeFacts(journal, 1);
    journal.close();
    expect(keptHead()).toMatchObject({ seq: 4, closed: true });
    folder.open();
    expect(keptHead()).toMatchObject({ seq: 4, closed: false });
  });

  test('has a trace of every sealed row, however many came at once', () => {
    const journal = folder.open();
    journal.transact((tx) => {
      for (let index = 0; index < 9000; index += 1) tx.append(someFact(index));
    });
    journal.sealHead(testNowMs);
    expect(createHeadStore(folder.paths.heads).readTrace()).toHaveLength(9000 * 16);
  });

  test('is not replaced when it no longer fits, and the log says why', () => {
    const journal = folder.open();
    writeFacts(journal, 3);
    journal.close();
    const head = keptHead();
    const db = new Database(folder.paths.journal);
    db.exec('DELETE FROM journal WHERE seq > 1');
    db.close();
    const log = keepingLog();
    folder.open({ log }).sealHead(testNowMs);
    expect(keptHead()).toEqual(head);
    expect(log.lines).toContain('journal head not sealed {"problem":"row 3 is not the one that was sealed","seq":1}');
  });

  test('that cannot be written at shutdown does not keep the journal open', () => {
    const log = keepingLog();
    const headStore = createHeadStore(folder.paths.heads);
    let isBroken = false;
    const breaking = {
      ...headStore,
      writeHead: (text: string) => {
        if (isBroken) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        headStore.writeHead(text);
      },
    };
    const journal = folder.open({ log, headStore: breaking });
    isBroken = true;
    expect(() => {
      journal.sealHead(testNowMs);
    }).toThrow(expect.objectContaining({ fault: { kind: 'diskFull' } }));
    journal.close();
    expect(log.lines.at(-1)).toContain('journal head not sealed at shutdown');
    expect(folder.open).not.toThrow();
  });
});

describe('errors of SQLite as faults', () => {
  const fault = (code: string): JournalFault | null => faultOf(new Database.SqliteError('why', code));

  test.each([
    ['SQLITE_FULL', { kind: 'diskFull' }],
    ['SQLITE_READONLY', { kind: 'readOnly' }],
    ['SQLITE_READONLY_DBMOVED', { kind: 'readOnly' }],
    ['SQLITE_CORRUPT', { kind: 'damaged', detail: 'why' }],
    ['SQLITE_CORRUPT_INDEX', { kind: 'damaged', detail: 'why' }],
    ['SQLITE_NOTADB', { kind: 'damaged', detail: 'why' }],
    ['SQLITE_IOERR_FSYNC', { kind: 'ioError', detail: 'SQLITE_IOERR_FSYNC: why' }],
    ['SQLITE_CANTOPEN', { kind: 'ioError', detail: 'SQLITE_CANTOPEN: why' }],
    ['SQLITE_BUSY', { kind: 'ioError', detail: 'SQLITE_BUSY: why' }],
  ])('%s', (code, wanted) => {
    expect(fault(code)).toEqual(wanted);
  });

  test('a defect of ours stays what it is', () => {
    expect(fault('SQLITE_CONSTRAINT_UNIQUE')).toBeNull();
    const defect = new Database.SqliteError('why', 'SQLITE_ERROR');
    expect(() =>
      guarded(() => {
        throw defect;
      }),
    ).toThrow(defect);
    expect(() =>
      guarded(() => {
        throw new Database.SqliteError('why', 'SQLITE_FULL');
      }),
    ).toThrow(JournalError);
  });
});
