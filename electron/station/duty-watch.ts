/**
 * Holds who is responsible against the roster: the end of the running shift follows the plan, a relief who does not come is called by name,
 * and a gap is told before it is there. Everything is derived anew from what is stored, so that a restart in between loses nothing.
 */
import { dutyAlarms, dutyPicture, type DutyAlarm, type DutyPicture } from '../domain/roster/duty.rules.ts';
import { outranks } from '../domain/alarms/alarm.rules.ts';
import type { AlarmEvent, AlarmPriority } from '../domain/alarms/alarm.types.ts';
import { minutes, seconds } from '../domain/kernel/time.ts';
import type { ShiftEvent } from '../domain/shifts/shift.types.ts';
import { clearAlarm, raiseAlarm } from './alarm-desk.ts';
import { comingRosterOf, holderOf } from './commands/duty.commands.ts';
import { numberOf, objectOf, textOf } from './docs.ts';
import type { Clock, Ids, Log } from './ports/clock.port.ts';
import { JournalError, type Journal, type JournalReader } from './ports/journal.port.ts';
import { POST_ID } from './projections/log.projection.ts';
import { byStation, type Committed, type Work, type Worker } from './work.ts';

/** Minutes are what people see. */
const LOOK_MS = seconds(20);
/** A shift without a plan ends 8 h after the takeover was begun or accepted: nobody is told of the minutes between. */
const SAME_END_MS = minutes(10);
/** A gap ahead is told once the roster has been left alone for so long: a plan is made shift by shift. */
const PLANNING_MS = minutes(10);

export interface DutyWatch {
  readonly start: () => void;
  readonly noteCommit: (committed: Committed) => void;
  readonly stop: () => void;
}

export interface DutyWatchDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly worker: Worker;
}

/** What the duty depends on. */
const concerns = ({ facts }: Committed): boolean =>
  facts.some(
    ({ kind, type }) =>
      kind === 'rosterEntry' || kind === 'person' || (kind === 'shift' && type !== 'v1.ShiftEndChanged'),
  );

const pictureOf = (reader: Pick<JournalReader, 'row' | 'rows'>, nowMs: number): DutyPicture =>
  dutyPicture(comingRosterOf(reader), holderOf(reader), nowMs);

/** The end that the running shift should have instead of the one it has, or `null`. */
const otherEnd = (reader: Pick<JournalReader, 'row'>, { untilMs, byRoster }: DutyPicture): number | null => {
  const untilNow = numberOf(objectOf(reader.row('shift', POST_ID), 'responsible'), 'until');
  if (untilNow === null || untilMs === null || untilMs === untilNow) return null;
  return byRoster || Math.abs(untilMs - untilNow) > SAME_END_MS ? untilMs : null;
};

interface Open {
  readonly cause: DutyAlarm['cause'];
  readonly sourceId: string;
  readonly alarmId: string;
  readonly priority: AlarmPriority;
  readonly active: boolean;
}

const priorities: readonly AlarmPriority[] = ['life', 'high', 'medium', 'low'];
const priorityOf = (stored: unknown): AlarmPriority => priorities.find((priority) => priority === stored) ?? 'low';

const openDutyAlarms = (reader: Pick<JournalReader, 'rows'>): readonly Open[] =>
  reader.rows('alarms').flatMap(({ key, doc }) => {
    const cause = textOf(doc, 'cause');
    if (cause !== 'reliefMissing' && cause !== 'rosterGap') return [];
    const sourceId = textOf(doc, 'sourceId') ?? '';
    return [{ cause, sourceId, alarmId: key, priority: priorityOf(doc['priority']), active: doc['active'] === true }];
  });

const isAbout = (open: Open, { cause, sourceId }: DutyAlarm): boolean =>
  open.cause === cause && open.sourceId === sourceId;

const rise = (work: Work, alarmId: string, priority: AlarmPriority): void => {
  const event: AlarmEvent = { type: 'rise', at: work.nowMs, priority };
  work.tell('alarm', alarmId, event);
};

export const createDutyWatch = ({ journal, clock, ids, log, worker }: DutyWatchDeps): DutyWatch => {
  let cancel: (() => void) | null = null;
  let stopped = false;
  /** When the roster was last changed, on the monotonic clock; a station that starts has seen no change. */
  let plannedAtMs: number | null = null;

  const isBeingPlanned = (): boolean => plannedAtMs !== null && clock.monotonicMs() - plannedAtMs < PLANNING_MS;

  /** Everything that is not yet as the roster asks, as deeds of one transaction. */
  const deedsAt = (nowMs: number): readonly ((work: Work) => void)[] => {
    const picture = pictureOf(journal, nowMs);
    const wanted = dutyAlarms(picture, nowMs);
    const open = openDutyAlarms(journal);
    const untilMs = otherEnd(journal, picture);
    const follow = (work: Work): void => {
      const event: ShiftEvent = { type: 'extend', at: work.nowMs, untilMs: untilMs ?? 0 };
      const refusal = work.tell('shift', POST_ID, event);
      if (refusal !== null) log.info('a shift does not end as the roster says', { refusal: refusal.kind });
    };
    return [
      ...(untilMs === null ? [] : [follow]),
      ...open
        .filter((alarm) => alarm.active && !wanted.some((one) => isAbout(alarm, one)))
        .map(
          ({ cause, sourceId }) =>
            (work: Work) =>
              clearAlarm(work, cause, sourceId),
        ),
      ...wanted.flatMap((one) => {
        const there = open.find((alarm) => isAbout(alarm, one));
        if (there?.active !== true) {
          // Nor is anybody missed at a post that nobody has, for hours that were planned only now.
          const early = isBeingPlanned() && (one.priority === 'low' || picture.untilMs === null);
          return early ? [] : [(work: Work) => void raiseAlarm(work, ids, one)];
        }
        if (!outranks(one.priority, there.priority)) return [];
        return [(work: Work) => rise(work, there.alarmId, one.priority)];
      }),
    ];
  };

  const look = (): void => {
    if (stopped) return;
    try {
      const deeds = deedsAt(Math.floor(clock.nowMs()));
      if (deeds.length > 0) {
        worker.commit(byStation, (work) => {
          for (const deed of deeds) deed(work);
        });
      }
    } catch (error) {
      // Looked at again soon; that storage takes nothing is shown already.
      if (!(error instanceof JournalError)) throw error;
      log.error('the duty could not be held against the roster', { fault: error.fault.kind });
    }
  };

  const keepLooking = (): void => {
    if (stopped) return;
    look();
    cancel = clock.after(LOOK_MS, keepLooking);
  };

  return {
    start: keepLooking,
    noteCommit: (committed) => {
      if (committed.facts.some(({ kind }) => kind === 'rosterEntry')) plannedAtMs = clock.monotonicMs();
      if (concerns(committed)) look();
    },
    stop: () => {
      stopped = true;
      cancel?.();
    },
  };
};
