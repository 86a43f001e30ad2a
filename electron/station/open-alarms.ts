import { textOf } from './docs.ts';
import type { JournalReader } from './ports/journal.port.ts';

/** The id of the open alarm of this cause and source, or `null`. */
export const openAlarmOf = (reader: Pick<JournalReader, 'rows'>, cause: string, sourceId: string): string | null =>
  reader.rows('alarms').find(({ doc }) => textOf(doc, 'cause') === cause && textOf(doc, 'sourceId') === sourceId)
    ?.key ?? null;

/** The id of the open alarm whose newest occurrence has this id, or `null`. */
export const alarmOfOccurrence = (reader: Pick<JournalReader, 'rows'>, occurrenceId: string): string | null =>
  reader.rows('alarms').find(({ doc }) => textOf(doc, 'occurrenceId') === occurrenceId)?.key ?? null;
