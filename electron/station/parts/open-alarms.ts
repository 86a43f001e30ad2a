import type { RowReader } from '../core/table.ts';
import { alarmRows } from './rows.ts';

/** The id of the open alarm of this cause and source, or `null`. */
export const openAlarmOf = (rows: Pick<RowReader, 'rows'>, cause: string, sourceId: string): string | null =>
  alarmRows.all(rows).find((alarm) => alarm.cause === cause && alarm.sourceId === sourceId)?.alarmId ?? null;

/** The id of the open alarm whose newest occurrence has this id, or `null`. */
export const alarmOfOccurrence = (rows: Pick<RowReader, 'rows'>, occurrenceId: string): string | null =>
  alarmRows.all(rows).find((alarm) => alarm.occurrenceId === occurrenceId)?.alarmId ?? null;
