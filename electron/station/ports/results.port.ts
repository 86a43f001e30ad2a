/** Files that jobs make: kept for a few minutes, given out once. */

/** A file of a job grew too large, or the disk took no more of it. */
export class ResultError extends Error {
  readonly reason: 'tooLarge' | 'failed';
  constructor(reason: 'tooLarge' | 'failed', detail: string) {
    super(detail);
    this.name = 'ResultError';
    this.reason = reason;
  }
}

export interface ResultWriter {
  /** Resolves when the file system has taken it. Rejects with `ResultError`. */
  readonly write: (text: string) => Promise<void>;
  /** It is whole; answers with its bytes. Rejects with `ResultError`. */
  readonly close: () => Promise<number>;
  /** It is not to be: nothing of it remains. */
  readonly discard: () => Promise<void>;
}

export interface ResultStore {
  /** A file under this id, a job's. Rejects with `ResultError`. */
  readonly open: (id: string) => Promise<ResultWriter>;
  /** A ticket for the file that is good once and for a minute; `null` where the file is gone. */
  readonly ticket: (id: string) => string | null;
  /** The file of this ticket, which is gone from now on; `null` for any other text. */
  readonly redeem: (ticket: string) => Promise<Uint8Array | null>;
  /** All files are removed: somebody who may be in them was forgotten. */
  readonly removeAll: () => Promise<void>;
  /** Nothing is left behind. */
  readonly close: () => Promise<void>;
}
