import type { SubjectId } from '../../domain/kernel/ids.ts';
import type { FindTerm } from '../../domain/people/findable.rules.ts';

/** A row that is to be found. Its key and collection say nothing about the person; the terms do, and are kept as hashes alone. */
export interface IndexEntry {
  readonly collection: string;
  readonly key: string;
  /** Whose fields these are: the entry goes with their key. */
  readonly subject: SubjectId;
  /** `YYYY-MM` of the row: under which key its terms are hashed. */
  readonly month: string;
  readonly terms: readonly FindTerm[];
}

/**
 * Finds rows by what is sealed in them: by the keyed hash (HMAC-SHA-256) of a normalised text, under a key of its month that lies with the
 * subjects' keys. Whoever has only the files can neither read the terms nor try them out. Every method throws `JournalError` when storage fails.
 */
export interface SealedIndex {
  /** Keeps the terms of these rows, each in place of what was kept of it, in one transaction. Of a subject or month that was forgotten nothing is kept. */
  readonly put: (entries: readonly IndexEntry[]) => void;
  /** Whether terms of this row are kept. */
  readonly has: (collection: string, key: string) => boolean;
  /** The keys of rows with this term, those of the newest month first, at most `limit`. */
  readonly find: (collection: string, term: FindTerm, limit: number) => readonly string[];
  /** Deletes the keys and terms of all months before this one (`YYYY-MM`), some at a time; resolves and rejects as `Vault.forget`. */
  readonly dropBefore: (month: string) => Promise<void>;
}
