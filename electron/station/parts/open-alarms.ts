/** Which alarm stands for what: looked up, not looked for among all that are open. */
import { defineTable, type RowReader } from '../core/table.ts';

/** The open alarm of a cause and source, under both. */
export const openAlarmRows = defineTable<{ readonly alarmId: string }>('openAlarms');
/** The open alarm of its newest occurrence, under the occurrence's id. */
export const occurrenceRows = defineTable<{ readonly alarmId: string }>('occurrences');

export const openAlarmKey = (cause: string, sourceId: string): string => `${cause}/${sourceId}`;

/** The id of the open alarm of this cause and source, or `null`. */
export const openAlarmOf = (rows: Pick<RowReader, 'row'>, cause: string, sourceId: string): string | null =>
  openAlarmRows.get(rows, openAlarmKey(cause, sourceId))?.alarmId ?? null;

/** The id of the open alarm whose newest occurrence has this id, or `null`. */
export const alarmOfOccurrence = (rows: Pick<RowReader, 'row'>, occurrenceId: string): string | null =>
  occurrenceRows.get(rows, occurrenceId)?.alarmId ?? null;
