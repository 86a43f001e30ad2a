/** Effects that are repeated until they succeed. What has gathered for a runner meanwhile is done in one go. */
import { longerMs } from '../../domain/kernel/back-off.ts';
import { minutes, seconds } from '../../domain/kernel/time.ts';
import type { Log } from '../ports/clock.port.ts';
import type { OutboxRow } from '../ports/journal.port.ts';
import { textOf } from './docs.ts';
import type { UntilDoneRunner } from './effect.ts';
import { byStation, type CoreWorker } from './work.ts';

const FIRST_RETRY_MS = seconds(1);
const LONGEST_RETRY_MS = minutes(1);
/** Effects done in one go, at most: taking them off the list is one transaction. */
const MOST_AT_ONCE = 1000;

export interface UntilDone {
  /** Does what waits for this runner, unless it is at work already or waits to try again: then it is done after that. */
  readonly run: (runner: UntilDoneRunner, rows: readonly OutboxRow[]) => void;
}

export interface UntilDoneDeps {
  readonly log: Log;
  readonly worker: CoreWorker;
  /** Not called any more once the station stops. */
  readonly later: (delayMs: number, callback: () => void) => void;
  readonly isStopped: () => boolean;
  /** A runner is free again: what has gathered meanwhile may be run. */
  readonly onFree: () => void;
}

export const createUntilDone = ({ log, worker, later, isStopped, onFree }: UntilDoneDeps): UntilDone => {
  const working = new Set<UntilDoneRunner>();

  const attempt = async (runner: UntilDoneRunner, rows: readonly OutboxRow[], waitMs: number): Promise<void> => {
    try {
      await runner.run(rows.map(({ effect }) => effect));
      // Still in the outbox at the next start, and done once more.
      if (isStopped()) return;
      worker.commit(byStation, (work) => {
        for (const { id } of rows) work.tx.removeOutbox(id);
      });
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'unknown';
      const effect = rows.map((row) => textOf(row.effect, 'type'))[0] ?? null;
      log.warn('something is not done yet', { effect, count: rows.length, problem, waitMs });
      return later(waitMs, () => void attempt(runner, rows, longerMs(waitMs, { longestMs: LONGEST_RETRY_MS })));
    }
    working.delete(runner);
    onFree();
  };

  return {
    run: (runner, rows) => {
      if (rows.length === 0 || working.has(runner)) return;
      working.add(runner);
      void attempt(runner, rows.slice(0, MOST_AT_ONCE), FIRST_RETRY_MS);
    },
  };
};
