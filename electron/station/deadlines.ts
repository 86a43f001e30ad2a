/**
 * Deadlines are data. The journal holds when each is due; running, the monotonic clock decides; after a restart the elapsed time is the wall
 * clock's difference since the last heartbeat. A clock that cannot be trusted is journaled, life-safety deadlines fire at once, and the
 * others resume with the time that remained.
 */
import type { EntityKind } from '../domain/kernel/machine.ts';
import { hours, seconds } from '../domain/kernel/time.ts';
import { raiseBriefly } from './alarm-desk.ts';
import {
  JournalError,
  type DeadlineRow,
  type Heartbeat,
  type Journal,
  type JournalReader,
} from './ports/journal.port.ts';
import type { Clock, Ids, Log } from './ports/clock.port.ts';
import { byStation, type Committed, type Work, type Worker } from './work.ts';

const HEARTBEAT_MS = seconds(5);
/** A station that was away longer than this, or less than nothing, does not believe the wall clock. */
const LONGEST_ABSENCE_MS = hours(24);
/** The wall clock may be corrected by this much without a word (NTP slews and small steps). */
const JUMP_MS = seconds(60);
/** Corrections above this are written into the due times, so that a restart reckons with them. */
const REBASE_MS = seconds(1);
/** Storage that failed is tried again after this long. */
const RETRY_MS = seconds(5);

export interface Deadlines {
  /** Reckons with the time away, fires what is due, and begins to beat. */
  readonly start: () => void;
  readonly noteCommit: (committed: Committed) => void;
  readonly stop: () => void;
}

export interface DeadlinesDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly worker: Worker;
  /** How long this one is put off although it is due, milliseconds; `null`: it fires. Asked again when that time is over. */
  readonly putOff: (reader: JournalReader, row: DeadlineRow) => number | null;
}

interface Armed {
  readonly row: DeadlineRow;
  /** On the monotonic clock of this process. */
  readonly dueMonotonicMs: number;
}

const entityKinds: readonly string[] = [
  'alarm',
  'incident',
  'barrier',
  'camera',
  'shift',
  'visit',
] satisfies readonly EntityKind[];
const isEntityKind = (kind: string): kind is EntityKind => entityKinds.includes(kind);

/** What remained of a deadline at the last heartbeat. It may have been set after that, so never more than it was set to. */
const remainingAt = (heartbeat: Heartbeat, row: DeadlineRow): number =>
  Math.max(0, Math.min(row.remainingMs, row.dueAt - heartbeat.wallMs));

const journalJump = (
  work: Work,
  ids: Ids,
  body: { readonly seen: 'restart' | 'running'; readonly byMs: number },
): void => {
  work.record({ type: 'v1.ClockJumped', kind: 'station', entityId: 'station', body });
  raiseBriefly(work, ids, { cause: 'clockJumped', priority: 'low', sourceId: 'station' });
};

export const createDeadlines = ({ journal, clock, ids, log, worker, putOff }: DeadlinesDeps): Deadlines => {
  const armed = new Map<string, Armed>();
  const bootId = ids.next();
  let cancelTimer: (() => void) | null = null;
  let cancelBeat: (() => void) | null = null;
  let lastBeat: { wallMs: number; monotonicMs: number } | null = null;
  let stopped = false;

  const arm = (row: DeadlineRow, remainingMs: number): void => {
    armed.set(row.key, { row, dueMonotonicMs: clock.monotonicMs() + remainingMs });
  };

  const fire = (row: DeadlineRow): void => {
    const { kind, entityId, name, key } = row;
    try {
      if (!isEntityKind(kind)) throw new Error('the kind is not known');
      const laterMs = putOff(journal, row);
      if (laterMs !== null) return arm(row, laterMs);
      worker.commit(byStation, (work) => {
        work.clearDeadline(key);
        const refusal = work.tell(kind, entityId, { type: `deadline.${name}`, at: work.nowMs });
        if (refusal !== null) log.warn('a deadline was refused', { key, refusal: refusal.kind });
      });
    } catch (error) {
      if (error instanceof JournalError) return arm(row, RETRY_MS);
      // One that breaks must not keep the others from firing, nor the station from starting. It stays where it is kept.
      log.error('a deadline broke', { key, problem: error instanceof Error ? error.message : 'unknown' });
    }
  };

  /** One timer at most: what fired may have begun to wait already. */
  const wait = (delayMs: number): void => {
    cancelTimer?.();
    cancelTimer = clock.after(delayMs, run);
  };

  /** Fires what is due, in the order of the due times, and waits for the next. */
  const run = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    for (;;) {
      const nowMs = clock.monotonicMs();
      const next = [...armed.values()].sort((left, right) => left.dueMonotonicMs - right.dueMonotonicMs)[0];
      if (next === undefined || stopped) return;
      if (next.dueMonotonicMs > nowMs) {
        wait(next.dueMonotonicMs - nowMs);
        return;
      }
      armed.delete(next.row.key);
      fire(next.row);
    }
  };

  const rebased = ({ row, dueMonotonicMs }: Armed, nowMs: number, monotonicMs: number): DeadlineRow => {
    const remainingMs = Math.max(0, dueMonotonicMs - monotonicMs);
    return { ...row, dueAt: nowMs + remainingMs, remainingMs };
  };

  /** Writes the heartbeat; a wall clock that went another way than the monotonic one moves the due times with it. */
  const beat = (): void => {
    const wallMs = Math.floor(clock.nowMs());
    const monotonicMs = clock.monotonicMs();
    const deviationMs = lastBeat === null ? 0 : wallMs - lastBeat.wallMs - (monotonicMs - lastBeat.monotonicMs);
    worker.commit(byStation, (work) => {
      work.tx.saveHeartbeat({ wallMs, monotonicMs: Math.floor(monotonicMs), bootId });
      if (Math.abs(deviationMs) > REBASE_MS) {
        for (const one of armed.values()) work.tx.setDeadline(rebased(one, wallMs, monotonicMs));
      }
      if (Math.abs(deviationMs) > JUMP_MS) journalJump(work, ids, { seen: 'running', byMs: Math.round(deviationMs) });
    });
    lastBeat = { wallMs, monotonicMs };
  };

  const keepBeating = (): void => {
    if (stopped) return;
    try {
      beat();
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
    }
    cancelBeat = clock.after(HEARTBEAT_MS, keepBeating);
  };

  const restore = (): void => {
    const heartbeat = journal.heartbeat();
    const rows = journal.deadlines();
    const awayMs = heartbeat === null ? 0 : Math.floor(clock.nowMs()) - heartbeat.wallMs;
    const trusted = awayMs >= 0 && awayMs <= LONGEST_ABSENCE_MS;
    for (const row of rows) {
      const remainedMs = heartbeat === null ? row.remainingMs : remainingAt(heartbeat, row);
      if (trusted) arm(row, Math.max(0, remainedMs - awayMs));
      else arm(row, row.lifeSafety ? 0 : remainedMs);
    }
    if (trusted) return;
    worker.commit(byStation, (work) => {
      const { nowMs } = work;
      for (const one of armed.values()) work.tx.setDeadline(rebased(one, nowMs, clock.monotonicMs()));
      journalJump(work, ids, { seen: 'restart', byMs: awayMs });
    });
  };

  return {
    start: () => {
      restore();
      keepBeating();
      run();
    },
    noteCommit: ({ deadlines }) => {
      if (deadlines.length === 0) return;
      for (const { key, row } of deadlines) {
        if (row === null) armed.delete(key);
        else arm(row, row.remainingMs);
      }
      run();
    },
    stop: () => {
      stopped = true;
      cancelTimer?.();
      cancelBeat?.();
    },
  };
};
