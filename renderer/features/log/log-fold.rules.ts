/** What is shown as one line: nothing is left out of the log, and nothing is said twice. */
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import { sentenceName } from './log-sentence.ts';

/** Facts that follow from another one of the same moment, and say nothing new beside it. */
const followers = new Set([
  'AlarmRaised',
  'AlarmRepeated',
  'AlarmAcknowledged',
  'AlarmCleared',
  'AlarmClosedByIncident',
  'BarrierInstalled',
  'CameraInstalled',
  'FingerprintKeyMade',
  'SessionsEnded',
]);

/** One line on screen: its own entry, and those that say the same, by falling number. Together their numbers have no gap. */
export interface LogItem {
  readonly main: LogEntryView;
  readonly also: readonly LogEntryView[];
}

const follows = (entry: LogEntryView): boolean =>
  followers.has(sentenceName(entry.type)) && entry.managerNotes.length === 0;

/** Written in one stroke: neighbours by number, at the same moment, by the same hand. */
const sameStroke = (newer: LogEntryView, older: LogEntryView): boolean =>
  newer.seq === older.seq + 1 &&
  newer.recordedAt === older.recordedAt &&
  newer.actor === older.actor &&
  newer.seat === older.seat;

const strokes = (entries: readonly LogEntryView[]): LogEntryView[][] => {
  const found: LogEntryView[][] = [];
  for (const entry of entries) {
    const last = found.at(-1);
    const newer = last?.at(-1);
    if (last !== undefined && newer !== undefined && sameStroke(newer, entry)) last.push(entry);
    else found.push([entry]);
  }
  return found;
};

/** Lines by falling number, as they are shown. A follower stands alone where what it follows from is not among them. */
export const folded = (entries: readonly LogEntryView[]): LogItem[] =>
  strokes(entries).flatMap((stroke) => {
    const mains = stroke.filter((entry) => !follows(entry));
    if (mains.length === 0) return stroke.map((main) => ({ main, also: [] }));
    const also = new Map<LogEntryView, LogEntryView[]>(mains.map((main) => [main, []]));
    for (const entry of stroke.filter(follows)) {
      const distance = (main: LogEntryView): number => Math.abs(main.seq - entry.seq);
      const nearest = mains.reduce((best, main) => (distance(main) < distance(best) ? main : best));
      also.get(nearest)?.push(entry);
    }
    return mains.map((main) => ({ main, also: also.get(main) ?? [] }));
  });

/** The numbers that a line stands for. */
export const numbersOf = ({ main, also }: LogItem): { readonly from: number; readonly to: number } => {
  const numbers = [main, ...also].map(({ seq }) => seq);
  return { from: Math.min(...numbers), to: Math.max(...numbers) };
};

/** Written down so much later than it is said to have happened that both times are shown; a busy machine takes less. Milliseconds. */
const LATE_MS = 2000;

/** Whether the time that is given is not the time at which it was written down: then it is somebody's word. */
export const isLate = ({ at, recordedAt }: Pick<LogEntryView, 'at' | 'recordedAt'>): boolean =>
  recordedAt - at >= LATE_MS;
