/** The journal on SQLite: one file, one writer, one transaction for all that belongs together. */
import { statfsSync } from 'node:fs';
import path from 'node:path';
import { createLifter, noLifts, unknownIn, type FactKind, type Lifts } from '../../electron/domain/kernel/lifts.ts';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import { JournalError, type Journal } from '../../electron/station/ports/journal.port.ts';
import type { HeadStore } from '../os/head-store.ts';
import type { Signer } from '../os/signing.ts';
import { genesisHash } from './chain.ts';
import { createCollectionStore } from './collection-store.ts';
import { guarded, openWritable } from './database.ts';
import { createFactTypes, createFactTypesWriter } from './fact-types.ts';
import { createReader, readTail } from './journal-reader.ts';
import { createWriter, type Chain } from './journal-writer.ts';
import { migrate } from './migrate.ts';
import { JournalOpenError } from './open-error.ts';
import { createSealer } from './sealer.ts';
import { verifyInWorker } from './verify-in-worker.ts';
import { takeWriterLock } from './writer-lock.ts';

export interface JournalDeps {
  /** The database file; its folder must exist. `<path>.lock` beside it keeps a second writer out. */
  readonly path: string;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly signer: Signer;
  readonly headStore: HeadStore;
  readonly log?: Log;
  /** What the program makes of what earlier ones wrote, and what it knows at all; nothing is lifted or refused without it. */
  readonly lifts?: Lifts;
}

const emptyTail = { seq: 0, hash: genesisHash };

/** A full disk is told by the file system when the head is written, and not by SQLite. */
const fileFault = (error: unknown): unknown => {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC') return new JournalError({ kind: 'diskFull' }, { cause: error });
  if (error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'EPERM')
    return new JournalError({ kind: 'readOnly' }, { cause: error });
  return error instanceof JournalError
    ? error
    : new JournalError({ kind: 'ioError', detail: error.message }, { cause: error });
};

/**
 * Opens the journal, makes or migrates it, and signs its head. Throws `JournalOpenError` (another writer; a newer schema, fact or
 * snapshot) or
 * `JournalError` (damaged, read-only, disk full). Every read and `sealHead` can throw `JournalError` too.
 */
export const openJournal = (deps: JournalDeps): Journal => {
  const lock = takeWriterLock(`${deps.path}.lock`);
  try {
    return openLocked(deps, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** A program that does not know a fact would fold it away, and one that does not know a snapshot would break at the machine's next event. */
const refuseNewer = (kinds: readonly FactKind[], { known }: Lifts): void => {
  const newer = known === null ? [] : unknownIn(kinds, known);
  if (newer.length > 0) throw new JournalOpenError({ kind: 'newerFacts', found: newer });
};

const openLocked = (deps: JournalDeps, release: () => void): Journal => {
  const { clock, signer, headStore, log = null, lifts = noLifts } = deps;
  const db = openWritable(deps.path);
  try {
    return guarded(() => {
      migrate(db);
      const chain: Chain = { tail: readTail(db) ?? emptyTail };
      refuseNewer(createFactTypes(db).kinds(), lifts);
      const lastSeq = (): number => chain.tail.seq;
      const store = createCollectionStore(db, lastSeq);
      const types = createFactTypesWriter(db);
      const remembered = [store, types];
      const reader = createReader(db, createLifter(lifts), store, lastSeq);
      const writer = createWriter(db, reader, store, types, chain);
      const sealer = createSealer(db, headStore, signer, log);
      const begin = db.prepare<[]>('BEGIN IMMEDIATE');
      const commit = db.prepare<[]>('COMMIT');
      const rollback = db.prepare<[]>('ROLLBACK');
      const dataVersion = db.prepare<[], { data_version: number }>('PRAGMA data_version');
      let seenVersion = dataVersion.get()?.data_version;

      /** Somebody else wrote into our file: go on from what is there. Verification will name the row; the station must not stop. */
      const noticeForeignWrites = (): void => {
        const version = dataVersion.get()?.data_version;
        if (version === seenVersion) return;
        seenVersion = version;
        for (const one of remembered) one.forget();
        chain.tail = readTail(db) ?? emptyTail;
        log?.error('journal was written by another program', { seq: chain.tail.seq });
      };

      const transact: Journal['transact'] = (work) => {
        if (db.inTransaction) throw new Error('transact inside transact');
        return guarded(() => {
          begin.run();
          let before = chain.tail;
          try {
            noticeForeignWrites();
            before = chain.tail;
            const result = work(writer);
            if (result instanceof Promise) throw new Error('a transaction cannot wait');
            commit.run();
            for (const one of remembered) one.committed();
            return result;
          } catch (error) {
            chain.tail = before;
            for (const one of remembered) one.rolledBack();
            // SQLite has rolled back by itself after some errors (a full disk, a failed read).
            if (db.inTransaction) rollback.run();
            throw error;
          }
        });
      };

      const seal = (atMs: number, closed: boolean): void => {
        if (db.inTransaction) throw new Error('the head is sealed after the commit');
        try {
          guarded(() => {
            sealer.seal(chain.tail, atMs, closed);
          });
        } catch (error) {
          throw fileFault(error);
        }
      };

      // Tells that the station runs again, so that rows after an orderly shutdown are ours.
      seal(clock.nowMs(), false);

      return {
        ...reader,
        transact,
        sealHead: (atMs) => {
          seal(atMs, false);
        },
        verify: () =>
          verifyInWorker({ path: deps.path, headsFolder: headStore.folder, publicKeyPem: signer.publicKeyPem }),
        publicKeyPem: signer.publicKeyPem,
        freeBytes: () => {
          try {
            const { bavail, bsize } = statfsSync(path.dirname(deps.path));
            return bavail * bsize;
          } catch {
            return null;
          }
        },
        close: () => {
          if (!db.open) return;
          try {
            seal(clock.nowMs(), true);
          } catch (error) {
            log?.error('journal head not sealed at shutdown', {
              problem: error instanceof Error ? error.message : 'unknown',
            });
          } finally {
            db.close();
            release();
          }
        },
      };
    });
  } catch (error) {
    db.close();
    throw error;
  }
};
