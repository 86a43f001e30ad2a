/**
 * Keys of data subjects in a database of their own (`keys.db`), each wrapped by the station's secrets, in cells that are written over where they
 * lie (`keys-schema.ts`). What was forgotten is gone from the core thread's view with the commit, and from every byte of the files once a
 * worker thread has emptied the WAL.
 */
import type { SubjectId } from '../../electron/domain/kernel/ids.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { SealedIndex } from '../../electron/station/ports/sealed-index.port.ts';
import { SubjectForgottenError, type Secrets, type Vault } from '../../electron/station/ports/vault.port.ts';
import { keyBytes, nonceBytes, type Randomness } from '../os/secrets-cipher.ts';
import { guarded, openWritable } from './database.ts';
import { openKeyCells, prepareKeysSchema, truncateWal } from './keys-schema.ts';
import { openSealedIndex } from './sealed-index.ts';
import { openText, sealText, unwrapKey } from './sealed-text.ts';
import { settleInWorker } from './settle-in-worker.ts';

export interface VaultDeps {
  /** The database file; its folder must exist. Opened by the process that holds the journal's lock. */
  readonly path: string;
  readonly masterSecret: Secrets;
  readonly randomness: Randomness;
  /** Empties the WAL of the file in this path; tests fail it, or end its process. */
  readonly settle?: (path: string) => Promise<void>;
}

/** The vault, and the index that goes with its keys. */
export interface OpenedVault extends Vault {
  readonly index: SealedIndex;
}

/** Subjects in one transaction of `forget`, with all that the index has of them: some milliseconds of the core thread. */
const SUBJECTS_AT_A_TIME = 50;

/** Pages of the WAL before a commit copies them into the file by itself, on the core thread: that is the worker's, and this only a bound (200 MB). */
const LONGEST_WAL_PAGES = 50_000;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const closedError = (): JournalError => new JournalError({ kind: 'ioError', detail: 'the vault is closed' });

/**
 * Opens the vault. Throws `JournalOpenError` for a newer schema, and like every method `JournalError` when storage fails. With other
 * secrets than the keys were wrapped with, `open` answers `null` and `seal` throws: a second key would lose the first.
 */
export const openVault = ({ path, masterSecret, randomness, settle = settleInWorker }: VaultDeps): OpenedVault => {
  const db = openWritable(path);
  try {
    guarded(() => {
      db.pragma(`wal_autocheckpoint = ${LONGEST_WAL_PAGES}`);
      prepareKeysSchema(db);
      // A crash between the deletion of a key and the truncation leaves bytes behind: finished here. After an orderly stop there is no WAL.
      truncateWal(db);
    });
  } catch (error) {
    db.close();
    throw error;
  }
  const cells = openKeyCells(db);
  const cache = new Map<string, Buffer>();
  /** Whether bytes of a forgotten key may lie in the WAL. */
  let dirty = false;
  let settling: Promise<void> | null = null;
  let closed = false;

  const makeKey = (subject: string): Buffer => {
    const key = randomness.bytes(keyBytes);
    const wrapped = masterSecret.encrypt(key.toString('base64url'));
    db.transaction(() => cells.add(subject, wrapped)).immediate();
    cache.set(subject, key);
    return key;
  };

  const existingKey = (subject: string): Buffer | null => {
    const cached = cache.get(subject);
    if (cached !== undefined) return cached;
    const wrapped = cells.find(subject) ?? null;
    const key = wrapped === null ? null : unwrapKey(masterSecret, wrapped);
    if (key !== null) cache.set(subject, key);
    return key;
  };

  /** `null` where the subject was forgotten. */
  const keyFor = (subject: SubjectId): Buffer | null => {
    const key = existingKey(subject);
    if (key !== null) return key;
    const wrapped = cells.find(subject);
    if (wrapped === undefined) return makeKey(subject);
    if (wrapped === null) return null;
    throw new JournalError({
      kind: 'damaged',
      detail: 'a key cannot be unwrapped: the key file is not the one it was made with',
    });
  };

  /** Keys that stay in memory outlive their deletion for nobody: they go before the file is asked. */
  const erase = (subjects: readonly SubjectId[]): void => {
    for (const subject of subjects) {
      cache.get(subject)?.fill(0);
      cache.delete(subject);
    }
    guarded(() =>
      db
        .transaction(() => {
          for (const subject of subjects) {
            cells.erase(subject);
            index.erase(subject);
          }
        })
        .immediate(),
    );
    dirty = true;
  };

  /** One worker at a time; what is forgotten while it works is the next one's. */
  const settled = async (): Promise<void> => {
    while (dirty || settling !== null) {
      if (settling === null) {
        if (closed) throw closedError();
        dirty = false;
        settling = settle(path).finally(() => {
          settling = null;
        });
      }
      try {
        await settling;
      } catch (error) {
        dirty = true;
        throw error;
      }
    }
  };

  const forget = async (subjects: readonly SubjectId[]): Promise<void> => {
    for (let from = 0; from < subjects.length; from += SUBJECTS_AT_A_TIME) {
      if (from > 0) await nextTurn();
      if (closed) throw closedError();
      erase(subjects.slice(from, from + SUBJECTS_AT_A_TIME));
    }
    await settled();
  };

  const index = openSealedIndex(db, { make: keyFor, find: existingKey, forget });

  return {
    index: index.port,
    seal: (subject, plain) =>
      guarded(() => {
        const key = keyFor(subject);
        if (key === null) throw new SubjectForgottenError(subject);
        return sealText(subject, key, randomness.bytes(nonceBytes), plain);
      }),
    open: (text) => guarded(() => openText(text, existingKey)),
    forget,
    isForgotten: (subject) => guarded(() => cells.find(subject) === null),
    close: async () => {
      if (closed) return;
      closed = true;
      for (const key of cache.values()) key.fill(0);
      cache.clear();
      // The file is not closed under a worker that empties its WAL; what that could not do is done at the next start.
      await settling?.catch(() => undefined);
      db.close();
    },
  };
};
