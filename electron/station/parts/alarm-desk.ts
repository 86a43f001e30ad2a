/** Raising and clearing alarms: one open alarm at most per cause and source. */
import { alarm } from '../../domain/alarms/alarm.machine.ts';
import type { AlarmCause, AlarmPriority } from '../../domain/alarms/alarm.types.ts';
import type { Work } from '../core/work.ts';
import type { Ids } from '../ports/clock.port.ts';
import { openAlarmOf } from './open-alarms.ts';

export interface AlarmAbout {
  readonly cause: AlarmCause;
  readonly priority: AlarmPriority;
  readonly sourceId: string;
  /** Where set, an incident leads through this alarm. */
  readonly withIncident?: boolean;
  /** Where set, nothing will report the end of it: a person's note ends it. */
  readonly endsWithNote?: boolean;
  /** What exactly was reported. */
  readonly details?: readonly string[];
  /** How many reports this stands for; 1 unless given. */
  readonly times?: number;
}

const takenOrDefect = (refusal: { readonly kind: string } | null): void => {
  if (refusal !== null) throw new Error(`an alarm did not take what it must take: ${refusal.kind}`);
};

/** Raises the alarm, or reports its cause again where it is open. Returns its id. */
export const raiseAlarm = (work: Work, ids: Ids, asked: AlarmAbout): string => {
  const { cause, priority, sourceId, withIncident = false, endsWithNote = false, details = [], times = 1 } = asked;
  const at = work.nowMs;
  const open = openAlarmOf(work.read, cause, sourceId);
  if (open !== null) {
    takenOrDefect(work.tell(alarm, open, { type: 'repeat', at, times, details }));
    takenOrDefect(work.tell(alarm, open, { type: 'rise', at, priority }));
    return open;
  }
  const alarmId = ids.next();
  const incidentId = withIncident ? ids.next() : null;
  const about = { cause, priority, sourceId, incidentId, endsWithNote, details };
  takenOrDefect(work.tell(alarm, alarmId, { type: 'raise', at, alarmId, ...about }));
  return alarmId;
};

/** The cause has gone: clears its open alarm, where there is one. */
export const clearAlarm = (work: Work, cause: AlarmCause, sourceId: string): void => {
  const open = openAlarmOf(work.read, cause, sourceId);
  if (open !== null) takenOrDefect(work.tell(alarm, open, { type: 'clear', at: work.nowMs }));
};

/** What is over as soon as it happened, and still wants a person to take note. */
export const raiseBriefly = (work: Work, ids: Ids, about: AlarmAbout): void => {
  raiseAlarm(work, ids, about);
  clearAlarm(work, about.cause, about.sourceId);
};
