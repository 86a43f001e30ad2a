/** The kinds of fact that stand in the journal, and which facts are of them: how few are found among millions. */
import type { Fact } from '../../electron/domain/kernel/fact.ts';
import type { FactKind } from '../../electron/domain/kernel/lifts.ts';
import type { FactSelection } from '../../electron/station/ports/journal.port.ts';
import type { Db } from './database.ts';
import { createLearnedMap, type Remembered } from './transaction-state.ts';

/** In the place of a schema: the fact has no snapshot. */
const noSchema = -1;

interface TypeRow {
  readonly id: number;
  readonly type: string;
  readonly kind: string;
  readonly schema: number;
}

export const factTypeQueries = {
  factTypes: 'SELECT id, type, kind, schema FROM fact_types ORDER BY type, kind, schema',
  seqsOfType: 'SELECT seq FROM facts_by_type WHERE type = ? AND seq > ? ORDER BY seq LIMIT ?',
} as const;

export interface FactTypes {
  readonly kinds: () => readonly FactKind[];
  /** Numbers of facts of these types or kinds after `afterSeq`, in order, at most `limit`. */
  readonly seqsOf: (selection: FactSelection, afterSeq: number, limit: number) => readonly number[];
}

export const createFactTypes = (db: Db): FactTypes => {
  const all = db.prepare<[], TypeRow>(factTypeQueries.factTypes);
  const seqs = db.prepare<[number, number, number], number>(factTypeQueries.seqsOfType).pluck();
  return {
    kinds: () =>
      all.all().map(({ type, kind, schema }) => ({ type, kind, schema: schema === noSchema ? null : schema })),
    seqsOf: ({ types = [], kinds = [] }, afterSeq, limit) => {
      const ids = all.all().filter(({ type, kind }) => types.includes(type) || kinds.includes(kind));
      const found = ids.flatMap(({ id }) => seqs.all(id, afterSeq, limit));
      return found.toSorted((left, right) => left - right).slice(0, limit);
    },
  };
};

export interface FactTypesWriter extends Remembered {
  readonly note: (fact: Fact, seq: number) => void;
}

export const createFactTypesWriter = (db: Db): FactTypesWriter => {
  const idByType = createLearnedMap<string, number>();
  const select = db
    .prepare<[string, string, number], number>('SELECT id FROM fact_types WHERE type = ? AND kind = ? AND schema = ?')
    .pluck();
  const insertType = db.prepare<[string, string, number]>(
    'INSERT INTO fact_types (type, kind, schema) VALUES (?, ?, ?)',
  );
  // A number can stand here already where somebody else took the row away: the chain says so, and the station goes on.
  const insert = db.prepare<[number, number]>('INSERT OR REPLACE INTO facts_by_type (type, seq) VALUES (?, ?)');

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
      insert.run(idOf(fact), seq);
    },
    rolledBack: idByType.rolledBack,
    committed: idByType.committed,
    forget: idByType.forget,
  };
};
