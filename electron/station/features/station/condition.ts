/** How the station itself is: disk, journal, clock, sound. */
import type { z } from 'zod';
import type { VerificationView } from '../../../contract/station/station.views.ts';
import type { station } from '../../../contract/station/station.contract.ts';
import { hours, minutes } from '../../../domain/kernel/time.ts';
import type { StationDeps } from '../../core/station-deps.ts';
import { byStation, type Committed, type Work, type Worker } from '../../core/work.ts';
import { clearAlarm, raiseAlarm, type AlarmAbout } from '../../parts/alarm-desk.ts';
import { openAlarmOf } from '../../parts/open-alarms.ts';
import { isEmpty } from '../../parts/people-rows.ts';
import { JournalError } from '../../ports/journal.port.ts';

/** Below this there is no room for a night of entries and video beside it; bytes. */
const DISK_LOW_BYTES = 500_000_000;
/** The alarm ends only well above, so that it does not come and go. */
const DISK_ENOUGH_BYTES = 600_000_000;
/** How long seats say that the station was started again: until whoever was away for a moment has seen it. */
const SAY_AGAIN_MS = minutes(30);
const CHECK_MS = minutes(1);
const VERIFY_MS = hours(24);

export interface Condition {
  readonly start: () => void;
  readonly noteCommit: (committed: Committed) => void;
  /** Reads the whole chain now. Rejects when it cannot be read at all. */
  readonly verify: () => Promise<VerificationView>;
  readonly health: () => Omit<z.infer<z.ZodObject<typeof station.health>>, 'preparing'>;
  /** Seals the head for the last time. */
  readonly stop: () => void;
}

export interface ConditionDeps extends Pick<StationDeps, 'journal' | 'clock' | 'ids' | 'log' | 'startedAgain'> {
  readonly worker: Worker;
}

export const createCondition = (deps: ConditionDeps): Condition => {
  const { journal, clock, ids, log, worker, startedAgain } = deps;
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

  const toggle = (on: boolean, about: AlarmAbout): void => {
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
      if (isEmpty(journal)) return;
      toggle(diskLow, { cause: 'diskLow', priority: 'low', sourceId: 'station' });
    });
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
    },
    noteCommit: ({ facts }) => {
      if (facts.some(({ type }) => type === 'v1.ShiftTakenOver')) seal();
    },
    verify,
    health: () => ({
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
      seal();
    },
  };
};
