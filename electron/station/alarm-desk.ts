/** Raising and clearing alarms: one open alarm at most per cause and source. */
import type { AlarmCause, AlarmPriority } from '../domain/alarms/alarm.types.ts';
import { textOf } from './docs.ts';
import type { Ids } from './ports/clock.port.ts';
import type { JournalReader } from './ports/journal.port.ts';
import type { Work } from './work.ts';

export interface AlarmAbout {
  readonly cause: AlarmCause;
  readonly priority: AlarmPriority;
  readonly sourceId: string;
  /** Where set, an incident leads through this alarm. */
  readonly withIncident?: boolean;
}

/** The id of the open alarm of this cause and source, or `null`. */
export const openAlarmOf = (reader: Pick<JournalReader, 'rows'>, cause: AlarmCause, sourceId: string): string | null =>
  reader.rows('alarms').find(({ doc }) => textOf(doc, 'cause') === cause && textOf(doc, 'sourceId') === sourceId)
    ?.key ?? null;

const takenOrDefect = (refusal: { readonly kind: string } | null): void => {
  if (refusal !== null) throw new Error(`an alarm did not take what it must take: ${refusal.kind}`);
};

/** Raises the alarm, or reports its cause again where it is open. Returns its id. */
export const raiseAlarm = (work: Work, ids: Ids, { cause, priority, sourceId, withIncident }: AlarmAbout): string => {
  const at = work.nowMs;
  const open = openAlarmOf(work.tx, cause, sourceId);
  if (open !== null) {
    takenOrDefect(work.tell('alarm', open, { type: 'repeat', at }));
    return open;
  }
  const alarmId = ids.next();
  const incidentId = withIncident === true ? ids.next() : null;
  const event = { type: 'raise', at, alarmId, cause, priority, sourceId, incidentId };
  takenOrDefect(work.tell('alarm', alarmId, event));
  return alarmId;
};

/** The cause has gone: clears its open alarm, where there is one. */
export const clearAlarm = (work: Work, cause: AlarmCause, sourceId: string): void => {
  const open = openAlarmOf(work.tx, cause, sourceId);
  if (open !== null) takenOrDefect(work.tell('alarm', open, { type: 'clear', at: work.nowMs }));
};

/** What is over as soon as it happened, and still wants a person to take note. */
export const raiseBriefly = (work: Work, ids: Ids, about: AlarmAbout): void => {
  raiseAlarm(work, ids, about);
  clearAlarm(work, about.cause, about.sourceId);
};
