/**
 * Deadlines are data. The journal holds when each is due; running, the monotonic clock decides; after a restart the elapsed time is the wall
 * clock's difference since the last heartbeat. A clock that cannot be trusted is journaled, life-safety deadlines fire at once, and the
 * others resume with the time that remained.
 *
 * Nearly all of them are stretches of time: a clock that is set moves what is said of them, and not them. The end of a shift is the other
 * kind, an appointment by the clock on the wall: it is kept at its hour, and the time until then changes.
 */
import type { DomainMachine } from '../../domain/kernel/machine.ts';
import { createDueQueue } from '../../domain/kernel/due-queue.ts';
import { hours, seconds } from '../../domain/kernel/time.ts';
import { JournalError, type DeadlineRow, type Heartbeat, type Journal } from '../ports/journal.port.ts';
import type { Clock, Ids, Log } from '../ports/clock.port.ts';
import type { DueAt } from './collection.ts';
import type { RowReader } from './table.ts';
import { byStation, deadlineKey, type Committed, type CoreWorker, type Work } from './work.ts';

const HEARTBEAT_MS = seconds(5);
/** How often the two clocks are compared: seats are told a due time that has moved before anybody reads the old one twice. */
const COMPARE_MS = seconds(1);
/** A station that was away longer than this, or less than nothing, does not believe the wall clock. */
const LONGEST_ABSENCE_MS = hours(24);
/** The wall clock may be corrected by this much without a word (NTP slews and small steps). */
const JUMP_MS = seconds(60);
/** Corrections above this are written into the due times, so that a restart reckons with them. */
const REBASE_MS = seconds(1);
/** Storage that failed is tried again after this long. */
const RETRY_MS = seconds(5);

export interface Deadlines {
  /** Reckons with the time away, fires what is due, and begins to beat. Throws `UnownedDeadlineError`. */
  readonly start: () => void;
  /** Keeps what the commit set and cleared, at once: none that was cleared fires any more. */
  readonly keep: (committed: Committed) => void;
  /** Fires what is due by now, and waits for the next. */
  readonly noteCommit: (committed: Committed) => void;
  /** When it will fire, by the wall clock as it goes now, UTC milliseconds; `null` where nothing of that name is waited for. */
  readonly dueAt: DueAt;
  readonly stop: () => void;
}

export interface DeadlinesDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly worker: CoreWorker;
  /** Whose deadlines these are. One of another kind stops the start. */
  readonly machines: readonly DomainMachine[];
  /** How long this one is put off although it is due, milliseconds; `null`: it fires. Asked again when that time is over. */
  readonly putOff: (rows: RowReader, row: DeadlineRow) => number | null;
  /** The clock jumped: said in the transaction that writes the new due times. */
  readonly onJump: (work: Work, jump: Jump) => void;
  /** The wall clock was set, and with it what `dueAt` says of many. */
  readonly onMoved: () => void;
}

interface Armed {
  /** As it is kept: its `dueAt` is what seats are told. */
  readonly row: DeadlineRow;
  /** On the monotonic clock of this process. */
  readonly dueMonotonicMs: number;
}

/** How a clock that cannot be trusted was noticed, and by how much it was wrong; milliseconds. */
export type Jump = { readonly seen: 'restart' | 'running'; readonly byMs: number };

/** The journal holds a deadline that nobody would ever be told of. */
export class UnownedDeadlineError extends Error {
  readonly key: string;
  constructor(key: string) {
    super(`nobody owns the deadline ${key}: this program lacks the feature that set it`);
    this.name = 'UnownedDeadlineError';
    this.key = key;
  }
}

const unowned = (key: string): never => {
  throw new UnownedDeadlineError(key);
};

/** What remained of a deadline at the last heartbeat. It may have been set after that, so never more than it was set to. */
const remainingAt = (heartbeat: Heartbeat, row: DeadlineRow): number =>
  Math.max(0, Math.min(row.remainingMs, row.dueAt - heartbeat.wallMs));

/** The deadline as the clocks stand now: an appointment keeps its hour, everything else its length. */
const rebased = ({ row, dueMonotonicMs }: Armed, isAppointment: boolean, nowMs: number, monotonicMs: number): Armed => {
  const remainingMs = Math.max(0, isAppointment ? row.dueAt - nowMs : dueMonotonicMs - monotonicMs);
  const dueAt = isAppointment ? row.dueAt : Math.round(nowMs + remainingMs);
  return { row: { ...row, dueAt, remainingMs }, dueMonotonicMs: monotonicMs + remainingMs };
};

/** What is armed of what was waited for, after a time away; `jump`: that time is not believed. */
const armedAfter = (
  journal: Journal,
  nowMs: number,
): { readonly rows: readonly (readonly [DeadlineRow, remainingMs: number])[]; readonly jump: Jump | null } => {
  const heartbeat = journal.heartbeat();
  const awayMs = heartbeat === null ? 0 : nowMs - heartbeat.wallMs;
  const trusted = awayMs >= 0 && awayMs <= LONGEST_ABSENCE_MS;
  const rows = journal.deadlines().map((row) => {
    const remainedMs = heartbeat === null ? row.remainingMs : remainingAt(heartbeat, row);
    if (trusted) return [row, Math.max(0, remainedMs - awayMs)] as const;
    return [row, row.lifeSafety ? 0 : remainedMs] as const;
  });
  return { rows, jump: trusted ? null : { seen: 'restart', byMs: awayMs } };
};

export const createDeadlines = (deps: DeadlinesDeps): Deadlines => {
  const { journal, clock, ids, log, worker, machines, putOff, onJump, onMoved } = deps;
  const machineOf = ({ kind, key }: DeadlineRow) => machines.find((one) => one.kind === kind) ?? unowned(key);
  /** Due at an hour by the clock on the wall, and not after a stretch of time. */
  const isAppointment = (row: DeadlineRow): boolean => machineOf(row).appointments.includes(row.name);
  const armed = createDueQueue<Armed>();
  const bootId = ids.next();
  let cancelTimer: (() => void) | null = null;
  let cancelBeat: (() => void) | null = null;
  /** When the heartbeat was last tried, on the monotonic clock. */
  let triedMs: number | null = null;
  /** A clock that was not believed at the start and is not in the journal yet. */
  let unsaid: Jump | null = null;
  /** By how much the wall clock was ahead of the monotonic one when the due times were last written. */
  let writtenAheadMs: number | null = null;
  let stopped = false;

  const arm = (row: DeadlineRow, remainingMs: number): void => {
    const dueMonotonicMs = clock.monotonicMs() + remainingMs;
    armed.set(row.key, dueMonotonicMs, { row, dueMonotonicMs });
  };

  const fire = (row: DeadlineRow): void => {
    const { entityId, name, key } = row;
    try {
      const machine = machineOf(row);
      const laterMs = putOff(journal, row);
      if (laterMs !== null) return arm(row, laterMs);
      worker.commit(byStation, (work) => {
        work.clearDeadline(key);
        const refusal = work.tell(machine, entityId, { type: `deadline.${name}`, at: work.nowMs });
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
      const next = armed.next()?.value ?? null;
      if (next === null || stopped) return;
      if (next.dueMonotonicMs > nowMs) {
        wait(next.dueMonotonicMs - nowMs);
        return;
      }
      armed.delete(next.row.key);
      fire(next.row);
    }
  };

  /** Writes the heartbeat, and with `moved` every due time as it is now. */
  const beat = (moved: boolean, jump: Jump | null): void => {
    const wallMs = Math.floor(clock.nowMs());
    const monotonicMs = clock.monotonicMs();
    triedMs = monotonicMs;
    const changes = moved
      ? armed
          .values()
          .map((before) => ({ before, after: rebased(before, isAppointment(before.row), wallMs, monotonicMs) }))
      : [];
    worker.commit(byStation, (work) => {
      work.tx.saveHeartbeat({ wallMs, monotonicMs: Math.floor(monotonicMs), bootId });
      for (const { after } of changes) work.tx.setDeadline(after.row);
      if (jump !== null) onJump(work, jump);
    });
    unsaid = null;
    if (!moved) return;
    writtenAheadMs = wallMs - monotonicMs;
    // Who heard of the commit may have set or cleared one meanwhile.
    for (const { before, after } of changes)
      if (armed.get(after.row.key) === before) armed.set(after.row.key, after.dueMonotonicMs, after);
    onMoved();
    run();
  };

  /** A wall clock that goes another way than the monotonic one moves the due times with it, at once or little by little. */
  const compare = (): void => {
    const monotonicMs = clock.monotonicMs();
    const driftMs = writtenAheadMs === null ? 0 : Math.floor(clock.nowMs()) - monotonicMs - writtenAheadMs;
    const moved = writtenAheadMs === null || Math.abs(driftMs) > REBASE_MS;
    if (!moved && triedMs !== null && monotonicMs - triedMs < HEARTBEAT_MS) return;
    const jumped: Jump | null = Math.abs(driftMs) > JUMP_MS ? { seen: 'running', byMs: Math.round(driftMs) } : null;
    beat(moved, unsaid ?? jumped);
  };

  const keepComparing = (): void => {
    if (stopped) return;
    try {
      compare();
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
    }
    cancelBeat = clock.after(COMPARE_MS, keepComparing);
  };

  return {
    start: () => {
      // The first heartbeat writes down what is armed: what seats read is what will be.
      const { rows, jump } = armedAfter(journal, Math.floor(clock.nowMs()));
      for (const [row, remainingMs] of rows) {
        machineOf(row);
        arm(row, remainingMs);
      }
      unsaid = jump;
      keepComparing();
      run();
    },
    keep: ({ deadlines }) => {
      for (const { key, row } of deadlines) {
        if (row === null) armed.delete(key);
        else arm(row, row.remainingMs);
      }
    },
    noteCommit: ({ deadlines }) => {
      if (deadlines.length > 0) run();
    },
    dueAt: (kind, entityId, name) => armed.get(deadlineKey(kind, entityId, name))?.row.dueAt ?? null,
    stop: () => {
      stopped = true;
      cancelTimer?.();
      cancelBeat?.();
    },
  };
};
