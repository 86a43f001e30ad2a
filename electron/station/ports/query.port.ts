/** Collections that are too large to be sent whole: asked for page by page, found by columns, and followed at their tail. */
import type { RecordedFact } from '../../domain/kernel/fact.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';

/**
 * How rows are found by a column. `group`: a text or number of which few are different (a kind, somebody who acted, a post), together with other
 * groups in any way. `range`: a number that grows about as the keys do (a time, the number of a shift), by its least and most. `id`: a text that few rows share.
 */
export type ColumnUse = 'group' | 'range' | 'id';

export type ColumnValue = string | number | null;

/** The columns of a collection. Its rows hold nothing else but their document, and the fact that they are of. */
export interface QueryShape {
  readonly columns: Readonly<Record<string, ColumnUse>>;
  /** Each row is read together with the fact that has its number: nothing of it needs to be kept a second time. */
  readonly withFact: boolean;
}

/** What is kept of one row. `doc` holds personal fields sealed; `null` where the columns, and the fact, say it all. */
export interface QueryRow {
  readonly columns: Readonly<Record<string, ColumnValue>>;
  readonly doc: JsonObject | null;
}

/** A change of such a collection: `row: null` removes it. */
export interface QueryChange {
  readonly collection: string;
  /** The number of the fact that the row began with: rows are in the order in which things were written down. */
  readonly key: number;
  readonly row: QueryRow | null;
}

/** One thing that is asked of a row; a row has to fit all of them. */
export type Condition =
  /** The column (a group or an id) holds one of these. */
  | { readonly column: string; readonly in: readonly ColumnValue[] }
  /** One of these columns (ranges) lies between the two, both ends included; `null`: without an end. */
  | { readonly anyOf: readonly string[]; readonly from: number | null; readonly to: number | null };

export interface PageQuestion {
  readonly collection: string;
  /** `before`: newest first, those before this key, `null` from the newest on. `after`: oldest first, those after this key: the tail. */
  readonly from: { readonly before: number | null } | { readonly after: number };
  /** Rows at most, 1 to 500. */
  readonly limit: number;
  readonly where: readonly Condition[];
}

export interface FoundRow extends QueryRow {
  readonly key: number;
  /** The fact of this number, lifted to its newest version, where the collection reads it with its rows. */
  readonly fact: RecordedFact | null;
}

export interface Page {
  readonly rows: readonly FoundRow[];
  /** Whether further rows fit in the same direction. Nothing is counted. */
  readonly more: boolean;
}

/** A question that was asked. */
export interface AskedPage {
  /**
   * A collection that is not made yet has no rows. Rejects with `JournalError` when storage cannot be read, too much is asked at once, or the reader
   * dies of the question twice; with `PageCancelledError` once it is cancelled.
   */
  readonly page: Promise<Page>;
  /** Nobody waits for it any more: nothing is read for it from now on. Safe to repeat, also after the answer. */
  readonly cancel: () => void;
}

/** Nobody waited for the answer any more. */
export class PageCancelledError extends Error {
  constructor() {
    super('the question was cancelled');
    this.name = 'PageCancelledError';
  }
}

/** Reads pages off the core thread, on a read-only connection: what was committed by the time of the question. Questions take turns. */
export interface PageReader {
  readonly ask: (question: PageQuestion) => AskedPage;
  /** Questions that wait are rejected. Safe to repeat. */
  readonly close: () => Promise<void>;
}
