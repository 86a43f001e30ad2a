/**
 * Finds visits although who came is sealed: by the plate or its end and by the end of the telephone number through the index, by any part of the
 * name through a list in a worker's memory. Both are kept beside the journal and made again from its rows where they are lost.
 */
import { hours, minutes } from '../../../domain/kernel/time.ts';
import { monthOf } from '../../../domain/kernel/day.ts';
import { err, ok, type Result } from '../../../domain/kernel/result.ts';
import { subjectId } from '../../../domain/kernel/ids.ts';
import { termAsked } from '../../../domain/people/findable.rules.ts';
import { visitFindable, visitTerms } from '../../../domain/visits/visit.findable.ts';
import { keepRangeMs } from '../../../domain/visits/visit.rules.ts';
import type { VisitView } from '../../../contract/visits/visits.views.ts';
import type { Privacy } from '../../core/privacy.ts';
import type { StationDeps } from '../../core/station-deps.ts';
import { subjects } from '../../core/subjects.ts';
import type { Committed } from '../../core/work.ts';
import { visitRows } from '../../parts/rows.ts';
import { JournalError } from '../../ports/journal.port.ts';
import type { IndexEntry } from '../../ports/sealed-index.port.ts';

/** Rows looked at in one turn while the journal is gone through. */
const ROWS_AT_A_TIME = 100;
const AGAIN_MS = minutes(1);
const DROP_MS = hours(24);

/** What somebody knows of a visitor. */
export interface VisitQuestion {
  readonly by: 'plate' | 'plateEnd' | 'phoneEnd' | 'name';
  readonly text: string;
}

export interface VisitsFound {
  /** Newest first. */
  readonly visitIds: readonly string[];
  /** Whether all visits were looked through; `false` while they are gone through after a start, or where there are more than a list holds. */
  readonly complete: boolean;
}

/** Asked in a way in which nothing is kept: how many last characters may be asked for; none where the whole text was empty. */
export interface NotAskedSo {
  readonly tails: readonly number[];
}

export interface VisitFinder {
  /** At most `limit` visits, the newest first; forgotten ones are never among them. Rejects with `JournalError`. */
  readonly find: (question: VisitQuestion, limit: number) => Promise<Result<VisitsFound, NotAskedSo>>;
  readonly noteCommit: (committed: Pick<Committed, 'changes'>) => void;
  /** Goes through the visits that there are, and lets months go in which nothing personal can be left. */
  readonly start: () => void;
  readonly stop: () => void;
}

export type VisitFinderDeps = Pick<StationDeps, 'journal' | 'clock' | 'log' | 'sealedIndex' | 'sealedList'> & {
  readonly privacy: Privacy;
};

export const createVisitFinder = (deps: VisitFinderDeps): VisitFinder => {
  const { journal, clock, log, sealedIndex, sealedList, privacy } = deps;
  const collection = visitRows.name;
  let whole = false;
  let stopped = false;
  const timers = new Set<() => void>();

  let cancelAgain: (() => void) | null = null;

  const later = (delayMs: number, callback: () => void): (() => void) => {
    const cancel = clock.after(delayMs, () => {
      timers.delete(cancel);
      if (!stopped) callback();
    });
    timers.add(cancel);
    return cancel;
  };

  const plainOf = (text: string | null): string | null => (text === null ? null : privacy.openText(text));

  const entryOf = (visitId: string, { plate, phone, arrivedAt }: VisitView): IndexEntry => ({
    collection,
    key: visitId,
    subject: subjectId(subjects.visit(visitId)),
    month: monthOf(arrivedAt),
    terms: visitTerms({ plate: plainOf(plate), phone: plainOf(phone) }),
  });

  const note = (visitIds: readonly string[]): void => {
    const entries: IndexEntry[] = [];
    for (const visitId of visitIds) {
      const row = visitRows.get(journal, visitId);
      const isKept = row !== null && row.state !== 'forgotten';
      if (isKept && !sealedIndex.has(collection, visitId)) entries.push(entryOf(visitId, row));
      sealedList.put(collection, visitId, isKept && row.name !== null ? privacy.sealedIn(row.name) : null);
    }
    sealedIndex.put(entries.filter(({ terms }) => terms.length > 0));
  };

  /** Nobody waits for it. What could not be kept is made good by going through all of them once more. */
  const careful = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      log.warn('visits cannot be found for a while', { fault: error.fault.kind });
      whole = false;
      cancelAgain?.();
      cancelAgain = later(AGAIN_MS, () => walk(null));
    }
  };

  /** From the newest down, some in a turn. */
  const walk = (before: string | null): void =>
    careful(() => {
      const keys = journal.rowsBefore(collection, before, ROWS_AT_A_TIME).map(({ key }) => key);
      note(keys);
      const last = keys.at(-1);
      if (last !== undefined && keys.length === ROWS_AT_A_TIME) return void later(0, () => walk(last));
      whole = true;
      return undefined;
    });

  const keepDropping = (): void => {
    sealedIndex.dropBefore(monthOf(clock.nowMs() - keepRangeMs.most)).catch((error: unknown) => {
      log.warn('old months of the index were not dropped', {
        problem: error instanceof Error ? error.message : 'unknown',
      });
    });
    later(DROP_MS, keepDropping);
  };

  const byIndex = (
    field: 'plate' | 'phone',
    way: 'exact' | 'tail',
    text: string,
    limit: number,
  ): Result<VisitsFound, NotAskedSo> => {
    const term = termAsked(field, visitFindable[field], way, text);
    if (term === null) return err({ tails: way === 'tail' ? (visitFindable[field].tails ?? []) : [] });
    return ok({ visitIds: sealedIndex.find(collection, term, limit), complete: whole });
  };

  const isKept = (visitId: string): boolean => {
    const row = visitRows.get(journal, visitId);
    return row !== null && row.state !== 'forgotten';
  };

  const look = async ({ by, text }: VisitQuestion, limit: number): Promise<Result<VisitsFound, NotAskedSo>> => {
    if (by === 'plate') return byIndex('plate', 'exact', text, limit);
    if (by === 'plateEnd') return byIndex('plate', 'tail', text, limit);
    if (by === 'phoneEnd') return byIndex('phone', 'tail', text, limit);
    const { keys, complete } = await sealedList.search(collection, text, limit);
    return ok({ visitIds: keys, complete: complete && whole });
  };

  return {
    find: async (question, limit) => {
      const found = await look(question, limit);
      // The key of a visit goes some moments after the visit is forgotten, and stray entries of a registration that was taken back lead nowhere.
      return found.ok ? ok({ ...found.value, visitIds: found.value.visitIds.filter(isKept) }) : found;
    },
    noteCommit: ({ changes }) => {
      const visitIds = changes.filter((change) => change.collection === collection).map(({ key }) => key);
      if (visitIds.length > 0) careful(() => note(visitIds));
    },
    start: () => {
      walk(null);
      keepDropping();
    },
    stop: () => {
      stopped = true;
      for (const cancel of timers) cancel();
    },
  };
};
