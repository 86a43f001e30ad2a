/** Writing rows of collections that are asked for page by page, and reading one of them. */
import { createCanonicalJson } from '../../electron/domain/kernel/canonical.ts';
import type { ColumnValue, QueryRow } from '../../electron/station/ports/query.port.ts';
import { parseObject } from './chain.ts';
import type { Db } from './database.ts';
import type { KeptGeneration } from './generations.ts';
import type { NamesWriter } from './names.ts';
import {
  BLOCK_KEYS,
  blockOf,
  checkValue,
  columnsOf,
  createTablesSql,
  groupsTable,
  putRowSql,
  rowsTable,
  summariseSql,
  type Column,
} from './query-shape.ts';
import type { Remembered } from './transaction-state.ts';

export interface QueryRows extends Remembered {
  readonly row: (generation: KeptGeneration, key: number) => QueryRow | null;
  readonly change: (generation: KeptGeneration, key: number, row: QueryRow | null) => void;
  readonly create: (generation: KeptGeneration) => void;
  /** Deletes rows, at most `limit`, and says how many; the tables go with the last of them. */
  readonly deleteSome: (id: number, limit: number) => number;
}

type StoredValue = string | number | null;

interface TableWriter {
  readonly columns: readonly Column[];
  readonly row: (key: number) => Record<string, StoredValue> | undefined;
  readonly put: (values: readonly StoredValue[]) => void;
  readonly remove: (key: number) => void;
  /** Says what stands in the rows from one key to before another. */
  readonly summarise: (from: number, to: number) => void;
  readonly newestBlock: () => number | null;
  /** The first block of which `groups` says nothing yet; `null`: to be asked. */
  openBlock: number | null;
}

const assertKey = (key: number): void => {
  if (!Number.isSafeInteger(key) || key < 1) throw new Error(`no key of a row: ${key}`);
};

const openTable = (db: Db, { id, shape }: KeptGeneration): TableWriter => {
  if (shape === null) throw new Error(`generation ${id} has documents only`);
  const columns = columnsOf(shape);
  const put = db.prepare<StoredValue[]>(putRowSql(id, columns));
  const row = db.prepare<[number], Record<string, StoredValue>>(`SELECT * FROM ${rowsTable(id)} WHERE key = ?`);
  const remove = db.prepare<[number]>(`DELETE FROM ${rowsTable(id)} WHERE key = ?`);
  const summarise = db.prepare<[number, number]>(summariseSql(id, columns));
  const newest = db.prepare<[], number | null>(`SELECT max(block) FROM ${groupsTable(id)}`).pluck();
  return {
    columns,
    row: (key) => row.get(key),
    put: (values) => void put.run(...values),
    remove: (key) => void remove.run(key),
    summarise: (from, to) => void summarise.run(from, to),
    newestBlock: () => newest.get() ?? null,
    openBlock: null,
  };
};

export const createQueryRows = (db: Db, names: NamesWriter): QueryRows => {
  const canonicalJson = createCanonicalJson();
  const tables = new Map<number, TableWriter>();
  const tableExists = db
    .prepare<[string], number>("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")
    .pluck();

  const tableOf = (generation: KeptGeneration): TableWriter => {
    const known = tables.get(generation.id) ?? openTable(db, generation);
    tables.set(generation.id, known);
    return known;
  };

  const stored = (column: Column, value: ColumnValue): StoredValue => {
    const checked = checkValue(column, value);
    return column.use === 'group' ? names.idOf(checked) : checked;
  };

  /** The blocks below the one that is written to are whole, and what stands in them is said once. */
  const keepSummaries = (table: TableWriter, key: number): void => {
    const block = blockOf(key);
    const open = table.openBlock ?? (table.newestBlock() ?? -1) + 1;
    if (block > open) table.summarise(open * BLOCK_KEYS, block * BLOCK_KEYS);
    if (block < open) table.summarise(key, key + 1);
    table.openBlock = Math.max(block, open);
  };

  /** Whether the running transaction has changed what is remembered of the tables. */
  let touched = false;
  const forget = (): void => {
    tables.clear();
    touched = false;
  };

  return {
    row: (generation, key) => {
      const { columns, row } = tableOf(generation);
      const found = row(key);
      if (found === undefined) return null;
      const values = columns.map(({ name, use, sql }) => {
        const value = found[sql] ?? null;
        return [name, use === 'group' && typeof value === 'number' ? names.valueOf(value) : value] as const;
      });
      const { doc } = found;
      return {
        columns: Object.fromEntries(values),
        doc: typeof doc === 'string' ? parseObject(doc, `${generation.label}/${key}`) : null,
      };
    },
    change: (generation, key, row) => {
      assertKey(key);
      touched = true;
      const table = tableOf(generation);
      if (row === null) return table.remove(key);
      const unknown = Object.keys(row.columns).find((name) => !table.columns.some((column) => column.name === name));
      if (unknown !== undefined) throw new Error(`${generation.collection} has no column ${unknown}`);
      const values = table.columns.map((column) => stored(column, row.columns[column.name] ?? null));
      table.put([key, ...values, row.doc === null ? null : canonicalJson(row.doc)]);
      return keepSummaries(table, key);
    },
    create: ({ id, shape }) => {
      touched = true;
      if (shape !== null) db.exec(createTablesSql(id, columnsOf(shape)));
    },
    deleteSome: (id, limit) => {
      if (tableExists.get(rowsTable(id)) === undefined) return 0;
      const deleteFrom = (table: string, key: string, left: number): number =>
        db
          .prepare<[number]>(
            `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} ORDER BY ${key} LIMIT ?)`,
          )
          .run(left).changes;
      const rows = deleteFrom(rowsTable(id), 'key', limit);
      if (rows >= limit) return rows;
      const groups = deleteFrom(groupsTable(id), 'block', limit - rows);
      if (rows + groups >= limit) return rows + groups;
      touched = true;
      tables.delete(id);
      db.exec(`DROP TABLE ${rowsTable(id)}; DROP TABLE ${groupsTable(id)}`);
      return rows + groups;
    },
    // Tables may have been made in the transaction that is taken back, and blocks summarised.
    rolledBack: () => {
      if (touched) forget();
    },
    committed: () => {
      touched = false;
    },
    forget,
  };
};
