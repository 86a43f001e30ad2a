/** Collections are made anew beside what is shown: one suite for the journal on SQLite and the one in memory. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Journal, JournalWriter } from '../../../electron/station/ports/journal.port.ts';
import type { QueryShape } from '../../../electron/station/ports/query.port.ts';
import { someFact, writeFacts } from '../../support/journal-folder.ts';
import { journalSubjects, type JournalSubject } from '../../support/journal-subjects.ts';

const shape: QueryShape = { columns: { kind: 'group', at: 'range' }, withFact: false };

describe.each(journalSubjects)('collections %s', (_name, make) => {
  let subject: JournalSubject;
  let journal: Journal;
  beforeEach(() => {
    subject = make();
    ({ journal } = subject);
  });
  afterEach(() => subject.remove());

  const write = <T>(work: (tx: JournalWriter) => T): T => journal.transact(work);
  const keysOf = (collection: string): string[] => journal.rows(collection).map(({ key }) => key);

  /** A collection of version 1 with these keys, shown. */
  const shown = (collection: string, keys: readonly string[]): void =>
    write((tx) => {
      tx.makeGeneration(collection, 1, null);
      for (const key of keys) tx.making.change({ collection, key, doc: { key } }, 1);
      tx.showGeneration(collection);
    });

  test('a new generation grows beside the one that is shown, and takes its place in one commit', () => {
    writeFacts(journal, 3);
    shown('gates', ['a', 'b']);
    write((tx) => {
      expect(tx.makeGeneration('gates', 2, null)).toEqual({
        collection: 'gates',
        version: 2,
        state: 'made',
        shape: null,
        foldedTo: 0,
      });
      tx.making.change({ collection: 'gates', key: 'c', doc: { new: true } }, 2);
      tx.foldedTo('gates', 2);
      expect([tx.row('gates', 'c'), tx.making.row('gates', 'c')]).toEqual([null, { new: true }]);
      expect([tx.making.row('gates', 'a'), tx.making.rows('gates').map(({ key }) => key)]).toEqual([null, ['c']]);
    });
    expect(keysOf('gates')).toEqual(['a', 'b']);
    write((tx) => {
      tx.change({ collection: 'gates', key: 'b', doc: { changed: 'while it was made' } }, 3);
      tx.change({ collection: 'gates', key: 'a', doc: null }, 3);
    });
    expect(journal.rows('gates').map(({ doc }) => doc)).toEqual([{ changed: 'while it was made' }]);
    write((tx) => tx.showGeneration('gates'));
    expect(journal.rows('gates')).toEqual([{ collection: 'gates', key: 'c', seq: 2, doc: { new: true } }]);
    expect(journal.generations()).toMatchObject([{ collection: 'gates', version: 2, state: 'shown', foldedTo: 3 }]);
  });

  test('what is made and how far is there after a restart in the middle, and is gone on with', () => {
    shown('gates', ['a']);
    write((tx) => {
      tx.makeGeneration('gates', 2, null);
      tx.making.change({ collection: 'gates', key: 'half', doc: {} }, 1);
      tx.foldedTo('gates', 7);
    });
    journal = subject.reopen();
    expect(journal.generations().find(({ state }) => state === 'made')).toMatchObject({ version: 2, foldedTo: 7 });
    write((tx) => {
      expect(tx.makeGeneration('gates', 2, null).foldedTo).toBe(7);
      expect(tx.making.row('gates', 'half')).toEqual({});
      tx.showGeneration('gates');
    });
    expect(keysOf('gates')).toEqual(['half']);
  });

  test('what another version or another shape had begun is dropped, and begun anew', () => {
    for (const [version, columns] of [
      [2, null],
      [3, null],
      [3, shape],
      [3, { ...shape, columns: { kind: 'group' } }],
    ] as const)
      write((tx) => {
        expect(tx.makeGeneration('gates', version, columns)).toMatchObject({ version, foldedTo: 0 });
        expect(tx.making.rows('gates')).toEqual([]);
        tx.foldedTo('gates', 5);
        if (columns === null) tx.making.change({ collection: 'gates', key: `v${version}`, doc: {} }, 1);
        else tx.making.changeQuery({ collection: 'gates', key: 1, row: { columns: { kind: 'x' }, doc: null } });
      });
    expect(journal.generations()).toHaveLength(1);
    expect(write((tx) => tx.deleteDropped(100))).toBe(3);
  });

  test('reading what is made sees what is shown of the others', () => {
    shown('gates', ['a']);
    write((tx) => {
      tx.change({ collection: 'plain', key: 'p', doc: { old: true } }, 1);
      tx.makeGeneration('log', 1, shape);
      expect([tx.making.row('gates', 'a'), tx.making.row('plain', 'p')]).toEqual([{ key: 'a' }, { old: true }]);
      expect(() => tx.making.change({ collection: 'gates', key: 'x', doc: {} }, 1)).toThrow('not being made');
      expect(() => tx.foldedTo('gates', 1)).toThrow('not being made');
      expect(() => tx.showGeneration('gates')).toThrow('not being made');
    });
  });

  test('rows that were there before generations are shown until they were made anew', () => {
    write((tx) => tx.change({ collection: 'gates', key: 'old', doc: {} }, 1));
    write((tx) => tx.makeGeneration('gates', 1, null));
    expect(keysOf('gates')).toEqual(['old']);
    write((tx) => tx.change({ collection: 'gates', key: 'still', doc: {} }, 1));
    expect(keysOf('gates')).toEqual(['old', 'still']);
    expect(journal.generations().map(({ version, state }) => [version, state])).toEqual(
      expect.arrayContaining([
        [0, 'shown'],
        [1, 'made'],
      ]),
    );
    write((tx) => tx.showGeneration('gates'));
    expect(keysOf('gates')).toEqual([]);
  });

  test('nothing of a failed transaction remains: neither rows nor generations', () => {
    shown('gates', ['a']);
    const before = journal.generations();
    expect(() =>
      write((tx) => {
        tx.makeGeneration('gates', 2, shape);
        tx.making.changeQuery({ collection: 'gates', key: 1, row: { columns: { kind: 'never' }, doc: null } });
        tx.showGeneration('gates');
        tx.dropCollection('other');
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    expect(journal.generations()).toEqual(before);
    expect(journal.row('gates', 'a')).toEqual({ key: 'a' });
    expect(() =>
      write((tx) => {
        expect(tx.row('gates', 'a')).toEqual({ key: 'a' });
        tx.change({ collection: 'gates', key: 'a', doc: { changed: true } }, 2);
        expect([tx.row('gates', 'a'), tx.rows('gates')[0]?.doc]).toEqual([{ changed: true }, { changed: true }]);
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    expect([journal.row('gates', 'a'), journal.rows('gates')[0]?.doc]).toEqual([{ key: 'a' }, { key: 'a' }]);
    // The same once more, and kept: names and tables of the failed one are not believed in.
    write((tx) => {
      tx.makeGeneration('gates', 2, shape);
      tx.making.changeQuery({ collection: 'gates', key: 1, row: { columns: { kind: 'never' }, doc: null } });
      tx.showGeneration('gates');
    });
    expect(subject.reopen().queryRow('gates', 1)?.columns['kind']).toBe('never');
  });

  test('what was dropped is deleted in slices, whichever way it was kept, and nothing else', () => {
    shown('gates', ['a', 'b', 'c']);
    shown('other', ['z']);
    write((tx) => {
      tx.makeGeneration('log', 1, shape);
      for (const key of [1, 2, 3, 4])
        tx.making.changeQuery({ collection: 'log', key, row: { columns: {}, doc: null } });
      tx.showGeneration('log');
    });
    write((tx) => {
      tx.makeGeneration('gates', 2, null);
      tx.making.change({ collection: 'gates', key: 'new', doc: {} }, 1);
      tx.showGeneration('gates');
      tx.dropCollection('log');
    });
    const slices = Array.from({ length: 5 }, () => write((tx) => tx.deleteDropped(2)));
    expect(slices).toEqual([2, 2, 2, 1, 0]);
    expect([keysOf('gates'), keysOf('other')]).toEqual([['new'], ['z']]);
    expect(
      journal
        .generations()
        .map(({ collection }) => collection)
        .toSorted(),
    ).toEqual(['gates', 'other']);
  });

  test('facts of some types or kinds are read without the others, in order and in pages', () => {
    write((tx) => {
      for (let seq = 1; seq <= 30; seq += 1) {
        const type = seq % 10 === 0 ? 'v1.GateAdded' : seq % 10 === 5 ? 'v2.GateAdded' : 'v1.NoteAdded';
        const kind = seq === 3 ? 'gate' : seq % 5 === 0 ? 'setup' : 'note';
        const snapshot = seq === 20 ? ({ schema: 2, value: 'x', context: {}, status: 'active' } as const) : null;
        tx.append(someFact(seq, { type, kind, snapshot }));
      }
      expect(tx.factsOf({ types: ['v1.GateAdded'] }, 0, 9).map(({ seq }) => seq)).toEqual([10, 20, 30]);
    });
    const seqs = (...given: Parameters<Journal['factsOf']>) => journal.factsOf(...given).map(({ seq }) => seq);
    expect(seqs({ types: ['v1.GateAdded', 'v2.GateAdded'] }, 0, 4)).toEqual([5, 10, 15, 20]);
    expect(seqs({ types: ['v1.GateAdded', 'v2.GateAdded'] }, 20, 4)).toEqual([25, 30]);
    expect(seqs({ kinds: ['gate', 'setup'] }, 0, 3)).toEqual([3, 5, 10]);
    expect(seqs({ types: ['v1.GateAdded'], kinds: ['gate'] }, 0, 9)).toEqual([3, 10, 20, 30]);
    expect([seqs({}, 0, 9), seqs({ types: ['v9.Never'] }, 0, 9)]).toEqual([[], []]);
    expect(journal.factsOf({ types: ['v1.GateAdded'] }, 10, 1)).toEqual(journal.facts(19, 1));
  });

  test('few facts are found among many, in whichever blocks they stand, also after a transaction was taken back', () => {
    const isRare = (seq: number): boolean => [1, 255, 256, 257, 700, 1100].includes(seq);
    const append = (tx: JournalWriter, to: number): void => {
      for (let seq = tx.lastSeq() + 1; seq <= to; seq += 1)
        tx.append(
          someFact(seq, { type: isRare(seq) ? 'v1.GateAdded' : 'v1.NoteAdded', body: { type: 'v1.GateAdded' } }),
        );
    };
    write((tx) => append(tx, 200));
    expect(() =>
      write((tx) => {
        append(tx, 600);
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    write((tx) => append(tx, 1200));
    const seqs = (afterSeq: number, limit: number): number[] =>
      journal.factsOf({ types: ['v1.GateAdded'] }, afterSeq, limit).map(({ seq }) => seq);
    expect(seqs(0, 99)).toEqual([1, 255, 256, 257, 700, 1100]);
    expect([seqs(1, 2), seqs(256, 1), seqs(257, 1), seqs(700, 9), seqs(1100, 9)]).toEqual([
      [255, 256],
      [257],
      [700],
      [1100],
      [],
    ]);
  });
});
