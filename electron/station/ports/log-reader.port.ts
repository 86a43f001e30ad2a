import type { JsonObject } from '../../domain/kernel/json.ts';
import type { PostId } from '../../domain/posts/post.ts';

/** Which lines of the log are wanted. `null` lets everything through. */
export interface LogQuestion {
  /** Lines with keys before this one; `null` begins with the newest. */
  readonly beforeKey: string | null;
  /** Lines at most, 1 to 500. */
  readonly limit: number;
  readonly kinds: readonly string[] | null;
  /** UTC milliseconds, both ends included: what happened or was written down in this time, so nothing that is said later is missed. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly shiftNumber: number | null;
  /** Lines of this post alone. */
  readonly postId: PostId | null;
}

export interface LogLines {
  /** Newest first, as stored: personal fields are sealed. */
  readonly docs: readonly JsonObject[];
  /** Whether older lines fit as well. */
  readonly more: boolean;
}

/** Reads the log off the core thread, however long that takes: on a read-only connection, what was committed by the time of the question. */
export interface LogReader {
  /** Rejects with `JournalError` when storage cannot be read, too much is asked at once, or the reader dies of the question twice. */
  readonly page: (question: LogQuestion) => Promise<LogLines>;
  /** Questions that wait are rejected. Safe to repeat. */
  readonly close: () => Promise<void>;
}
