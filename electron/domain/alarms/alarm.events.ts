import { tells, type EffectParams } from '../kernel/effects.ts';
import { alarmRef, type AlarmCause, type AlarmPriority } from './alarm.types.ts';

/**
 * What another machine raises: its own id for this occurrence, so that it can clear exactly this one, and no incident. Where an alarm of
 * this cause and source is open, the station makes it that one's repeat.
 */
export type RaisedAlarm = {
  readonly alarmId: string;
  readonly cause: AlarmCause;
  readonly priority: AlarmPriority;
  readonly sourceId: string;
  /** Where set, nothing will report the end of it: a person's note ends it. */
  readonly endsWithNote?: boolean;
};

/** Parameters of the effect that raises an alarm. */
export const raisesAlarm = (alarm: RaisedAlarm, at: number): EffectParams<'tell'> =>
  tells(alarmRef, alarm.alarmId, { type: 'raise', at, ...alarm, incidentId: null });

/** Parameters of the effect that says that an alarm's cause has gone. */
export const clearsAlarm = (alarmId: string, at: number): EffectParams<'tell'> =>
  tells(alarmRef, alarmId, { type: 'clear', at });
