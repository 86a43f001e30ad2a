import type { RecordedFact } from '../../domain/kernel/fact.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { JournalReader, ReadModelChange } from '../ports/journal.port.ts';

/** The rows as they are before the fact. */
export type Rows = Pick<JournalReader, 'row' | 'rows'>;

/** Folds one fact into a collection. Pure: it looks at the fact and the rows, and never runs a machine. */
export type Projection = (fact: RecordedFact, rows: Rows) => readonly ReadModelChange[];

/** A row that is to hold this document. */
export const put = (collection: string, key: string, doc: JsonObject): ReadModelChange => ({ collection, key, doc });

/** A row that is to go. */
export const drop = (collection: string, key: string): ReadModelChange => ({ collection, key, doc: null });

/** Folds facts whose body is the whole thing, and which parts of it changed: `put` for the types in `kept`, `drop` for the types in `dropped`. */
export const keepBody =
  (
    collection: string,
    idField: string,
    kept: readonly string[],
    dropped: readonly string[] = [],
    leftOut: readonly string[] = [],
  ): Projection =>
  (fact) => {
    if (dropped.includes(fact.type)) return [drop(collection, fact.entityId)];
    if (!kept.includes(fact.type)) return [];
    const shown = Object.entries(fact.body).filter(([field]) => field !== 'changes' && !leftOut.includes(field));
    return [put(collection, fact.entityId, { [idField]: fact.entityId, ...Object.fromEntries(shown) })];
  };
