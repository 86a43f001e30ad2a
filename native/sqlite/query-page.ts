/**
 * Answers a page of a collection step by step: a step reads at most one block of rows or a stretch of what is said of blocks, so that many questions can
 * take turns and a long one can be given up.
 */
import type { Lifter } from '../../electron/domain/kernel/lifts.ts';
import type { Condition, FoundRow, Page, PageQuestion } from '../../electron/station/ports/query.port.ts';
import { parseObject, payloadToFact } from './chain.ts';
import type { Db } from './database.ts';
import type { Generations, KeptGeneration } from './generations.ts';
import type { Names } from './names.ts';
import { BLOCK_KEYS, blockOf, columnsOf, groupsTable, rowsTable, type Column } from './query-shape.ts';
import { createStatements, type Bound } from './statements.ts';

/** Blocks of which one step asks what stands in them: a million keys. */
const BLOCKS_A_STEP = 512;
/** Blocks that may hold what is asked for, named by one step. */
const BLOCKS_AT_ONCE = 64;

/** A piece of SQL with what it is bound to. */
interface Piece {
  readonly sql: string;
  readonly bound: readonly Bound[];
}

/** What is asked, as conditions on rows and on what is said of blocks. `nothing`: no row can fit. */
interface Plan {
  readonly rows: readonly Piece[];
  readonly groups: readonly Piece[];
  /** By an index of its own: few rows. */
  readonly byId: boolean;
  readonly nothing: boolean;
}

const holders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

const columnOf = (columns: readonly Column[], name: string, uses: readonly Column['use'][]): Column => {
  const found = columns.find((column) => column.name === name && uses.includes(column.use));
  if (found === undefined) throw new Error(`nothing is found by ${name} in this way`);
  return found;
};

const planOne = (columns: readonly Column[], condition: Condition, names: Names): Plan => {
  if ('in' in condition) {
    const { sql, use } = columnOf(columns, condition.column, ['group', 'id']);
    if (use === 'id') {
      const ids = condition.in.filter((value) => typeof value === 'string');
      return {
        rows: [{ sql: `${sql} IN (${holders(ids.length)})`, bound: ids }],
        groups: [],
        byId: true,
        nothing: ids.length === 0,
      };
    }
    const known = condition.in.map((value) => names.find(value)).filter((id) => id !== null);
    const piece = { sql: `${sql} IN (${holders(known.length)})`, bound: known };
    return { rows: [piece], groups: [piece], byId: false, nothing: known.length === 0 };
  }
  const ranges = condition.anyOf.map((name) => columnOf(columns, name, ['range']).sql);
  const from = condition.from ?? Number.NEGATIVE_INFINITY;
  const to = condition.to ?? Number.POSITIVE_INFINITY;
  const either = (parts: readonly string[]): string => `(${parts.join(' OR ')})`;
  return {
    rows: [{ sql: either(ranges.map((sql) => `${sql} BETWEEN ? AND ?`)), bound: ranges.flatMap(() => [from, to]) }],
    groups: [
      {
        sql: either(ranges.map((sql) => `most_${sql} >= ? AND least_${sql} <= ?`)),
        bound: ranges.flatMap(() => [from, to]),
      },
    ],
    byId: false,
    nothing: ranges.length === 0 || from > to,
  };
};

const planOf = (columns: readonly Column[], where: readonly Condition[], names: Names): Plan => {
  const all = where.map((condition) => planOne(columns, condition, names));
  return {
    rows: all.flatMap(({ rows }) => rows),
    groups: all.flatMap(({ groups }) => groups),
    byId: all.some(({ byId }) => byId),
    nothing: all.some(({ nothing }) => nothing),
  };
};

const and = (pieces: readonly Piece[]): Piece => ({
  sql: pieces.map(({ sql }) => ` AND ${sql}`).join(''),
  bound: pieces.flatMap(({ bound }) => bound),
});

/** The SQL of a page, for whoever runs it and for the test that asks SQLite how it would. */
export const pageSql = {
  /** Rows between two keys (`>=`, `<=`) that fit. */
  rows: (id: number, conditions: string, down: boolean) =>
    `SELECT * FROM ${rowsTable(id)} WHERE key BETWEEN ? AND ?${conditions} ORDER BY key ${down ? 'DESC' : 'ASC'} LIMIT ?`,
  /** The same by the index of an id: `+` keeps SQLite from running through the keys. */
  rowsById: (id: number, conditions: string, down: boolean) =>
    `SELECT * FROM ${rowsTable(id)} WHERE +key BETWEEN ? AND ?${conditions} ORDER BY +key ${down ? 'DESC' : 'ASC'} LIMIT ?`,
  /** Blocks between two (`>=`, `<=`) that may hold rows which fit. */
  blocks: (id: number, conditions: string, down: boolean) =>
    `SELECT DISTINCT block FROM ${groupsTable(id)} WHERE block BETWEEN ? AND ?${conditions} ORDER BY block ${down ? 'DESC' : 'ASC'} LIMIT ?`,
  newestBlock: (id: number) => `SELECT max(block) FROM ${groupsTable(id)}`,
  fact: 'SELECT payload FROM journal WHERE seq = ?',
} as const;

type StoredRow = Readonly<Record<string, Bound>> & { readonly key: number };

/** A stretch of keys that is still to be looked through, both ends included. */
interface Stretch {
  readonly least: number;
  readonly most: number;
}

const stretchOf = ({ from }: PageQuestion): Stretch =>
  'after' in from
    ? { least: from.after + 1, most: Number.MAX_SAFE_INTEGER }
    : { least: 1, most: from.before === null ? Number.MAX_SAFE_INTEGER : from.before - 1 };

export interface Pages {
  /** Steps to the page; a generation that takes the place of the one that is read in between is gone on with. Throws what SQLite throws. */
  readonly ask: (question: PageQuestion) => Generator<void, Page>;
}

/** Answers from this connection. Facts come as they were written: whoever asks lifts them. */
export const createPages = (db: Db, generations: Generations, names: Names): Pages => {
  const statements = createStatements(db);

  const toFound = (columns: readonly Column[], withFact: boolean, row: StoredRow): FoundRow => {
    const { key, doc } = row;
    const payload = withFact ? statements.value(pageSql.fact, [key]) : null;
    return {
      key,
      columns: Object.fromEntries(
        columns.map(({ name, use, sql }) => {
          const value = row[sql] ?? null;
          return [name, use === 'group' && typeof value === 'number' ? names.valueOf(value) : value];
        }),
      ),
      doc: typeof doc === 'string' ? parseObject(doc, `row ${key}`) : null,
      fact: typeof payload === 'string' ? payloadToFact(payload, key) : null,
    };
  };

  const rowsIn = (
    id: number,
    plan: Plan,
    { least, most }: Stretch,
    down: boolean,
    limit: number,
  ): readonly StoredRow[] => {
    const { sql, bound } = and(plan.rows);
    const text = plan.byId ? pageSql.rowsById(id, sql, down) : pageSql.rows(id, sql, down);
    return statements.rows<StoredRow>(text, [least, most, ...bound, limit]);
  };

  /** Stretches that may hold rows which fit, nearest first. An empty one is a step without a find. */
  const stretches = function* stretches(
    id: number,
    plan: Plan,
    whole: Stretch,
    down: boolean,
  ): Generator<Stretch | null> {
    if (plan.byId || plan.groups.length === 0) return yield whole;
    const newest = statements.value(pageSql.newestBlock(id), []);
    const firstOpen = typeof newest === 'number' ? newest + 1 : 0;
    const open: Stretch = { least: Math.max(whole.least, firstOpen * BLOCK_KEYS), most: whole.most };
    const isOpen = open.least <= open.most;
    if (down && isOpen) yield open;
    const { sql, bound } = and(plan.groups);
    const lowest = blockOf(whole.least);
    const highest = Math.min(blockOf(whole.most), firstOpen - 1);
    const text = pageSql.blocks(id, sql, down);
    for (let at = down ? highest : lowest; down ? at >= lowest : at <= highest;) {
      const end = down ? Math.max(lowest, at - BLOCKS_A_STEP + 1) : Math.min(highest, at + BLOCKS_A_STEP - 1);
      const found = statements.rows<{ readonly block: number }>(text, [
        Math.min(at, end),
        Math.max(at, end),
        ...bound,
        BLOCKS_AT_ONCE,
      ]);
      if (found.length === 0) yield null;
      for (const { block } of found)
        yield {
          least: Math.max(whole.least, block * BLOCK_KEYS),
          most: Math.min(whole.most, (block + 1) * BLOCK_KEYS - 1),
        };
      const last = found.length < BLOCKS_AT_ONCE ? end : (found.at(-1)?.block ?? end);
      at = down ? last - 1 : last + 1;
    }
    if (!down && isOpen) yield open;
    return undefined;
  };

  const isShown = (generation: KeptGeneration): boolean =>
    generations.find(generation.collection, 'shown')?.id === generation.id;

  return {
    ask: function* ask(question) {
      const down = 'before' in question.from;
      const found: FoundRow[] = [];
      const page = (): Page => ({ rows: found.slice(0, question.limit), more: found.length > question.limit });
      let whole = stretchOf(question);
      for (;;) {
        const generation = generations.find(question.collection, 'shown');
        if (generation === null || generation.shape === null) return page();
        const columns = columnsOf(generation.shape);
        const plan = planOf(columns, question.where, names);
        if (plan.nothing) return page();
        let isWhole = true;
        for (const stretch of stretches(generation.id, plan, whole, down)) {
          const rows =
            stretch === null ? [] : rowsIn(generation.id, plan, stretch, down, question.limit + 1 - found.length);
          const { withFact } = generation.shape;
          found.push(...rows.map((row) => toFound(columns, withFact, row)));
          if (found.length > question.limit) return page();
          const last = rows.at(-1)?.key;
          if (last !== undefined) whole = down ? { ...whole, most: last - 1 } : { ...whole, least: last + 1 };
          yield;
          isWhole = isShown(generation);
          if (!isWhole) break;
        }
        if (isWhole) return page();
      }
    },
  };
};

/** All steps at once. */
export const runToEnd = <T>(steps: Generator<void, T>): T => {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
};

/** The page with its facts in their newest versions. */
export const liftPage = (page: Page, lifter: Lifter): Page => ({
  ...page,
  rows: page.rows.map((row) => (row.fact === null ? row : { ...row, fact: lifter.fact(row.fact) })),
});
