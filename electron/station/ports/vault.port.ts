import type { Sealed, SubjectId } from '../../domain/kernel/ids.ts';

/** Thrown by `seal` for a subject who was forgotten: new personal fields of that subject may not come into being. */
export class SubjectForgottenError extends Error {
  readonly subject: SubjectId;
  constructor(subject: SubjectId) {
    super('the key of this subject was deleted');
    this.name = 'SubjectForgottenError';
    this.subject = subject;
  }
}

/**
 * Keys of data subjects, in a store of their own outside the journal's backups. Sealing makes the subject's key when there is none.
 * A forgotten subject's fields can never be opened again, in the journal, the read models and the stored answers alike.
 */
export interface Vault {
  /** AES-256-GCM under the subject's key; the ciphertext names the subject. Throws `SubjectForgottenError` when the subject was forgotten. */
  readonly seal: (subject: SubjectId, plain: string) => Sealed;
  /** The plain text, or `null` when the subject was forgotten or the ciphertext is damaged. */
  readonly open: (sealed: Sealed) => string | null;
  /**
   * Deletes the keys. From the commit on nothing of a subject opens or is sealed, also after a crash: the first fifty are committed within
   * the call, the others in turns that follow, so that forgetting many keeps nobody waiting. Resolves when no byte of these keys is left in
   * any file; rejects with `JournalError` when that could not be done, and then it is to be asked again. Safe to repeat.
   */
  readonly forget: (subjects: readonly SubjectId[]) => Promise<void>;
  readonly isForgotten: (subject: SubjectId) => boolean;
  /** Resolves when nothing is at work on the files any more. */
  readonly close: () => Promise<void>;
}

/** Encryption at rest for device passwords (safeStorage in the shell, a key file with mode 0600 headless). */
export interface Secrets {
  readonly encrypt: (plain: string) => string;
  /** The plain text, or `null` when it was encrypted with another key or is damaged. */
  readonly decrypt: (cipher: string) => string | null;
}
