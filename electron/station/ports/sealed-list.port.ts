import type { Sealed } from '../../domain/kernel/ids.ts';

/** Entries of a list, at most: beyond them the oldest leave, and an answer says so. */
export const LONGEST_LIST = 50_000;

export interface ListFound {
  /** Of the entries that hold the text, that with the greatest key first. */
  readonly keys: readonly string[];
  /** Whether the whole list was searched: `false` where entries had to leave it. */
  readonly complete: boolean;
}

/**
 * Lists of sealed names that are searched by any part of them. Their keys sort as what they stand for came (UUIDv7): the greatest is the newest. They are opened once, in the memory of a worker, by the first question; on the
 * core thread nothing of them is in the plain.
 */
export interface SealedList {
  /** Keeps a text, in place of the one before; `null`: it leaves the list, and the worker's memory. */
  readonly put: (list: string, key: string, text: Sealed | null) => void;
  /** The entries that hold this text, compared as names are (`nameToKey`), at most `limit`. Rejects with `JournalError` when the keys cannot be read. */
  readonly search: (list: string, text: string, limit: number) => Promise<ListFound>;
  /** Forgets all lists. */
  readonly close: () => Promise<void>;
}
