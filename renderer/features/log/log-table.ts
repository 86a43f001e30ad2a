/** The log as a table that leaves the house. */
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import { begun } from '../../../electron/words/kernel/begun.ts';
import type { Words } from '../../../electron/words/words.ts';
import type { Tables } from '../../store/tables.ts';
import { logSentence, placeOf } from './log-sentence.ts';

export interface LogTable {
  /** Of the file, without its ending: what, where, from when to when. */
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** Characters that some file system does not take in a name. */
const notInNames = /[\p{Cc}\p{Cf}<>:"/\\|?*\s]+/gu;

/** These lines by rising number, with what they are, of whom, and of which time in the first row. Times are the community's, to the second. */
export const logTable = (
  entries: readonly LogEntryView[],
  tables: Tables,
  words: Words,
  community: string,
): LogTable => {
  const { t, lang, stamp, person, hm } = words;
  const rising = entries.toSorted((a, b) => a.seq - b.seq);
  const times = rising.map(({ recordedAt }) => recordedAt);
  const [from = '', to = ''] = times.length === 0 ? [] : [Math.min(...times), Math.max(...times)].map(stamp);
  const rows = rising.map((entry) => [
    String(entry.seq),
    stamp(entry.at),
    stamp(entry.recordedAt),
    begun(person(entry.actor), lang),
    placeOf(entry, tables),
    logSentence(entry, tables, words),
    entry.managerNotes.map((note) => `${person(note.by)} ${hm(note.at)} ${note.text ?? ''}`).join(' / '),
  ]);
  return {
    name: [t('log.fileName'), community, from.slice(0, 10), to.slice(0, 10)].join('_').replaceAll(notInNames, '-'),
    rows: [
      [t('log.fileName'), community, t('log.period', { from, to }), t('log.lineCount', { count: rows.length })],
      [
        t('log.columnSeq'),
        t('log.columnTime'),
        t('log.columnRecorded'),
        t('log.columnWho'),
        t('log.columnPlace'),
        t('log.columnWhat'),
        t('log.columnNotes'),
      ],
      ...rows,
    ],
  };
};
