/** How wrong PINs and codes are answered: ever more slowly where they are tried, with an alarm when they are many, and never at another seat. */
import { seconds } from '../../domain/kernel/time.ts';
import { byStation, type Worker } from '../core/work.ts';
import { raiseAlarm } from '../parts/alarm-desk.ts';
import { openAlarmOf } from '../parts/open-alarms.ts';
import { sessionRows } from '../parts/rows.ts';
import type { Clock, Ids } from '../ports/clock.port.ts';
import type { Journal } from '../ports/journal.port.ts';

/** Wrong tries that cost nothing: fingers slip. */
const FREE_FAILURES = 2;
const LONGEST_WAIT_MS = seconds(60);
/** From this many wrong PINs of one person in a row on, each is in the journal. */
const JOURNALED_FAILURES = 5;
/** So many for one person in a row, or so many at the station within an hour, are no slips of fingers. */
const MANY_FOR_ONE = 10;
const MANY_IN_AN_HOUR = 12;
const HOUR_MS = seconds(3600);
/** Guesses from so many seats come from seats that are made up for it: a community has fewer. */
const MANY_SEATS = 4;
/** While somebody guesses from ever new seats, a seat where nobody was ever signed in gets one look at a PIN in this time, all such seats together. */
const STRANGERS_MS = seconds(2);
/** A seat can be made up as often as somebody likes: so many are remembered, the oldest are forgotten first. */
const REMEMBERED = 1000;

/** How long to wait after this many wrong tries in a row, milliseconds: 0, 0, 2 s, 4 s, 8 s … 60 s. */
export const waitAfterFailures = (failures: number): number =>
  failures <= FREE_FAILURES ? 0 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (failures - FREE_FAILURES));

export interface PinGuard {
  /**
   * Counts a try of `subject` (a person's id, or `recovery`) before it is looked at, so that many at once are many. Answers how long this seat
   * has to wait, milliseconds, or 0.
   */
  readonly begin: (seat: string, subject: string) => number;
  readonly right: (seat: string, subject: string) => void;
  /** `personId` is `null` where there is no such person. */
  readonly wrong: (seat: string, personId: string | null) => void;
}

export interface PinGuardDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly worker: Worker;
}

interface Tries {
  readonly failures: number;
  /** On the monotonic clock. */
  readonly openAtMs: number;
}

const remember = <T>(map: Map<string, T>, key: string, value: T): void => {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= REMEMBERED) return;
    map.delete(oldest);
  }
};

/** What is tried at one seat is counted there; what is wrong is counted for the person and for the station, and only sounds the alarm. */
export const createPinGuard = ({ journal, clock, ids, worker }: PinGuardDeps): PinGuard => {
  /** By seat and subject. */
  const tries = new Map<string, Tries>();
  /** Wrong PINs in a row, by person, wherever they were tried. */
  const inARow = new Map<string, number>();
  const knownSeats = new Map<string, true>();
  let lately: readonly { readonly atMs: number; readonly seat: string }[] = [];
  let strangersOpenAtMs = 0;

  const keyOf = (seat: string, subject: string): string => `${seat} ${subject}`;
  const isKnown = (seat: string): boolean =>
    knownSeats.has(seat) || sessionRows.all(journal).some((row) => row.seat === seat);
  const isAlarmed = (): boolean => openAlarmOf(journal, 'pinGuessing', 'station') !== null;
  const areStrangersSlow = (): boolean => new Set(lately.map(({ seat }) => seat)).size >= MANY_SEATS && isAlarmed();

  return {
    begin: (seat, subject) => {
      const nowMs = clock.monotonicMs();
      const key = keyOf(seat, subject);
      const state = tries.get(key) ?? { failures: 0, openAtMs: 0 };
      if (state.openAtMs > nowMs) return Math.ceil(state.openAtMs - nowMs);
      if (areStrangersSlow() && !isKnown(seat)) {
        if (strangersOpenAtMs > nowMs) return Math.ceil(strangersOpenAtMs - nowMs);
        strangersOpenAtMs = nowMs + STRANGERS_MS;
      }
      const failures = state.failures + 1;
      remember(tries, key, { failures, openAtMs: nowMs + waitAfterFailures(failures) });
      return 0;
    },
    right: (seat, subject) => {
      tries.delete(keyOf(seat, subject));
      inARow.delete(subject);
      remember(knownSeats, seat, true);
    },
    wrong: (seat, personId) => {
      const nowMs = clock.monotonicMs();
      lately = [...lately.filter(({ atMs }) => nowMs - atMs < HOUR_MS), { atMs: nowMs, seat }].slice(-MANY_IN_AN_HOUR);
      const failures = personId === null ? 0 : (inARow.get(personId) ?? 0) + 1;
      if (personId !== null) remember(inARow, personId, failures);
      const isMany = failures >= MANY_FOR_ONE || lately.length >= MANY_IN_AN_HOUR;
      // Said once, and again after as many more: each single one stands in the log already.
      const isAlarm = isMany && (!isAlarmed() || failures % MANY_FOR_ONE === 0);
      if (failures < JOURNALED_FAILURES && !isAlarm) return;
      worker.commit({ ...byStation, seat }, (work) => {
        if (personId !== null && failures >= JOURNALED_FAILURES)
          work.record({ type: 'v1.SignInFailed', kind: 'session', entityId: personId, body: { failures } });
        if (isAlarm)
          raiseAlarm(work, ids, { cause: 'pinGuessing', priority: 'medium', sourceId: 'station', endsWithNote: true });
      });
    },
  };
};
