import type { z } from 'zod';
import type { RowChange } from '../../electron/contract/messages.schema.ts';
import {
  collectionNames,
  collections,
  kept,
  wayTo,
  type CollectionName,
  type Views,
} from '../../electron/contract/views.schema.ts';

/** What the station has told this seat, by collection and key. A table is replaced when one of its rows changes, so that
 * `===` tells whether anything did. */
export type Tables = { readonly [Name in CollectionName]: ReadonlyMap<string, Views[Name]> };

/** A row of this collection as the contract has it, or `null` where it cannot be read. */
const decode = <Name extends CollectionName>(name: Name, doc: unknown): Views[Name] | null => {
  const schema: z.ZodType = collections[name];
  const parsed = schema.safeParse(doc);
  return parsed.success ? (parsed.data as Views[Name]) : null;
};

export const emptyTables = Object.fromEntries(collectionNames.map((name) => [name, new Map()])) as unknown as Tables;

/** Tables after changes, and how many rows were not understood (those are left out, never shown half). */
export interface Applied {
  readonly tables: Tables;
  readonly unreadable: number;
}

/** A table may be so much longer than its window before it is cut: not at each row. */
const SLACK = 50;

/** The rows that both sides keep. */
const cut = <Name extends CollectionName>(name: Name, table: Map<string, Views[Name]>, nowMs: number | null) => {
  const { newest, keeps } = wayTo(name);
  const isLong = newest !== undefined && table.size > newest + SLACK;
  const isOld = keeps !== undefined && nowMs !== null && [...table.values()].some((row) => !keeps(row, nowMs));
  return isLong || isOld ? new Map(kept(name, [...table], nowMs ?? 0)) : table;
};

const applyTo = <Name extends CollectionName>(
  before: Tables,
  name: Name,
  changes: readonly RowChange[],
  nowMs: number | null,
): Applied => {
  const table = new Map<string, Views[Name]>(before[name]);
  let unreadable = 0;
  for (const { key, doc } of changes) {
    const row = doc === null ? null : decode(name, doc);
    if (row === null) table.delete(key);
    else table.set(key, row);
    if (doc !== null && row === null) unreadable += 1;
  }
  return { tables: { ...before, [name]: cut(name, table, nowMs) }, unreadable };
};

/** The tables without the windows that are not among these. */
export const withoutWindows = (before: Tables, shown: readonly CollectionName[]): Tables => {
  const gone = collectionNames.filter((name) => wayTo(name).way === 'window' && !shown.includes(name));
  return { ...before, ...Object.fromEntries(gone.map((name) => [name, new Map()])) };
};

/** Applies the rows of a patch, or of a snapshot when `before` is `emptyTables`. `nowMs`: the station's clock, where it was heard. */
export const applyRows = (before: Tables, rows: readonly RowChange[], nowMs: number | null = null): Applied => {
  const byCollection = Map.groupBy(rows, (row) => row.collection);
  let applied: Applied = { tables: before, unreadable: 0 };
  for (const [name, changes] of byCollection) {
    const next = applyTo(applied.tables, name, changes, nowMs);
    applied = { tables: next.tables, unreadable: applied.unreadable + next.unreadable };
  }
  return applied;
};
