/** Collections that are asked for page by page: one suite for the journal on SQLite and the one in memory. */
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Journal, JournalWriter } from '../../../electron/station/ports/journal.port.ts';
import type { PageQuestion, QueryChange, QueryRow, QueryShape } from '../../../electron/station/ports/query.port.ts';
import { fuzz } from '../../support/long.ts';
import { pageOf } from '../../support/fake-pages.ts';
import { someFact } from '../../support/journal-folder.ts';
import { journalSubjects, type JournalSubject } from '../../support/journal-subjects.ts';

const shape: QueryShape = {
  columns: { kind: 'group', shift: 'group', at: 'range', recordedAt: 'range', plate: 'id' },
  withFact: false,
};
const everything: PageQuestion = { collection: 'passages', from: { before: null }, limit: 3, where: [] };
const rowOf = (columns: QueryRow['columns'], doc: QueryRow['doc'] = null): QueryRow => ({ columns, doc });
const change = (key: number, row: QueryRow | null): QueryChange => ({ collection: 'passages', key, row });

describe.each(journalSubjects)('collections that are asked for, %s', (_name, make) => {
  let subject: JournalSubject;
  let journal: Journal;
  beforeEach(() => {
    subject = make();
    ({ journal } = subject);
    journal.transact((tx) => {
      tx.makeGeneration('passages', 1, shape);
      tx.showGeneration('passages');
    });
  });
  afterEach(() => subject.remove());

  const put = (rows: readonly (readonly [number, QueryRow | null])[]): void =>
    journal.transact((tx) => {
      for (const [key, row] of rows) tx.changeQuery(change(key, row));
    });
  const keys = (question: Partial<PageQuestion>) => {
    const { rows, more } = journal.page({ ...everything, ...question });
    return [rows.map(({ key }) => key), more];
  };

  test('gives pages in both directions, and says whether there is more', () => {
    expect(keys({})).toEqual([[], false]);
    put([1, 2, 5, 9, 3].map((key) => [key, rowOf({ kind: 'in' })]));
    expect(keys({})).toEqual([[9, 5, 3], true]);
    expect(keys({ from: { before: 3 } })).toEqual([[2, 1], false]);
    expect(keys({ from: { before: 1 } })).toEqual([[], false]);
    expect(keys({ from: { after: 0 } })).toEqual([[1, 2, 3], true]);
    expect(keys({ from: { after: 5 } })).toEqual([[9], false]);
    expect(keys({ limit: 5 })).toEqual([[9, 5, 3, 2, 1], false]);
  });

  test('keeps every kind of value, a document, and what was left out as nothing', () => {
    const columns = { kind: '入场', shift: 12, at: 1_795_291_200_000, recordedAt: 0.5, plate: '湘D12345' };
    put([
      [7, rowOf(columns, { labels: ['a', { b: null }] })],
      [8, rowOf({ kind: null, shift: '12' })],
    ]);
    const nothing = { kind: null, shift: '12', at: null, recordedAt: null, plate: null };
    expect(journal.page({ ...everything, where: [{ column: 'shift', in: [12, '12'] }] }).rows).toEqual([
      { key: 8, columns: nothing, doc: null, fact: null },
      { key: 7, columns, doc: { labels: ['a', { b: null }] }, fact: null },
    ]);
    expect([journal.queryRow('passages', 7), journal.queryRow('passages', 9)]).toEqual([
      { columns, doc: { labels: ['a', { b: null }] } },
      null,
    ]);
    expect(keys({ where: [{ column: 'kind', in: [null] }] })).toEqual([[8], false]);
    expect(keys({ where: [{ column: 'shift', in: [12] }] })).toEqual([[7], false]);
    expect(keys({ where: [{ column: 'plate', in: ['湘D12345', 'x'] }] })).toEqual([[7], false]);
  });

  test('rows change in their place and are removed', () => {
    put([
      [1, rowOf({ kind: 'in', at: 1 })],
      [2, rowOf({ kind: 'in', at: 2 })],
    ]);
    put([
      [1, rowOf({ kind: 'out', at: 9 })],
      [2, null],
      [3, null],
    ]);
    expect(keys({ where: [{ column: 'kind', in: ['in'] }] })).toEqual([[], false]);
    expect(keys({ where: [{ column: 'kind', in: ['out'] }] })).toEqual([[1], false]);
    expect(keys({ where: [{ anyOf: ['at'], from: 9, to: null }] })).toEqual([[1], false]);
  });

  test('a time is found by either of two columns, both ends included', () => {
    put([
      [1, rowOf({ at: 10, recordedAt: 10 })],
      [2, rowOf({ at: 5, recordedAt: 20 })],
      [3, rowOf({ at: 5, recordedAt: 30 })],
      [4, rowOf({ at: 31, recordedAt: 31 })],
    ]);
    const between = (from: number | null, to: number | null) =>
      keys({ limit: 9, where: [{ anyOf: ['at', 'recordedAt'], from, to }] })[0];
    expect(between(10, 20)).toEqual([2, 1]);
    expect(between(5, 5)).toEqual([3, 2]);
    expect(between(11, 19)).toEqual([]);
    expect(between(30, null)).toEqual([4, 3]);
    expect(between(null, 9)).toEqual([3, 2]);
    expect(between(null, null)).toEqual([4, 3, 2, 1]);
    expect(between(20, 10)).toEqual([]);
  });

  test('an empty set lets nothing through', () => {
    put([[1, rowOf({ kind: 'in', plate: 'x' })]]);
    expect(keys({ where: [{ column: 'kind', in: [] }] })).toEqual([[], false]);
    expect(keys({ where: [{ column: 'plate', in: [] }] })).toEqual([[], false]);
    expect(keys({ where: [{ column: 'kind', in: ['never stood anywhere'] }] })).toEqual([[], false]);
  });

  test('a row carries the fact of its number, lifted, where the collection asks for it', () => {
    journal.transact((tx) => {
      tx.makeGeneration('lines', 1, { columns: { kind: 'group' }, withFact: true });
      tx.showGeneration('lines');
      for (let seq = 1; seq <= 3; seq += 1) {
        tx.append(someFact(seq));
        tx.changeQuery({ collection: 'lines', key: seq, row: rowOf({ kind: seq === 2 ? 'note' : 'gate' }) });
      }
    });
    const { rows } = journal.page({ ...everything, collection: 'lines', where: [{ column: 'kind', in: ['note'] }] });
    expect(rows).toEqual([{ key: 2, columns: { kind: 'note' }, doc: null, fact: { ...someFact(2), seq: 2 } }]);
  });

  test('what is not made, or has documents only, has no rows to ask for and takes none', () => {
    expect(keys({ collection: 'nothing' })).toEqual([[], false]);
    journal.transact((tx) => {
      tx.change({ collection: 'gates', key: 'a', doc: {} }, 1);
      tx.changeQuery({ collection: 'gates', key: 1, row: rowOf({ kind: 'in' }) });
      tx.changeQuery({ collection: 'nothing', key: 1, row: rowOf({ kind: 'in' }) });
      expect(() => tx.change({ collection: 'passages', key: 'a', doc: {} }, 1)).toThrow('no documents');
    });
    expect([keys({ collection: 'gates' }), keys({ collection: 'nothing' })]).toEqual([
      [[], false],
      [[], false],
    ]);
  });

  test.each([
    ['a key that is no number of a fact', 0, { kind: 'in' }],
    ['a column that it does not have', 1, { colour: 'red' }],
    ['a time that is a text', 1, { at: 'noon' }],
    ['an id that is a number', 1, { plate: 5 }],
  ])('%s is a defect', (_what, key, columns) => {
    const write = (tx: JournalWriter): void => tx.changeQuery(change(key, rowOf(columns)));
    expect(() => journal.transact(write)).toThrow(Error);
    expect(keys({})).toEqual([[], false]);
  });

  test('a page of the new generation is given once it takes the place of the old one', () => {
    put([[1, rowOf({ kind: 'in' })]]);
    journal.transact((tx) => {
      tx.makeGeneration('passages', 2, shape);
      tx.making.changeQuery(change(4, rowOf({ kind: 'in' })));
      expect([tx.making.queryRow('passages', 4) === null, tx.queryRow('passages', 4)]).toEqual([false, null]);
    });
    expect(keys({})).toEqual([[1], false]);
    journal.transact((tx) => tx.showGeneration('passages'));
    expect(keys({ where: [{ column: 'kind', in: ['in'] }] })).toEqual([[4], false]);
  });

  /** Keys far apart, so that many blocks are passed, some of them empty. */
  const someRow = fc.record({
    key: fc.integer({ min: 1, max: 40_000 }),
    kind: fc.constantFrom('a', 'b', 'c', null),
    shift: fc.constantFrom(1, 2, null),
    at: fc.integer({ min: 0, max: 100 }),
    late: fc.integer({ min: 0, max: 50 }),
  });
  const someQuestion = fc.record({
    kinds: fc.option(fc.subarray(['a', 'b', 'c', null] as const)),
    shifts: fc.option(fc.subarray([1, 2, null, 3] as const)),
    period: fc.option(fc.tuple(fc.integer({ min: -5, max: 160 }), fc.integer({ min: -5, max: 160 }))),
    from: fc.oneof(
      fc.record({ before: fc.option(fc.integer({ min: 1, max: 41_000 })) }),
      fc.record({ after: fc.integer({ min: 0, max: 41_000 }) }),
    ),
    limit: fc.integer({ min: 1, max: 20 }),
  });

  test('any question about any rows, written in any order and changed, is answered as by looking through all of them', () => {
    let version = 1;
    fc.assert(
      fc.property(
        fc.array(someRow, { maxLength: 120 }),
        fc.array(someQuestion, { maxLength: 12 }),
        (rows, questions) => {
          version += 1;
          const kept = new Map<number, QueryRow>();
          journal.transact((tx) => {
            tx.makeGeneration('passages', version, shape);
            for (const { key, kind, shift, at, late } of rows) {
              const row = rowOf({ kind, shift, at, recordedAt: at + late, plate: null });
              kept.set(key, row);
              tx.making.changeQuery(change(key, row));
            }
            tx.showGeneration('passages');
          });
          const all = [...kept].map(([key, { columns, doc }]) => ({ key, columns, doc, fact: null }));
          for (const { kinds, shifts, period, from, limit } of questions) {
            const where: PageQuestion['where'] = [
              ...(kinds === null ? [] : [{ column: 'kind', in: kinds }]),
              ...(shifts === null ? [] : [{ column: 'shift', in: shifts }]),
              ...(period === null ? [] : [{ anyOf: ['at', 'recordedAt'], from: period[0], to: period[1] }]),
            ];
            const question = { ...everything, from, limit, where };
            expect(journal.page(question)).toEqual(pageOf(all, question));
          }
        },
      ),
      fuzz(30, 2000),
    );
  });
});
