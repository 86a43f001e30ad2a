/**
 * Performs what machines asked for, after the commit.
 *
 * What is done once is tried once at most: it is marked as started, and that is committed, before the world hears of it. What is found started
 * after a restart has an unknown outcome and is never tried again; one that waited longer than it lives is dead.
 */
import { seconds } from '../../domain/kernel/time.ts';
import { textOf } from './docs.ts';
import type { EffectRunner, OnceRunner } from './effect.ts';
import type { Clock, Log } from '../ports/clock.port.ts';
import { JournalError, type Journal, type OutboxRow } from '../ports/journal.port.ts';
import { createUntilDone } from './until-done.ts';
import { byStation, type CoreWorker, type Work } from './work.ts';

const FIRST_RETRY_MS = seconds(1);

export interface Effects {
  /** Settles what the last run of the station left, then runs what waits. */
  readonly start: () => void;
  /** Runs what waits in the outbox. */
  readonly run: () => void;
  readonly stop: () => void;
}

export interface EffectsDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly worker: CoreWorker;
  /** By the name of the effect. */
  readonly runners: Readonly<Record<string, EffectRunner>>;
}

const nameOf = ({ id, effect }: OutboxRow): string => {
  const name = textOf(effect, 'type');
  if (name === null) throw new Error(`outbox row ${id} has no name`);
  return name;
};

const problemOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

export const createEffects = ({ journal, clock, log, worker, runners }: EffectsDeps): Effects => {
  /** When a row was first seen in this process, on the monotonic clock: a wall clock set back must not lengthen its life. */
  const seenAtMs = new Map<number, number>();
  const busy = new Set<number>();
  const timers = new Set<() => void>();
  let stopped = false;

  const runnerOf = (row: OutboxRow): EffectRunner => {
    const runner = runners[nameOf(row)];
    if (runner === undefined) throw new Error(`nobody performs ${nameOf(row)}`);
    return runner;
  };

  const later = (delayMs: number, callback: () => void): void => {
    const cancel = clock.after(delayMs, () => {
      timers.delete(cancel);
      if (!stopped) callback();
    });
    timers.add(cancel);
  };

  /** Says what became of it and takes it off the list, in one transaction; tried again until storage takes it. */
  const settle = (row: OutboxRow, outcome: (work: Work) => void): void => {
    // Found started at the next start, and its outcome then unknown.
    if (stopped) return;
    try {
      worker.commit(byStation, (work) => {
        outcome(work);
        work.tx.removeOutbox(row.id);
      });
      busy.delete(row.id);
      seenAtMs.delete(row.id);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      later(FIRST_RETRY_MS, () => settle(row, outcome));
    }
  };

  const isDead = ({ id, effect }: OutboxRow, { livesMs, givenAtMs }: OnceRunner): boolean => {
    const ageMs = clock.nowMs() - givenAtMs(effect);
    const waitedMs = clock.monotonicMs() - (seenAtMs.get(id) ?? clock.monotonicMs());
    return ageMs < 0 || ageMs > livesMs || waitedMs > livesMs;
  };

  const runOnce = (row: OutboxRow, runner: OnceRunner): void => {
    const { effect } = row;
    if (!seenAtMs.has(row.id)) seenAtMs.set(row.id, clock.monotonicMs());
    busy.add(row.id);
    if (isDead(row, runner)) return settle(row, (work) => runner.expired(work, effect));
    try {
      worker.commit(byStation, (work) => {
        work.tx.markOutboxStarted(row.id);
        runner.sent(work, effect);
      });
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      // Not marked, so not sent: it may still be sent while it is alive.
      busy.delete(row.id);
      return later(FIRST_RETRY_MS, run);
    }
    runner.run(effect).then(
      (outcome) => settle(row, outcome),
      (error: unknown) => {
        log.error('a driver broke', { effect: nameOf(row), problem: problemOf(error) });
        settle(row, (work) => runner.lost(work, effect));
      },
    );
  };

  /** What is in the outbox, or `null` where it cannot be read just now. */
  const waitingRows = (): readonly OutboxRow[] | null => {
    try {
      return journal.outbox();
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      log.error('the outbox cannot be read', { fault: error.fault.kind });
      return null;
    }
  };

  const run = (): void => {
    if (stopped) return;
    const rows = waitingRows();
    if (rows === null) return later(FIRST_RETRY_MS, run);
    const ofRunner = (runner: EffectRunner): readonly OutboxRow[] => rows.filter((row) => runnerOf(row) === runner);
    const all = new Set(Object.values(runners));
    for (const runner of all) if (runner.policy === 'standing') runner.follow(ofRunner(runner));
    for (const row of rows) {
      // What was started before belongs to the last run of the station, or is under way: never again.
      if (busy.has(row.id) || row.state === 'started') continue;
      const runner = runnerOf(row);
      if (runner.policy === 'once') runOnce(row, runner);
    }
    for (const runner of all) if (runner.policy === 'untilDone') untilDone.run(runner, ofRunner(runner));
  };

  const untilDone = createUntilDone({ log, worker, later, isStopped: () => stopped, onFree: run });

  return {
    start: () => {
      for (const row of journal.outbox().filter(({ state }) => state === 'started')) {
        const runner = runnerOf(row);
        if (runner.policy !== 'once') continue;
        busy.add(row.id);
        settle(row, (work) => runner.lost(work, row.effect));
      }
      run();
    },
    run,
    stop: () => {
      stopped = true;
      for (const cancel of timers) cancel();
    },
  };
};
