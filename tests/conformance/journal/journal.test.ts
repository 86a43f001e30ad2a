/** One suite for the journal port: what the station relies on holds for the journal on SQLite and for the one in memory. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noLifts, type Lifts } from '../../../electron/domain/kernel/lifts.ts';
import { JournalError, type Journal, type JournalWriter } from '../../../electron/station/ports/journal.port.ts';
import { JournalOpenError } from '../../../native/sqlite/open-error.ts';
import { createFakeJournal } from '../../support/fake-journal.ts';
import { makeJournalFolder, someFact, testNowMs, writeFacts } from '../../support/journal-folder.ts';

const lifts: Lifts = {
  facts: [{ from: 'v1.GateNamed', to: 'v2.GateNamed', lift: (body) => ({ names: [body['name'] ?? null] }) }],
  snapshots: [{ machine: 'gate', from: 1, lift: (old) => ({ ...old, context: { ...old.context, lifted: true } }) }],
  known: null,
};

interface Subject {
  readonly journal: Journal;
  readonly remove: () => void;
}

const subjects: readonly (readonly [string, () => Subject])[] = [
  [
    'on SQLite',
    () => {
      const folder = makeJournalFolder();
      return { journal: folder.open({ lifts }), remove: folder.remove };
    },
  ],
  ['in memory', () => ({ journal: createFakeJournal({ lifts }), remove: () => undefined })],
];

describe.each(subjects)('journal %s', (_name, make) => {
  let journal: Journal;
  let remove: () => void;
  beforeEach(() => {
    ({ journal, remove } = make());
  });
  afterEach(() => {
    remove();
  });

  const deadline = (key: string, dueAt: number) => ({
    key,
    kind: 'incident',
    entityId: 'i1',
    name: key,
    dueAt,
    remainingMs: 1000.25,
    lifeSafety: key.startsWith('life'),
  });
  const writeRows = (collection: string, keys: readonly string[]): void => {
    journal.transact((tx) => {
      for (const key of keys) tx.change({ collection, key, doc: { key } }, 1);
    });
  };
  const keysOf = (rows: readonly { readonly key: string }[]): string[] => rows.map(({ key }) => key);

  test('an empty journal has nothing, and its chain holds', async () => {
    expect(journal.lastSeq()).toBe(0);
    expect(journal.facts(0, 10)).toEqual([]);
    expect([journal.row('a', 'b'), journal.answer('x'), journal.heartbeat(), journal.session('t')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([journal.rows('a'), journal.deadlines(), journal.outbox()]).toEqual([[], [], []]);
    expect(await journal.verify()).toEqual({ ok: true, lastSeq: 0, headSeq: 0 });
  });

  test('facts are numbered 1, 2, 3 and come back as they were given', () => {
    const fact = someFact(1, {
      body: { deep: [{ z: 1, a: null }, '引号"\\', -0.5, 1e21], empty: {}, '': true },
      snapshot: { schema: 3, value: { active: { step: 'a' } }, context: { since: testNowMs }, status: 'active' },
      seat: 'room-1',
      commandId: 'c-1',
    });
    const recorded = journal.transact((tx) => [tx.append(fact), tx.append(someFact(2))]);
    expect(recorded.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(journal.facts(0, 10)).toEqual([
      { ...fact, seq: 1 },
      { ...someFact(2), seq: 2 },
    ]);
    expect(journal.lastSeq()).toBe(2);
  });

  test('facts are read in pages', () => {
    writeFacts(journal, 5);
    expect(journal.facts(0, 2).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(journal.facts(3, 10).map(({ seq }) => seq)).toEqual([4, 5]);
    expect(journal.facts(5, 10)).toEqual([]);
  });

  test('every fact has a hash of its own, which what comes later does not change', () => {
    expect(journal.hashOf(1)).toBeNull();
    writeFacts(journal, 2);
    const [first, second] = [journal.hashOf(1), journal.hashOf(2)];
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).toMatch(/^[0-9a-f]{64}$/);
    expect(second).not.toBe(first);
    writeFacts(journal, 1);
    expect([journal.hashOf(1), journal.hashOf(2), journal.hashOf(4)]).toEqual([first, second, null]);
  });

  test('old versions are lifted when they are read', () => {
    journal.transact((tx) => tx.append(someFact(1, { type: 'v1.GateNamed', body: { name: '北门' } })));
    expect(journal.facts(0, 1)).toEqual([{ ...someFact(1), type: 'v2.GateNamed', body: { names: ['北门'] }, seq: 1 }]);
    const snapshot = { schema: 1, value: 'closed', context: {}, status: 'active' } as const;
    journal.transact((tx) => tx.append(someFact(2, { kind: 'gate', snapshot })));
    expect(journal.facts(1, 1)).toMatchObject([{ snapshot: { schema: 2, context: { lifted: true } } }]);
  });

  test('a transaction sees what it wrote', () => {
    journal.transact((tx) => {
      tx.append(someFact(1));
      tx.change({ collection: 'log', key: 'k', doc: { n: 1 } }, 1);
      expect(tx.lastSeq()).toBe(1);
      expect(tx.facts(0, 1)).toHaveLength(1);
      expect(tx.row('log', 'k')).toEqual({ n: 1 });
    });
  });

  test('nothing of a failed transaction remains', async () => {
    writeFacts(journal, 1);
    journal.transact((tx) => {
      tx.change({ collection: 'log', key: 'kept', doc: { n: 1 } }, 1);
      tx.setDeadline(deadline('kept', 5));
    });
    const fail = (tx: JournalWriter): void => {
      tx.append(someFact(2));
      tx.change({ collection: 'log', key: 'kept', doc: null }, 2);
      tx.change({ collection: 'log', key: 'new', doc: {} }, 2);
      tx.clearDeadline('kept');
      tx.addOutbox({ type: 'x' }, 'once', 1);
      tx.storeAnswer({ commandId: 'c', fingerprint: 'f', answer: {}, storedAt: 1 });
      tx.saveSession({ tokenHash: 't', seatId: 's', personId: 'p', createdAt: 1 });
      tx.saveHeartbeat({ wallMs: 1, monotonicMs: 1, bootId: 'b' });
      throw new RangeError('no');
    };
    expect(() => {
      journal.transact(fail);
    }).toThrow(RangeError);
    expect(journal.lastSeq()).toBe(1);
    expect(keysOf(journal.rows('log'))).toEqual(['kept']);
    expect(keysOf(journal.deadlines())).toEqual(['kept']);
    expect([journal.outbox(), journal.answer('c'), journal.session('t'), journal.heartbeat()]).toEqual([
      [],
      null,
      null,
      null,
    ]);
    writeFacts(journal, 1);
    expect(journal.facts(1, 9).map(({ seq }) => seq)).toEqual([2]);
    expect(await journal.verify()).toMatchObject({ ok: true, lastSeq: 2 });
  });

  test('what is not plain JSON is refused and leaves nothing', () => {
    expect(() => journal.transact((tx) => tx.append(someFact(1, { body: { speed: Number.NaN } })))).toThrow(TypeError);
    expect(journal.lastSeq()).toBe(0);
  });

  test('transactions do not nest and do not wait', () => {
    expect(() => journal.transact(() => journal.transact(() => 1))).toThrow(/inside/);
    expect(() => journal.transact(async () => Promise.resolve(1))).toThrow(/wait/);
    expect(() => {
      journal.transact(() => {
        journal.sealHead(1);
      });
    }).toThrow(/commit/);
    expect(journal.transact(() => 7)).toBe(7);
  });

  test('rows are changed, removed and read in the order of their keys, by bytes', () => {
    // U+FFFD stands before U+1F6A8 in UTF-8 and behind it in UTF-16.
    writeRows('log', ['b', '\u{1F6A8}', 'a', '\u{FFFD}', 'B']);
    writeRows('other', ['a']);
    expect(keysOf(journal.rows('log'))).toEqual(['B', 'a', 'b', '\u{FFFD}', '\u{1F6A8}']);
    journal.transact((tx) => {
      tx.change({ collection: 'log', key: 'a', doc: { changed: true } }, 9);
      tx.change({ collection: 'log', key: 'b', doc: null }, 9);
      tx.change({ collection: 'log', key: 'never was', doc: null }, 9);
    });
    expect(journal.rows('log')[1]).toEqual({ collection: 'log', key: 'a', seq: 9, doc: { changed: true } });
    expect(keysOf(journal.rows('log'))).toEqual(['B', 'a', '\u{FFFD}', '\u{1F6A8}']);
  });

  test('pages of rows go backwards from a key', () => {
    writeRows('log', ['1', '2', '3', '4', '5']);
    writeRows('zlog', ['9']);
    expect(keysOf(journal.rowsBefore('log', null, 2))).toEqual(['5', '4']);
    expect(keysOf(journal.rowsBefore('log', '4', 2))).toEqual(['3', '2']);
    expect(keysOf(journal.rowsBefore('log', '1', 2))).toEqual([]);
    expect(keysOf(journal.rowsBefore('log', '35', 9))).toEqual(['3', '2', '1']);
  });

  test('a document that was read cannot change what is kept', () => {
    const doc = { list: [1] };
    journal.transact((tx) => {
      tx.change({ collection: 'c', key: 'k', doc }, 1);
    });
    doc.list.push(2);
    expect(journal.row('c', 'k')).toEqual({ list: [1] });
  });

  test('deadlines are replaced by key and read as they fall due', () => {
    journal.transact((tx) => {
      for (const [key, dueAt] of [
        ['late', 30.5],
        ['life', 20],
        ['a', 20],
        ['early', 1],
      ] as const)
        tx.setDeadline(deadline(key, dueAt));
      tx.setDeadline(deadline('late', 10));
      tx.clearDeadline('early');
      tx.clearDeadline('never was');
    });
    expect(journal.deadlines()).toEqual([deadline('late', 10), deadline('a', 20), deadline('life', 20)]);
  });

  test('effects wait in their order, are marked, removed, and never get a number twice', () => {
    const ids = journal.transact((tx) => [
      tx.addOutbox({ type: 'a', n: [1] }, 'once', 5),
      tx.addOutbox({ type: 'b' }, 'untilDone', 6),
    ]);
    const [first = 0, second = 0] = ids;
    expect(second).toBeGreaterThan(first);
    journal.transact((tx) => {
      tx.markOutboxStarted(second);
      tx.markOutboxStarted(second);
    });
    expect(journal.outbox()).toEqual([
      { id: first, effect: { type: 'a', n: [1] }, policy: 'once', state: 'pending', attempts: 0, createdAt: 5 },
      { id: second, effect: { type: 'b' }, policy: 'untilDone', state: 'started', attempts: 2, createdAt: 6 },
    ]);
    const third = journal.transact((tx) => {
      tx.removeOutbox(first);
      tx.removeOutbox(second);
      return tx.addOutbox({ type: 'c' }, 'once', 7);
    });
    expect(third).toBeGreaterThan(second);
    expect(journal.outbox().map(({ id }) => id)).toEqual([third]);
  });

  test('answers, heartbeat and sessions are kept, and the newest wins', () => {
    const answer = { commandId: 'c', fingerprint: 'f', answer: { ok: true, list: ['x'] }, storedAt: 3 };
    const session = { tokenHash: 't', seatId: 's', personId: 'p', createdAt: 4 };
    journal.transact((tx) => {
      tx.storeAnswer(answer);
      tx.saveSession(session);
      tx.saveHeartbeat({ wallMs: 1, monotonicMs: 0.5, bootId: 'x' });
      tx.saveHeartbeat({ wallMs: 2, monotonicMs: 1234.567, bootId: 'y' });
    });
    expect(journal.answer('c')).toEqual(answer);
    expect(journal.session('t')).toEqual(session);
    expect(journal.heartbeat()).toEqual({ wallMs: 2, monotonicMs: 1234.567, bootId: 'y' });
    journal.transact((tx) => {
      tx.removeSession('t');
    });
    expect(journal.session('t')).toBeNull();
  });

  test('old answers are removed, some at a time, and the younger ones stay', () => {
    const store = (commandId: string, storedAt: number) => ({ commandId, fingerprint: 'f', answer: {}, storedAt });
    journal.transact((tx) => {
      for (let at = 1; at <= 5; at += 1) tx.storeAnswer(store(`c${at}`, at));
    });
    const prune = (beforeMs: number, limit: number): number =>
      journal.transact((tx) => tx.pruneAnswers(beforeMs, limit));
    expect([prune(4, 2), prune(4, 2), prune(4, 2)]).toEqual([2, 1, 0]);
    expect(['c1', 'c3', 'c4', 'c5'].map((id) => journal.answer(id) !== null)).toEqual([false, false, true, true]);
  });

  test('emptying the read models leaves everything else', () => {
    writeFacts(journal, 2);
    writeRows('log', ['a', 'b']);
    writeRows('other', ['a']);
    journal.transact((tx) => {
      tx.setDeadline(deadline('d', 1));
      tx.addOutbox({ type: 'x' }, 'once', 1);
    });
    journal.transact((tx) => {
      tx.clearReadModels();
    });
    expect([journal.rows('log'), journal.rows('other')]).toEqual([[], []]);
    expect([journal.lastSeq(), journal.deadlines().length, journal.outbox().length]).toEqual([2, 1, 1]);
  });

  test('the sealed head follows the chain', async () => {
    writeFacts(journal, 3);
    journal.sealHead(testNowMs);
    writeFacts(journal, 2);
    expect(await journal.verify()).toEqual({ ok: true, lastSeq: 5, headSeq: 3 });
    journal.sealHead(testNowMs + 60_000);
    expect(await journal.verify()).toEqual({ ok: true, lastSeq: 5, headSeq: 5 });
  });

  test('tells the space that is left', () => {
    expect(journal.freeBytes()).toBeGreaterThan(0);
  });

  test('takes nothing after it was closed, and closing twice is closing once', () => {
    journal.close();
    journal.close();
    expect(() => journal.transact(() => 1)).toThrow();
  });
});

test('the journal in memory can be told to fail at its commit', () => {
  const journal = createFakeJournal();
  journal.failNext({ kind: 'diskFull' });
  expect(() => journal.transact((tx) => tx.append(someFact(1)))).toThrow(JournalError);
  expect(journal.lastSeq()).toBe(0);
  writeFacts(journal, 1);
  expect(journal.lastSeq()).toBe(1);
});

describe('a journal that a newer program wrote', () => {
  const known = { facts: { NoteAdded: 1 }, schemas: { gate: 2 } };
  const faultOf = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error instanceof JournalOpenError ? error.fault : error;
    }
    return null;
  };

  test.each([
    ['a newer version of a fact', someFact(2, { type: 'v2.NoteAdded' }), 'v2.NoteAdded'],
    ['a fact of a feature that is not here', someFact(2, { type: 'v1.PatrolWalked' }), 'v1.PatrolWalked'],
    [
      'a newer schema of a machine',
      someFact(2, { kind: 'gate', snapshot: { schema: 3, value: 'x', context: {}, status: 'active' } }),
      'gate schema 3',
    ],
  ])('is refused for %s, and is left as it was', (_what, fact, found) => {
    const folder = makeJournalFolder();
    const newer = folder.open();
    newer.transact((tx) => [tx.append(someFact(1)), tx.append(fact)]);
    newer.close();
    const before = readFileSync(folder.paths.journal);
    const head = readFileSync(path.join(folder.paths.heads, 'head.json'));
    expect(faultOf(() => folder.open({ lifts: { ...noLifts, known } }))).toEqual({
      kind: 'newerFacts',
      found: [found],
    });
    expect(readFileSync(folder.paths.journal).equals(before)).toBe(true);
    expect(readFileSync(path.join(folder.paths.heads, 'head.json')).equals(head)).toBe(true);
    expect(folder.open().lastSeq()).toBe(2);
    folder.remove();
  });

  test('is none that is older or as new', () => {
    const folder = makeJournalFolder();
    const older = folder.open();
    older.transact((tx) => tx.append(someFact(1)));
    older.close();
    expect(folder.open({ lifts: { ...noLifts, known: { facts: { NoteAdded: 7 }, schemas: {} } } }).lastSeq()).toBe(1);
    folder.remove();
  });
});
