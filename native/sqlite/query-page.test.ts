import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Page, PageQuestion, QueryShape } from '../../electron/station/ports/query.port.ts';
import { createCollectionStore } from './collection-store.ts';
import { schemaSql } from './schema.ts';
import { BLOCK_KEYS } from './query-shape.ts';

const shape: QueryShape = { columns: { kind: 'group', actor: 'group', at: 'range' }, withFact: false };
const BLOCKS = 20;
const LAST = BLOCKS * BLOCK_KEYS + 100;

/** Twenty whole blocks and one begun; a note in the third block alone, by somebody who does everything else elsewhere. */
const makeLog = () => {
  const db = new Database(':memory:');
  db.exec(schemaSql);
  const store = createCollectionStore(db, () => LAST);
  const put = (key: number, columns: Readonly<Record<string, string | number>>): void =>
    store.write.making.changeQuery({ collection: 'log', key, row: { columns, doc: null } });
  db.transaction(() => {
    store.write.makeGeneration('log', 1, shape);
    for (let key = 1; key <= LAST; key += 1)
      put(key, { kind: key % 2 === 0 ? 'gate' : 'camera', actor: key % 2 === 0 ? 'li' : 'station', at: key });
    put(2 * BLOCK_KEYS + 7, { kind: 'note', actor: 'li', at: 2 * BLOCK_KEYS + 7 });
    store.write.showGeneration('log');
  })();
  store.committed();

  /** Steps taken, and what was found. */
  const ask = (question: Partial<PageQuestion>) => {
    const asked = store.pages.ask({ collection: 'log', from: { before: null }, limit: 3, where: [], ...question });
    for (let steps = 1; ; steps += 1) {
      const { done, value } = asked.next();
      if (done === true) return { steps, keys: value.rows.map(({ key }) => key), more: value.more };
    }
  };
  return { db, store, ask, put };
};

describe('a question about many rows', () => {
  const log = makeLog();

  test.each([
    [
      'often each, never together',
      [
        { column: 'kind', in: ['gate', 'note'] },
        { column: 'actor', in: ['station'] },
      ],
    ],
    [
      'a kind at a time at which only others were',
      [
        { column: 'kind', in: ['note'] },
        { anyOf: ['at'], from: 9000, to: 9999 },
      ],
    ],
    ['a time to come', [{ anyOf: ['at'], from: LAST + 1, to: null }]],
  ])('that nothing fits reads no block but the one that is written to: %s', (_what, where) => {
    // The block that is begun, what is said of the twenty others, and the end.
    expect(log.ask({ where })).toEqual({ steps: 3, keys: [], more: false });
    expect(log.ask({ where, from: { after: 0 } })).toEqual({ steps: 3, keys: [], more: false });
  });

  test('that one row fits reads the one block that it is in', () => {
    const where = [{ column: 'kind', in: ['note'] }];
    expect(log.ask({ where })).toEqual({ steps: 3, keys: [2 * BLOCK_KEYS + 7], more: false });
  });

  test('that is below everything, or whose values never stood anywhere, is answered at once', () => {
    expect(log.ask({ where: [{ column: 'kind', in: ['never'] }] })).toEqual({ steps: 1, keys: [], more: false });
    expect(log.ask({ from: { before: 1 }, where: [{ column: 'kind', in: ['gate'] }] }).keys).toEqual([]);
  });

  test('goes on in the new generation when that takes the place of the old one in between', () => {
    const { db, store, put } = makeLog();
    const steps = store.pages.ask({
      collection: 'log',
      from: { before: null },
      limit: 150,
      where: [{ column: 'kind', in: ['gate', 'note'] }],
    });
    // The block that is begun: fifty rows of a hundred.
    expect(steps.next().done).toBe(false);
    db.transaction(() => {
      store.write.makeGeneration('log', 2, shape);
      for (let key = 1; key <= LAST; key += 1) if (key % 1000 === 0) put(key, { kind: 'note', actor: 'wu', at: key });
      store.write.showGeneration('log');
      while (store.write.deleteDropped(10_000) > 0);
    })();
    store.committed();
    let page: Page | null = null;
    for (let next = steps.next(); page === null; next = steps.next()) if (next.done === true) page = next.value;
    const keys = page?.rows.map(({ key }) => key) ?? [];
    expect(keys).toHaveLength(51 + 40);
    expect(keys.slice(51)).toEqual(Array.from({ length: 40 }, (_, index) => 40_000 - index * 1000));
  });
});
