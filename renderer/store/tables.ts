import type { z } from 'zod';
import type { RowChange } from '../../electron/contract/messages.schema.ts';
import { collectionNames, collections, type CollectionName, type Views } from '../../electron/contract/views.schema.ts';

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

const applyTo = <Name extends CollectionName>(before: Tables, name: Name, changes: readonly RowChange[]): Applied => {
  const table = new Map<string, Views[Name]>(before[name]);
  let unreadable = 0;
  for (const { key, doc } of changes) {
    const row = doc === null ? null : decode(name, doc);
    if (row === null) table.delete(key);
    else table.set(key, row);
    if (doc !== null && row === null) unreadable += 1;
  }
  return { tables: { ...before, [name]: table }, unreadable };
};

/** Applies the rows of a patch, or of a snapshot when `before` is `emptyTables`. */
export const applyRows = (before: Tables, rows: readonly RowChange[]): Applied => {
  const byCollection = Map.groupBy(rows, (row) => row.collection);
  let applied: Applied = { tables: before, unreadable: 0 };
  for (const [name, changes] of byCollection) {
    const next = applyTo(applied.tables, name, changes);
    applied = { tables: next.tables, unreadable: applied.unreadable + next.unreadable };
  }
  return applied;
};
