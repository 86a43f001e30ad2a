/**
 * Holds who is responsible against the roster, post by post: the end of the running shift follows the plan, a relief who does not come is called by name,
 * and a gap is told before it is there. Everything is derived anew from what is stored, so that a restart in between loses nothing.
 */
import { alarm as alarmMachine } from '../../../domain/alarms/alarm.machine.ts';
import { outranks } from '../../../domain/alarms/alarm.rules.ts';
import { minutes, seconds } from '../../../domain/kernel/time.ts';
import type { PostId } from '../../../domain/posts/post.ts';
import {
  dutyAlarms,
  dutyPicture,
  dutySourceOf,
  type DutyAlarm,
  type DutyPicture,
} from '../../../domain/roster/duty.rules.ts';
import { shift } from '../../../domain/shifts/shift.ts';
import type { RowReader } from '../../core/table.ts';
import { byStation, type Committed, type Work, type Worker } from '../../core/work.ts';
import { clearAlarm, raiseAlarm } from '../../parts/alarm-desk.ts';
import { comingRosterOf, holderOf, postOfEntry } from '../../parts/duty-rows.ts';
import { alarmRows, shiftRows, type AlarmRow } from '../../parts/rows.ts';
import { JournalError } from '../../ports/journal.port.ts';
import type { StationDeps } from '../../core/station-deps.ts';

/** Minutes are what people see. */
const LOOK_MS = seconds(20);
/** A shift without a plan ends 8 h after the takeover was begun or accepted: nobody is told of the minutes between. */
const SAME_END_MS = minutes(10);
/** A gap ahead is told once the roster has been left alone for so long: a plan is made shift by shift. */
const PLANNING_MS = minutes(10);

export interface DutyWatch {
  readonly start: () => void;
  readonly keepCommit: (committed: Committed) => void;
  readonly noteCommit: (committed: Committed) => void;
  readonly stop: () => void;
}

export interface DutyWatchDeps extends Pick<StationDeps, 'journal' | 'clock' | 'ids' | 'log'> {
  readonly worker: Worker;
}

/** What the duty depends on. */
const concerns = ({ facts }: Committed): boolean =>
  facts.some(
    ({ kind, type }) =>
      kind === 'rosterEntry' || kind === 'person' || (kind === 'shift' && type !== 'v1.ShiftEndChanged'),
  );

const pictureOf = (rows: RowReader, post: PostId, nowMs: number): DutyPicture =>
  dutyPicture(comingRosterOf(rows, post), holderOf(rows, post), nowMs);

/** The end that the running shift of a post should have instead of the one it has, or `null`. */
const otherEnd = (rows: Pick<RowReader, 'row'>, post: PostId, { untilMs, byRoster }: DutyPicture): number | null => {
  const untilNow = shiftRows.get(rows, post)?.responsible?.until ?? null;
  if (untilNow === null || untilMs === null || untilMs === untilNow) return null;
  return byRoster || Math.abs(untilMs - untilNow) > SAME_END_MS ? untilMs : null;
};

type Open = AlarmRow & { readonly cause: DutyAlarm['cause'] };

const isAboutDuty = (alarm: AlarmRow): alarm is Open => alarm.cause === 'reliefMissing' || alarm.cause === 'rosterGap';

const openDutyAlarms = (rows: Pick<RowReader, 'rows'>, post: PostId): readonly Open[] =>
  alarmRows
    .all(rows)
    .filter(isAboutDuty)
    .filter(({ sourceId }) => dutySourceOf(sourceId).postId === post);

const isAbout = (open: Open, { cause, sourceId }: DutyAlarm): boolean =>
  open.cause === cause && open.sourceId === sourceId;

export const createDutyWatch = ({ journal, clock, ids, log, worker }: DutyWatchDeps): DutyWatch => {
  let cancel: (() => void) | null = null;
  let stopped = false;
  /** When each post's roster was last changed, on the monotonic clock; a station that starts has seen no change. */
  const plannedAtMs = new Map<PostId, number>();

  const isBeingPlanned = (post: PostId): boolean =>
    clock.monotonicMs() - (plannedAtMs.get(post) ?? -Infinity) < PLANNING_MS;

  /** Everything at a post that is not yet as its roster asks, as deeds of one transaction. */
  const deedsAt = (post: PostId, nowMs: number): readonly ((work: Work) => void)[] => {
    const picture = pictureOf(journal, post, nowMs);
    const wanted = dutyAlarms(post, picture, nowMs);
    const open = openDutyAlarms(journal, post);
    const untilMs = otherEnd(journal, post, picture);
    const follow = (work: Work): void => {
      const refusal = work.tell(shift, post, { type: 'extend', at: work.nowMs, untilMs: untilMs ?? 0 });
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
          const early = isBeingPlanned(post) && (one.priority === 'low' || picture.untilMs === null);
          return early ? [] : [(work: Work) => void raiseAlarm(work, ids, one)];
        }
        if (!outranks(one.priority, there.priority)) return [];
        const { priority } = one;
        return [
          (work: Work) => void work.tell(alarmMachine, there.alarmId, { type: 'rise', at: work.nowMs, priority }),
        ];
      }),
    ];
  };

  const look = (): void => {
    if (stopped) return;
    try {
      const nowMs = Math.floor(clock.nowMs());
      const deeds = shiftRows.all(journal).flatMap(({ postId }) => deedsAt(postId, nowMs));
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
    keepCommit: ({ facts }) => {
      for (const { kind, body } of facts)
        if (kind === 'rosterEntry') plannedAtMs.set(postOfEntry(body), clock.monotonicMs());
    },
    noteCommit: (committed) => {
      if (concerns(committed)) look();
    },
    stop: () => {
      stopped = true;
      cancel?.();
    },
  };
};
