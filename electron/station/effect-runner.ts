/**
 * Performs what machines asked for, after the commit.
 *
 * A motion is tried once at most: it is marked as started, and that is committed, before the port hears of it. A motion found started
 * after a restart has an unknown outcome and is never tried again; one that waited longer than 5 s is dead.
 */
import { MOTION_LIFETIME_MS } from '../contract/commands.schema.ts';
import type { BarrierEvent } from '../domain/barriers/barrier.types.ts';
import { subjectId } from '../domain/kernel/ids.ts';
import { minutes, seconds } from '../domain/kernel/time.ts';
import { numberOf, textOf } from './docs.ts';
import { emergencyUnderWay } from './gate-watch.ts';
import type { Clock, Log } from './ports/clock.port.ts';
import type { BarrierPort } from './ports/devices.port.ts';
import { JournalError, type Journal, type OutboxRow } from './ports/journal.port.ts';
import type { Vault } from './ports/vault.port.ts';
import type { Siren } from './siren.ts';
import { byStation, type Worker } from './work.ts';

const FIRST_RETRY_MS = seconds(1);
const LONGEST_RETRY_MS = minutes(1);

export interface EffectRunner {
  /** Settles what the last run of the station left, then runs what waits. */
  readonly start: () => void;
  /** Runs what waits in the outbox. */
  readonly run: () => void;
  readonly stop: () => void;
}

export interface EffectRunnerDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly worker: Worker;
  readonly vault: Vault;
  readonly barriers: BarrierPort;
  readonly siren: Siren;
  /** Documents that were opened before may not be shown any more. */
  readonly onForgotten: () => void;
}

interface Motion {
  readonly barrierId: string;
  readonly motion: 'open' | 'close';
  readonly motionId: string;
  readonly givenAtMs: number;
}

/** `emergency`: an ambulance or a fire engine is expected just then. */
type Outcome = (at: number, emergency: boolean) => BarrierEvent;

const toMotion = ({ id, effect }: OutboxRow): Motion => {
  const barrierId = textOf(effect, 'barrierId');
  const motionId = textOf(effect, 'motionId');
  const givenAtMs = numberOf(effect, 'givenAtMs');
  if (barrierId === null || motionId === null || givenAtMs === null) throw new Error(`outbox row ${id} is no motion`);
  return { barrierId, motionId, givenAtMs, motion: effect['motion'] === 'close' ? 'close' : 'open' };
};

export const createEffectRunner = (deps: EffectRunnerDeps): EffectRunner => {
  const { journal, clock, log, worker, vault, barriers, siren, onForgotten } = deps;
  /** When a row was first seen in this process, on the monotonic clock: a wall clock set back must not lengthen a motion's life. */
  const seenAtMs = new Map<number, number>();
  const busy = new Set<number>();
  const retryAfterMs = new Map<number, number>();
  const timers = new Set<() => void>();
  let stopped = false;

  const later = (delayMs: number, callback: () => void): void => {
    const cancel = clock.after(delayMs, () => {
      timers.delete(cancel);
      if (!stopped) callback();
    });
    timers.add(cancel);
  };

  /** Tells the barrier and takes the effect off the list, in one transaction; tried again until storage takes it. */
  const settle = (row: OutboxRow, barrierId: string, outcome: Outcome): void => {
    // Found started at the next start, and its outcome then unknown.
    if (stopped) return;
    try {
      worker.commit(byStation, (work) => {
        const refusal = work.tell('barrier', barrierId, outcome(work.nowMs, emergencyUnderWay(work.tx)));
        if (refusal !== null)
          log.info('a barrier no longer waits for this outcome', { barrierId, refusal: refusal.kind });
        work.removeOutbox(row.id);
      });
      busy.delete(row.id);
      seenAtMs.delete(row.id);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      later(FIRST_RETRY_MS, () => settle(row, barrierId, outcome));
    }
  };

  const isDead = (row: OutboxRow, { givenAtMs }: Motion): boolean => {
    const ageMs = clock.nowMs() - givenAtMs;
    const waitedMs = clock.monotonicMs() - (seenAtMs.get(row.id) ?? clock.monotonicMs());
    return ageMs < 0 || ageMs > MOTION_LIFETIME_MS || waitedMs > MOTION_LIFETIME_MS;
  };

  const drive = (row: OutboxRow): void => {
    const motion = toMotion(row);
    const { barrierId, motionId } = motion;
    if (!seenAtMs.has(row.id)) seenAtMs.set(row.id, clock.monotonicMs());
    busy.add(row.id);
    if (isDead(row, motion))
      return settle(row, barrierId, (at, emergency) => ({ type: 'expired', at, motionId, emergency }));
    try {
      worker.commit(byStation, (work) => {
        work.tx.markOutboxStarted(row.id);
        const sent: BarrierEvent = { type: 'sent', at: work.nowMs, motionId };
        work.tell('barrier', barrierId, sent);
      });
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      // Not marked, so not sent: it may still be sent while it is alive.
      busy.delete(row.id);
      return later(FIRST_RETRY_MS, run);
    }
    barriers.drive(barrierId, motion.motion, motionId).then(
      (result) =>
        settle(row, barrierId, (at, emergency) =>
          result.ok
            ? { type: 'accepted', at, motionId }
            : { type: 'failed', at, motionId, fault: result.error.kind, emergency },
        ),
      (error: unknown) => {
        log.error('a barrier driver broke', { barrierId, problem: error instanceof Error ? error.message : 'unknown' });
        settle(row, barrierId, (at) => ({ type: 'outcomeLost', at, motionId }));
      },
    );
  };

  const forget = (row: OutboxRow): void => {
    const subject = textOf(row.effect, 'subjectId');
    if (subject === null) throw new Error(`outbox row ${row.id} names no subject`);
    busy.add(row.id);
    try {
      vault.forget(subjectId(subject));
      onForgotten();
      worker.commit(byStation, (work) => work.removeOutbox(row.id));
      retryAfterMs.delete(row.id);
      busy.delete(row.id);
    } catch (error) {
      const waitMs = retryAfterMs.get(row.id) ?? FIRST_RETRY_MS;
      retryAfterMs.set(row.id, Math.min(LONGEST_RETRY_MS, waitMs * 2));
      log.warn('a key is not deleted yet', { problem: error instanceof Error ? error.message : 'unknown', waitMs });
      later(waitMs, () => {
        busy.delete(row.id);
        run();
      });
    }
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
    siren.follow(rows);
    for (const row of rows) {
      // What was started before belongs to the last run of the station, or is under way: never again.
      if (busy.has(row.id) || row.state === 'started') continue;
      if (row.effect['type'] === 'driveBarrier') drive(row);
      else if (row.effect['type'] === 'forgetSubject') forget(row);
    }
  };

  return {
    start: () => {
      for (const row of journal.outbox().filter(({ state }) => state === 'started')) {
        const { barrierId, motionId } = toMotion(row);
        busy.add(row.id);
        settle(row, barrierId, (at) => ({ type: 'outcomeLost', at, motionId }));
      }
      // A restored backup may have brought keys back.
      for (const { key } of journal.rows('forgottenSubjects')) {
        if (!vault.isForgotten(subjectId(key))) vault.forget(subjectId(key));
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
