/** Collections of read models: how facts become rows, and who sees them. */
import type { CapabilitySet } from '../../domain/access/access.rules.ts';
import type { RecordedFact } from '../../domain/kernel/fact.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { ReadModelChange } from '../ports/journal.port.ts';
import { defineTable, type RowReader, type Table } from './table.ts';

/** When a deadline will fire, by the wall clock as it goes now, UTC milliseconds; `null` where nothing of that name is waited for. */
export type DueAt = (kind: string, entityId: string, name: string) => number | null;

/** What somebody at a seat may see: the sets that their role holds. */
export type Viewer = readonly CapabilitySet[];

/** Who may see something: whoever holds one of these sets, or everybody, signed in or not. */
export type Audience = readonly CapabilitySet[] | 'everybody';

export const isIn = (viewer: Viewer, audience: Audience): boolean =>
  audience === 'everybody' || viewer.some((set) => audience.includes(set));

/** What seats hear of a collection. Without it nobody does. */
export interface Shown<Row> {
  /** Who gets its rows. */
  readonly to: Audience;
  /** Who gets its personal fields opened; the others get them as `null`. */
  readonly openedTo: Audience;
  /** The row as this viewer sees it, personal fields opened. */
  readonly as?: (row: Row, viewer: Viewer) => Row;
  /** Adds what follows from the row by the rules of today and is therefore not stored. */
  readonly present?: (row: Row, dueAt: DueAt) => object;
}

/** A row that is to hold this, or to go. */
type RowChange<Row> = readonly [key: string, row: Row | null];

/** What of a fact's body people may be told: without secrets, addresses in the network, and numbers to call. */
export type Told = (fact: RecordedFact) => JsonObject;

/** One collection as the station works with it. */
export interface Collection {
  readonly name: string;
  /** Raised whenever its fold changes what it writes: the station then makes it anew. */
  readonly version: number;
  readonly shown: Shown<JsonObject> | null;
  /** Folds one fact. Pure: it looks at the fact and at the rows as they were before it, and never runs a machine. */
  readonly fold: (fact: RecordedFact, rows: RowReader, told: Told) => readonly ReadModelChange[];
}

export interface CollectionParts<Row extends object> {
  readonly version: number;
  readonly shown?: Shown<Row>;
  readonly fold: (fact: RecordedFact, rows: RowReader, told: Told) => readonly RowChange<Row>[];
}

/** A collection of these rows. What its fold writes goes nowhere else. */
export const defineCollection = <Row extends object>(
  { name, put, drop }: Table<Row>,
  { version, shown, fold }: CollectionParts<Row>,
): Collection => ({
  name,
  version,
  // Whoever asks hands in rows of this collection.
  shown: (shown ?? null) as unknown as Shown<JsonObject> | null,
  fold: (fact, rows, told) => fold(fact, rows, told).map(([key, row]) => (row === null ? drop(key) : put(key, row))),
});

/**
 * A collection of facts whose body is the whole thing, and which parts of it changed: a row for the types in `kept`, none after those in
 * `dropped`.
 */
export const collectionOfBodies = <Row extends object>(
  name: string,
  parts: {
    readonly version: number;
    readonly shown?: Shown<Row>;
    readonly idField: string;
    readonly kept: readonly string[];
    readonly dropped?: readonly string[];
  },
): Collection => {
  const { idField, kept, dropped = [], ...rest } = parts;
  return defineCollection(defineTable<Row>(name), {
    ...rest,
    fold: (fact) => {
      if (dropped.includes(fact.type)) return [[fact.entityId, null]];
      if (!kept.includes(fact.type)) return [];
      const { changes: _changes, ...body } = fact.body;
      return [[fact.entityId, { [idField]: fact.entityId, ...body } as unknown as Row]];
    },
  });
};
