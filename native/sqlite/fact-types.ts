/**
 * The kinds of fact that stand in the journal, and in which blocks of it: how few are found among millions. A row for each fact would cost each append a
 * fifth more (measured); a row for each block in which a type stands costs next to nothing, and the block is looked through.
 */
import type { Fact, RecordedFact } from '../../electron/domain/kernel/fact.ts';
import type { FactKind } from '../../electron/domain/kernel/lifts.ts';
import type { FactSelection } from '../../electron/station/ports/journal.port.ts';
import { payloadToFact } from './chain.ts';
import type { Db } from './database.ts';
import { createLearnedMap, type Remembered } from './transaction-state.ts';

/** In the place of a schema: the fact has no snapshot. */
const noSchema = -1;
/** Facts of one block, as a power of two; migration 3 counts with it. */
const BLOCK_BITS = 8;
const blockOf = (seq: number): number => seq >> BLOCK_BITS;

interface TypeRow {
  readonly id: number;
  readonly type: string;
  readonly kind: string;
  readonly schema: number;
}

export const factTypeQueries = {
  factTypes: 'SELECT id, type, kind, schema FROM fact_types ORDER BY type, kind, schema',
  blocksOfType: 'SELECT block FROM facts_by_type WHERE type = ? AND block >= ? ORDER BY block LIMIT ?',
  factsOfBlock: 'SELECT seq, payload FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq',
} as const;

export interface FactTypes {
  readonly kinds: () => readonly FactKind[];
  /** Facts of these types or kinds after `afterSeq`, in order, at most `limit`, as they were written. */
  readonly factsOf: (selection: FactSelection, afterSeq: number, limit: number) => readonly RecordedFact[];
}

export const createFactTypes = (db: Db): FactTypes => {
  const all = db.prepare<[], TypeRow>(factTypeQueries.factTypes);
  const blocks = db.prepare<[number, number, number], number>(factTypeQueries.blocksOfType).pluck();
  const inBlock = db.prepare<[number, number], { seq: number; payload: string }>(factTypeQueries.factsOfBlock);

  return {
    kinds: () =>
      all.all().map(({ type, kind, schema }) => ({ type, kind, schema: schema === noSchema ? null : schema })),
    factsOf: ({ types = [], kinds = [] }, afterSeq, limit) => {
      const wanted = all.all().filter(({ type, kind }) => types.includes(type) || kinds.includes(kind));
      const fits = ({ type, kind }: Pick<Fact, 'type' | 'kind'>): boolean =>
        types.includes(type) || kinds.includes(kind);
      // Looked for in the text first, which is far cheaper than to parse it.
      const marks = [...new Set(wanted.map(({ type }) => `"type":${JSON.stringify(type)}`))];
      const lookThrough = (block: number): readonly RecordedFact[] =>
        inBlock
          .all(Math.max(afterSeq + 1, block << BLOCK_BITS), ((block + 1) << BLOCK_BITS) - 1)
          .filter(({ payload }) => marks.some((mark) => payload.includes(mark)))
          .map(({ seq, payload }) => payloadToFact(payload, seq))
          .filter(fits);

      const found: RecordedFact[] = [];
      for (let from = blockOf(afterSeq + 1); ;) {
        // No more blocks than facts are asked for: each of them holds one at least, but for the first.
        const next = [...new Set(wanted.flatMap(({ id }) => blocks.all(id, from, limit)))]
          .toSorted((left, right) => left - right)
          .slice(0, limit);
        for (const block of next) {
          found.push(...lookThrough(block));
          if (found.length >= limit) return found.slice(0, limit);
        }
        const last = next.at(-1);
        if (last === undefined || next.length < limit) return found;
        from = last + 1;
      }
    },
  };
};

export interface FactTypesWriter extends Remembered {
  readonly note: (fact: Fact, seq: number) => void;
}

export const createFactTypesWriter = (db: Db): FactTypesWriter => {
  const idByType = createLearnedMap<string, number>();
  /** Types that are noted in the newest block. */
  const noted = createLearnedMap<number, true>();
  let newest = -1;
  const select = db
    .prepare<[string, string, number], number>('SELECT id FROM fact_types WHERE type = ? AND kind = ? AND schema = ?')
    .pluck();
  const insertType = db.prepare<[string, string, number]>(
    'INSERT INTO fact_types (type, kind, schema) VALUES (?, ?, ?)',
  );
  const insert = db.prepare<[number, number]>('INSERT OR IGNORE INTO facts_by_type (type, block) VALUES (?, ?)');

  const idOf = ({ type, kind, snapshot }: Fact): number => {
    const schema = snapshot?.schema ?? noSchema;
    const key = `${type} ${kind} ${schema}`;
    const known = idByType.get(key);
    if (known !== undefined) return known;
    const id = select.get(type, kind, schema) ?? Number(insertType.run(type, kind, schema).lastInsertRowid);
    idByType.learn(key, id, true);
    return id;
  };

  return {
    note: (fact, seq) => {
      const id = idOf(fact);
      const block = blockOf(seq);
      if (block !== newest) noted.forget();
      newest = block;
      if (noted.get(id) === true) return;
      insert.run(id, block);
      noted.learn(id, true, true);
    },
    rolledBack: () => {
      idByType.rolledBack();
      // Of a block before this one it may have been forgotten that it was noted: it is asked again.
      noted.rolledBack();
    },
    committed: () => {
      idByType.committed();
      noted.committed();
    },
    forget: () => {
      idByType.forget();
      noted.forget();
    },
  };
};
