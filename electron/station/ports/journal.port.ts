/**
 * The journal port: synchronous, one writer, one transaction for all that belongs together.
 *
 * `transact` is all or nothing and durable when it returns (`synchronous=FULL`). The hash chain is the adapter's:
 * hash = SHA-256(canonical payload bytes, hash before).
 */
import type { Fact, RecordedFact } from '../../domain/kernel/fact.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { Page, PageQuestion, QueryChange, QueryRow, QueryShape } from './query.port.ts';

/** One row of a read model: rebuilt from the facts at any time. `doc` holds personal fields sealed. */
export interface ReadModelRow {
  readonly collection: string;
  readonly key: string;
  /** The journal's sequence number that last changed it. */
  readonly seq: number;
  readonly doc: JsonObject;
}

/** A change of a read model: `doc: null` removes the row. */
export interface ReadModelChange {
  readonly collection: string;
  readonly key: string;
  readonly doc: JsonObject | null;
}

export interface DeadlineRow {
  /** `<kind>/<entityId>/<name>`: unique. */
  readonly key: string;
  readonly kind: string;
  readonly entityId: string;
  readonly name: string;
  /** UTC milliseconds. */
  readonly dueAt: number;
  /** Milliseconds that remained when it was set or last saved. */
  readonly remainingMs: number;
  readonly lifeSafety: boolean;
}

/** An effect that is to be run after the commit. */
export interface OutboxRow {
  readonly id: number;
  readonly effect: JsonObject;
  /** `once`: at most one attempt, marked before it is made. `untilDone`: repeated until it succeeds. */
  readonly policy: 'once' | 'untilDone';
  readonly state: 'pending' | 'started';
  readonly attempts: number;
  /** UTC milliseconds. */
  readonly createdAt: number;
}

export interface StoredAnswer {
  readonly commandId: string;
  /** SHA-256 of the command's canonical bytes: the same id with other content is a mistake, not a repetition. */
  readonly fingerprint: string;
  readonly answer: JsonObject;
  readonly storedAt: number;
}

export interface Heartbeat {
  readonly wallMs: number;
  readonly monotonicMs: number;
  /** Changes with every start of the process: monotonic readings of different starts do not compare. */
  readonly bootId: string;
}

export interface StoredSession {
  /** SHA-256 of the token; the token itself is only at the seat. */
  readonly tokenHash: string;
  readonly seatId: string;
  readonly personId: string;
  readonly createdAt: number;
}

/**
 * One making of a collection's rows. `shown`: the one that is read. `made`: a new one that is made beside it, until it takes its place. A collection
 * has one of each at most.
 */
export interface Generation {
  readonly collection: string;
  /** The version of the fold that makes it, from 1; 0: made by a program that kept no versions. */
  readonly version: number;
  readonly state: 'shown' | 'made';
  /** Its columns where it is asked for page by page; `null` where it has documents only. */
  readonly shape: QueryShape | null;
  /** The newest fact that is in it while it is made; where it is shown, the newest when it was first shown. */
  readonly foldedTo: number;
}

/** Which facts: those of any of these types or kinds. A type is named with its version: a lift does not rename what was written. */
export interface FactSelection {
  readonly types?: readonly string[];
  readonly kinds?: readonly string[];
}

/** Rows of collections. Documents that are read are the store's own: they must not be changed. */
export interface RowsReadable {
  readonly row: (collection: string, key: string) => JsonObject | null;
  /** All rows of a collection in the order of their keys. */
  readonly rows: (collection: string) => readonly ReadModelRow[];
  /** A row of a collection that is asked for page by page; `null` also where that is not made yet. */
  readonly queryRow: (collection: string, key: number) => QueryRow | null;
}

/** What can be read, inside a transaction or outside. */
export interface JournalReader extends RowsReadable {
  /** The newest sequence number, 0 for an empty journal. */
  readonly lastSeq: () => number;
  /** Facts after `afterSeq`, in order, at most `limit`, lifted to their newest versions. */
  readonly facts: (afterSeq: number, limit: number) => readonly RecordedFact[];
  /** The same, of some types or kinds alone: what lies between is not read. */
  readonly factsOf: (selection: FactSelection, afterSeq: number, limit: number) => readonly RecordedFact[];
  /** The hash of one entry, 64 hexadecimal digits: all before it is in it. `null` where there is none of this number. */
  readonly hashOf: (seq: number) => string | null;
  /** Rows of a collection by descending key, `key < beforeKey` where given: pages of the log. */
  readonly rowsBefore: (collection: string, beforeKey: string | null, limit: number) => readonly ReadModelRow[];
  /** A page of a collection, on this thread: for the few rows of an id, or a tail. Long questions go to the `PageReader`. */
  readonly page: (question: PageQuestion) => Page;
  /** Every making of every collection. */
  readonly generations: () => readonly Generation[];
  readonly deadlines: () => readonly DeadlineRow[];
  readonly outbox: () => readonly OutboxRow[];
  readonly answer: (commandId: string) => StoredAnswer | null;
  readonly heartbeat: () => Heartbeat | null;
  readonly session: (tokenHash: string) => StoredSession | null;
}

/** What a handler may write beside what it records: wishes to the world outside, and who is signed in. */
export interface WorkWritable {
  readonly addOutbox: (effect: JsonObject, policy: OutboxRow['policy'], createdAt: number) => number;
  readonly removeOutbox: (id: number) => void;
  readonly saveSession: (session: StoredSession) => void;
  readonly removeSession: (tokenHash: string) => void;
}

/** Changes of rows: into the generation that is shown, or the one that is made. */
export interface RowsWritable {
  readonly change: (change: ReadModelChange, seq: number) => void;
  /** Of a collection that is asked for page by page. Does nothing while no such generation is there. */
  readonly changeQuery: (change: QueryChange) => void;
}

/** Making collections anew, in slices, beside what is shown. What is noted here survives a restart in the middle. */
export interface GenerationsWritable {
  /**
   * Begins a generation, or goes on with the one of the same version and shape that is made already; one of another version is dropped. Where nothing of
   * the collection is shown it is no different: it is shown once `showGeneration` says so.
   */
  readonly makeGeneration: (collection: string, version: number, shape: QueryShape | null) => Generation;
  /** Reads what is made of a collection, where it is being made, and else what is shown; writes what is made alone, and throws where nothing is. */
  readonly making: RowsReadable & RowsWritable;
  /** Notes that all facts up to this one are in what is made. */
  readonly foldedTo: (collection: string, seq: number) => void;
  /** What is made takes the place of what is shown, in this transaction. Throws where nothing is made. */
  readonly showGeneration: (collection: string) => void;
  /** Nothing of the collection is shown or made any more. */
  readonly dropCollection: (collection: string) => void;
  /** Deletes rows of generations that were dropped, at most `limit`. Returns how many; fewer than `limit`: nothing is left to delete. */
  readonly deleteDropped: (limit: number) => number;
}

/** What only the core may write: facts go through the folds, answers and deadlines with them. */
export interface CoreWritable extends RowsWritable, GenerationsWritable {
  /** Appends and returns the fact with its number. Facts appended are visible to the reads that follow. */
  readonly append: (fact: Fact) => RecordedFact;
  readonly setDeadline: (row: DeadlineRow) => void;
  readonly clearDeadline: (key: string) => void;
  readonly markOutboxStarted: (id: number) => void;
  readonly storeAnswer: (answer: StoredAnswer) => void;
  /** Removes answers stored before this time, at most `limit`. Returns how many. */
  readonly pruneAnswers: (beforeMs: number, limit: number) => number;
  readonly saveHeartbeat: (heartbeat: Heartbeat) => void;
  /** Empties every collection, before all are made anew in one transaction. */
  readonly clearReadModels: () => void;
}

/** What can be written, inside a transaction only. */
export interface JournalWriter extends JournalReader, WorkWritable, CoreWritable {}

export type JournalFault =
  | { readonly kind: 'diskFull' }
  | { readonly kind: 'readOnly' }
  | { readonly kind: 'damaged'; readonly detail: string }
  | { readonly kind: 'ioError'; readonly detail: string };

/** Thrown by `transact` when storage fails; nothing of the transaction remains. */
export class JournalError extends Error {
  readonly fault: JournalFault;
  constructor(fault: JournalFault, options?: { readonly cause: unknown }) {
    super(`journal: ${fault.kind}${'detail' in fault ? ` (${fault.detail})` : ''}`, options);
    this.name = 'JournalError';
    this.fault = fault;
  }
}

/** The first thing that does not hold, by row. */
export type Verification =
  | { readonly ok: true; readonly lastSeq: number; readonly headSeq: number }
  | {
      readonly ok: false;
      readonly lastSeq: number;
      readonly firstBadSeq: number;
      readonly problem: 'edited' | 'missing' | 'inserted' | 'cutTail' | 'rewritten' | 'headUnsigned' | 'unreadable';
    };

export interface Journal extends JournalReader {
  /** Runs `work` in one immediate transaction. Throws `JournalError` when storage fails, or what `work` throws; then nothing remains. */
  readonly transact: <T>(work: (tx: JournalWriter) => T) => T;
  /** Signs the newest sequence number and hash and keeps them outside the database: every minute and at each handover. */
  readonly sealHead: (atMs: number) => void;
  /** Reads the whole chain (on a connection of its own) and compares it with the signed head. */
  readonly verify: () => Promise<Verification>;
  /** The key that the head is signed with (SPKI, PEM): the first fact of a journal names it. */
  readonly publicKeyPem: string;
  /** Bytes free where the journal lives, or `null` when it cannot be told. */
  readonly freeBytes: () => number | null;
  readonly close: () => void;
}
