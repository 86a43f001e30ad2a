/** How the station itself is: disk, journal, clock, sound. */
import type { StationHealth, VerificationView } from '../contract/messages.schema.ts';
import { hours, minutes, seconds } from '../domain/kernel/time.ts';
import { clearAlarm, raiseAlarm } from './alarm-desk.ts';
import { KEEP_ANSWERS_MS } from './inbox.ts';
import { openAlarmOf } from './open-alarms.ts';
import type { Clock, Ids, Log } from './ports/clock.port.ts';
import type { SounderPort } from './ports/devices.port.ts';
import { JournalError, type Journal } from './ports/journal.port.ts';
import { byStation, type Committed, type Work, type Worker } from './work.ts';

/** Below this there is no room for a night of entries and video beside it; bytes. */
const DISK_LOW_BYTES = 500_000_000;
/** The alarm ends only well above, so that it does not come and go. */
const DISK_ENOUGH_BYTES = 600_000_000;
/** How long seats say that the station was started again: until whoever was away for a moment has seen it. */
const SAY_AGAIN_MS = minutes(30);
const CHECK_MS = minutes(1);
const VERIFY_MS = hours(24);
const PRUNE_MS = hours(24);
const ANSWERS_AT_A_TIME = 2000;
const NEXT_PRUNE_MS = seconds(1);

export interface Condition {
  readonly start: () => void;
  readonly noteCommit: (committed: Committed) => void;
  /** Reads the whole chain now. Rejects when it cannot be read at all. */
  readonly verify: () => Promise<VerificationView>;
  readonly health: () => Omit<StationHealth, 'seats' | 'seatsWithoutSound' | 'receiver' | 'demo'>;
  /** Seals the head for the last time. */
  readonly stop: () => void;
}

export interface ConditionDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly worker: Worker;
  readonly sounder: SounderPort;
  readonly startedAgain: 'noAnswer' | 'ended' | null;
}

export const createCondition = ({
  journal,
  clock,
  ids,
  log,
  worker,
  sounder,
  startedAgain,
}: ConditionDeps): Condition => {
  const startedAt = { nowMs: Math.floor(clock.nowMs()), monotonicMs: clock.monotonicMs() };
  let verified: {
    readonly state: 'notVerified' | 'verified' | 'broken';
    readonly atMs: number | null;
    readonly seq: number | null;
  } = {
    state: 'notVerified',
    atMs: null,
    seq: null,
  };
  let running: Promise<VerificationView> | null = null;
  let diskLow = false;
  let cancelCheck: (() => void) | null = null;
  let cancelVerify: (() => void) | null = null;
  let cancelPrune: (() => void) | null = null;
  let stopped = false;

  /** Storage failures show in the health already; the rest is a defect. */
  const attempt = (what: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      log.error(what, { fault: error.fault.kind });
    }
  };

  const seal = (): void =>
    attempt('the head of the journal was not sealed', () => journal.sealHead(Math.floor(clock.nowMs())));

  const toggle = (on: boolean, about: Parameters<typeof raiseAlarm>[2]): void => {
    const open = openAlarmOf(journal, about.cause, about.sourceId) !== null;
    const work = (work: Work): void => {
      if (on) raiseAlarm(work, ids, about);
      else clearAlarm(work, about.cause, about.sourceId);
    };
    if (on !== open) worker.commit(byStation, work);
  };

  const checkDisk = (): void => {
    const free = journal.freeBytes();
    if (free === null) return;
    diskLow = free < (diskLow ? DISK_ENOUGH_BYTES : DISK_LOW_BYTES);
    attempt('the disk could not be reported', () => {
      if (journal.row('community', 'community') === null) return;
      toggle(diskLow, { cause: 'diskLow', priority: 'low', sourceId: 'station' });
    });
  };

  /** Answers that nobody can ask for any more, some at a time so that no command waits for it. */
  const keepPruning = (): void => {
    if (stopped) return;
    let pruned = 0;
    attempt('old answers were not removed', () => {
      pruned = worker.commit(byStation, ({ tx, nowMs }) => tx.pruneAnswers(nowMs - KEEP_ANSWERS_MS, ANSWERS_AT_A_TIME));
    });
    cancelPrune = clock.after(pruned < ANSWERS_AT_A_TIME ? PRUNE_MS : NEXT_PRUNE_MS, keepPruning);
  };

  /** One at a time: whoever asks meanwhile gets the same verdict. */
  const verify = (): Promise<VerificationView> => {
    running ??= verifyNow().finally(() => {
      running = null;
    });
    return running;
  };

  const verifyNow = async (): Promise<VerificationView> => {
    const result = await journal.verify();
    const verifiedAt = Math.floor(clock.nowMs());
    verified = { state: result.ok ? 'verified' : 'broken', atMs: verifiedAt, seq: result.lastSeq };
    if (!stopped) {
      attempt('a broken journal could not be reported', () =>
        toggle(!result.ok, { cause: 'journalBroken', priority: 'high', sourceId: 'station' }),
      );
    }
    return {
      ok: result.ok,
      lastSeq: result.lastSeq,
      firstBadSeq: result.ok ? null : result.firstBadSeq,
      problem: result.ok ? null : result.problem,
      verifiedAt,
    };
  };

  const keepVerifying = (): void => {
    if (stopped) return;
    verify().catch((error: unknown) => {
      log.error('the journal could not be verified', { problem: error instanceof Error ? error.message : 'unknown' });
    });
    cancelVerify = clock.after(VERIFY_MS, keepVerifying);
  };

  const keepChecking = (): void => {
    if (stopped) return;
    checkDisk();
    seal();
    cancelCheck = clock.after(CHECK_MS, keepChecking);
  };

  return {
    start: () => {
      keepChecking();
      keepVerifying();
      keepPruning();
    },
    noteCommit: ({ facts }) => {
      if (facts.some(({ type }) => type === 'v1.ShiftTakenOver')) seal();
    },
    verify,
    health: () => ({
      sounder: sounder.state(),
      journal: verified.state,
      journalCheckedAt: verified.atMs,
      journalCheckedSeq: verified.seq,
      storage: worker.storage() === 'failed' ? 'failed' : diskLow ? 'low' : 'ok',
      clock: openAlarmOf(journal, 'clockJumped', 'station') === null ? 'ok' : 'jumped',
      startedAgain:
        startedAgain === null || clock.monotonicMs() - startedAt.monotonicMs > SAY_AGAIN_MS
          ? null
          : { because: startedAgain, at: startedAt.nowMs },
    }),
    stop: () => {
      stopped = true;
      cancelCheck?.();
      cancelVerify?.();
      cancelPrune?.();
      seal();
    },
  };
};
