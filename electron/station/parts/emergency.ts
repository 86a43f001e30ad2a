/** Whether an ambulance or a fire engine is expected just then. */
import type { AlarmCause } from '../../domain/alarms/alarm.types.ts';
import { ambulanceExpected } from '../../domain/incidents/ambulance.rules.ts';
import type { RowReader } from '../core/table.ts';
import { alarmRows, incidentRows } from './rows.ts';

/** Alarms for which a fire engine comes. */
const fireCauses = new Set<string>(['fireAlarm', 'gasAlarm'] satisfies readonly AlarmCause[]);

/** Of an alarm from a place that nobody set up: what was reported, before the stroke. */
const tellsFire = (detail: string): boolean => /^(?:fire|gas)\//.test(detail);

/** Whether a call for an ambulance is under way, or an alarm of fire or gas is open. */
export const emergencyUnderWay = (rows: Pick<RowReader, 'rows'>): boolean =>
  incidentRows.all(rows).some(({ resolvedAt, steps }) => resolvedAt === null && ambulanceExpected(steps)) ||
  alarmRows.all(rows).some(({ cause, details }) => fireCauses.has(cause) || details.some(tellsFire));
