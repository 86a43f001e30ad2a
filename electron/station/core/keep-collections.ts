/** Collections at a start and while the station runs: which of them are made anew, and when. */
import type { Busy } from '../../contract/messages.schema.ts';
import type { Clock, Log } from '../ports/clock.port.ts';
import { JournalError, type Journal } from '../ports/journal.port.ts';
import { makeCollections, outdated, ROWS_A_SLICE, showEmpty, type Making } from './make-collections.ts';
import type { Projector } from './project.ts';

/** After storage failed, it is tried again. */
const AGAIN_MS = 5000;

export interface CollectionsDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly projector: Projector;
  readonly onBusy: (busy: Busy) => void;
  /** What was being prepared is there: seats are to get it. */
  readonly onDone: () => void;
}

export interface Collections {
  /**
   * The first of a start. What commands, alarms and gates stand on is there when it returns: where such a collection has changed, everything is made
   * anew first. What only screens ask for follows later, in slices between all other work.
   */
  readonly begin: () => void;
  /** Goes on with what was left for later. */
  readonly goOn: () => void;
  /** Not there yet: it has no rows, and takes none. */
  readonly isHidden: (collection: string) => boolean;
  /** How far what is being prepared is; `null`: everything is there. */
  readonly preparing: () => Busy | null;
  readonly stop: () => void;
}

export const createCollections = (deps: CollectionsDeps): Collections => {
  const { journal, clock, log, projector } = deps;
  let hidden: ReadonlySet<string> = new Set();
  let making: Making | null = null;
  let progress: Busy | null = null;
  let cancel = (): void => undefined;

  const later = (work: () => void, delayMs = 0): void => {
    cancel = clock.after(delayMs, () => {
      try {
        work();
      } catch (error) {
        if (!(error instanceof JournalError)) throw error;
        later(work, AGAIN_MS);
      }
    });
  };
  const cleanUp = (): void => {
    if (journal.transact((tx) => tx.deleteDropped(ROWS_A_SLICE)) >= ROWS_A_SLICE) later(cleanUp);
  };
  const goOn = (): void => {
    if (making === null) return cleanUp();
    const now = making.slice();
    if (now.done < now.of) {
      progress = now;
      return later(goOn);
    }
    log.info('collections made anew', { facts: now.of });
    making = null;
    progress = null;
    hidden = new Set();
    deps.onDone();
    return later(cleanUp);
  };

  return {
    begin: () => {
      if (journal.lastSeq() === 0) return showEmpty(journal, projector);
      const stale = outdated(journal, projector);
      if (stale.length === 0) return undefined;
      log.info('collections are made anew', { collections: stale.map(({ name }) => name).join(' ') });
      const isUrgent = stale.some(({ isLate }) => !isLate);
      making = makeCollections(journal, projector, isUrgent ? [] : stale);
      if (!isUrgent) {
        hidden = new Set(stale.map(({ name }) => name));
        progress = { done: 0, of: journal.lastSeq() };
        return undefined;
      }
      for (let now = making.slice(); now.done < now.of; now = making.slice()) deps.onBusy(now);
      making = null;
      return undefined;
    },
    goOn: () => later(goOn),
    isHidden: (collection) => hidden.has(collection),
    preparing: () => progress,
    stop: () => cancel(),
  };
};
