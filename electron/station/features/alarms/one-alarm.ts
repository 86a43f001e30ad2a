import { alarm } from '../../../domain/alarms/alarm.machine.ts';
import type { Told } from '../../core/machine-host.ts';
import type { RowReader } from '../../core/table.ts';
import { alarmOfOccurrence, openAlarmOf } from '../../parts/open-alarms.ts';

/**
 * One open alarm at most per cause and source, whichever machine raises it: what comes again while one stands is its repeat, and the end
 * of that occurrence is its end. A picture that comes and goes a hundred times is one alarm that says so.
 */
export const toOneAlarm = (rows: RowReader, told: Told): readonly Told[] => {
  if (told.kind !== alarm.kind) return [told];
  const { type, at, cause, sourceId, priority = null } = told.event;
  if (type === 'clear') return [{ ...told, id: alarmOfOccurrence(rows, told.id) ?? told.id }];
  if (type !== 'raise' || typeof cause !== 'string' || typeof sourceId !== 'string') return [told];
  const open = openAlarmOf(rows, cause, sourceId);
  if (open === null) return [told];
  return [
    { ...told, id: open, event: { type: 'repeat', at, occurrenceId: told.id } },
    { ...told, id: open, event: { type: 'rise', at, priority } },
  ];
};
