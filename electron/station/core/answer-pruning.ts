/** Answers that nobody can ask for any more are removed, some at a time, so that no command waits for it. */
import { hours, seconds } from '../../domain/kernel/time.ts';
import type { Clock, Log } from '../ports/clock.port.ts';
import { JournalError } from '../ports/journal.port.ts';
import { byStation, type CoreWorker } from './work.ts';

/** Answers are kept this long; a command that is asked again later is refused, not done a second time. */
export const KEEP_ANSWERS_MS = 7 * hours(24);
const PRUNE_MS = hours(24);
const ANSWERS_AT_A_TIME = 2000;
const NEXT_PRUNE_MS = seconds(1);

export interface AnswerPruning {
  readonly start: () => void;
  readonly stop: () => void;
}

export const createAnswerPruning = ({
  clock,
  log,
  worker,
}: {
  readonly clock: Clock;
  readonly log: Log;
  readonly worker: CoreWorker;
}): AnswerPruning => {
  let cancel: (() => void) | null = null;
  const keepPruning = (): void => {
    let pruned = 0;
    try {
      pruned = worker.commit(byStation, ({ tx, nowMs }) => tx.pruneAnswers(nowMs - KEEP_ANSWERS_MS, ANSWERS_AT_A_TIME));
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      log.error('old answers were not removed', { fault: error.fault.kind });
    }
    cancel = clock.after(pruned < ANSWERS_AT_A_TIME ? PRUNE_MS : NEXT_PRUNE_MS, keepPruning);
  };
  return { start: keepPruning, stop: () => cancel?.() };
};
