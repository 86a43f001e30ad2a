/** The log as a table that leaves the house. */
import type { LogEntryView } from '../../contract/log/log.views.ts';
import { begun } from '../kernel/begun.ts';
import type { Language } from '../kernel/words.ts';
import type { TextKey } from '../texts.ts';
import { actorOf, logSentence, placeOf } from './log-sentence.ts';

/** What leaves the house, of whom, and how it can be proven. */
export interface LogTableAbout {
  readonly community: string;
  /** When it was made, and who asked for it; `null` where they have no name. */
  readonly atMs: number;
  readonly by: string | null;
  /** UTC milliseconds; `null`: open. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** The kinds of lines that are in it; `null`: all. */
  readonly kinds: readonly string[] | null;
  readonly shiftNumber: number | null;
  /** The newest line of the log then, and its hash: all before it is in it. */
  readonly headSeq: number;
  readonly headHash: string;
}

/** Characters that some file system does not take in a name. */
const notInNames = /[\p{Cc}\p{Cf}<>:"/\\|?*\s]+/gu;

/** The file's name without its ending: what, where, from when to when. */
export const logTableName = (
  { community, fromMs, toMs, atMs }: LogTableAbout,
  { t, stamp }: Language<TextKey>,
): string => {
  const days = [fromMs, toMs ?? atMs].flatMap((ms) => (ms === null ? [] : [stamp(ms).slice(0, 10)]));
  return [t('log.fileName'), community, ...days].join('_').replaceAll(notInNames, '-');
};

/** The rows in front of the lines: what it is, of whom, of which part and time, who took it out, how it is proven; and what the columns are. */
export const logTableHead = (about: LogTableAbout, { t, stamp }: Language<TextKey>): readonly (readonly string[])[] => {
  const { community, atMs, by, fromMs, toMs, kinds, shiftNumber, headSeq, headHash } = about;
  const from = fromMs === null ? t('log.fromBegin') : stamp(fromMs);
  return [
    [t('log.fileName'), community, t('log.period', { from, to: stamp(toMs ?? atMs) })],
    [
      t('log.part'),
      kinds === null ? t('log.group.all') : kinds.join(' '),
      shiftNumber === null ? t('log.allShifts') : t('log.shiftNumber', { number: shiftNumber }),
    ],
    [t('log.exportedBy', { who: by ?? t('common.somebody'), time: stamp(atMs) })],
    [t('log.headLine', { seq: headSeq }), headHash],
    [
      t('log.columnSeq'),
      t('log.columnTime'),
      t('log.columnRecorded'),
      t('log.columnWho'),
      t('log.columnPlace'),
      t('log.columnWhat'),
      t('log.columnNotes'),
    ],
  ];
};

/** One line as a row. Times are the community's, to the second. */
export const logTableRow = (entry: LogEntryView, language: Language<TextKey>): readonly string[] => {
  const { t, lang, stamp, hm } = language;
  return [
    String(entry.seq),
    stamp(entry.at),
    stamp(entry.recordedAt),
    begun(actorOf(entry, language), lang),
    placeOf(entry),
    logSentence(entry, language),
    entry.managerNotes
      .map((note) => `${note.name ?? t('common.somebody')} ${hm(note.at)} ${note.text ?? ''}`)
      .join(' / '),
  ];
};
