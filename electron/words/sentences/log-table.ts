/** The log as a table that leaves the house. */
import type { LogEntryView } from '../../contract/log/log.views.ts';
import { begun } from '../kernel/begun.ts';
import type { Language } from '../kernel/words.ts';
import type { TextKey } from '../texts.ts';
import { actorOf, logSentence, placeOf } from './log-sentence.ts';

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
  language: Language<TextKey>,
  community: string,
): LogTable => {
  const { t, lang, stamp, hm } = language;
  const rising = entries.toSorted((a, b) => a.seq - b.seq);
  const times = rising.map(({ recordedAt }) => recordedAt);
  const [from = '', to = ''] = times.length === 0 ? [] : [Math.min(...times), Math.max(...times)].map(stamp);
  const rows = rising.map((entry) => [
    String(entry.seq),
    stamp(entry.at),
    stamp(entry.recordedAt),
    begun(actorOf(entry, language), lang),
    placeOf(entry),
    logSentence(entry, language),
    entry.managerNotes
      .map((note) => `${note.name ?? t('common.somebody')} ${hm(note.at)} ${note.text ?? ''}`)
      .join(' / '),
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
