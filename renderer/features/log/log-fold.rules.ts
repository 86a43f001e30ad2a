/** What is shown as one line: nothing is left out of the log, and nothing is said twice. */
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import { sentenceName } from '../../../electron/words/sentences/sentence-name.ts';

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
  'StationNamed',
  'SessionsEnded',
]);

/** One line on screen: its own entry, and those that say the same, by falling number. Together their numbers have no gap. */
export interface LogItem {
  readonly main: LogEntryView;
  readonly also: readonly LogEntryView[];
}

const allOf = ({ main, also }: LogItem): readonly LogEntryView[] => [main, ...also].toSorted((a, b) => b.seq - a.seq);

/** The numbers that a line stands for. */
export const numbersOf = ({ main, also }: LogItem): { readonly from: number; readonly to: number } => {
  const numbers = [main, ...also].map(({ seq }) => seq);
  return { from: Math.min(...numbers), to: Math.max(...numbers) };
};

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

/** What one rung of a call's ladder says; a call that nobody comes to says the same every few minutes. */
const rungOf = ({ main }: LogItem): string | null =>
  sentenceName(main.type) === 'IncidentEscalated' && main.managerNotes.length === 0
    ? JSON.stringify([main.entityId, main.body['level'], main.body['claimedBy'], main.body['why']])
    : null;

/** Rounds of ladders after their first one, which say nothing new: in the line of the rung in front of them. From the oldest line to the newest. */
const roundsFolded = (items: readonly LogItem[]): LogItem[] => {
  const kept: LogItem[] = [];
  let said = new Set<string>();
  for (const item of items) {
    const rung = rungOf(item);
    const last = kept.at(-1);
    const goesOn =
      rung !== null && last !== undefined && rungOf(last) !== null && numbersOf(last).to + 1 === numbersOf(item).from;
    if (!goesOn) said = new Set();
    if (goesOn && said.has(rung)) kept[kept.length - 1] = { ...last, also: [...allOf(item), ...last.also] };
    else kept.push(item);
    if (rung !== null) said.add(rung);
  }
  return kept;
};

const strokesFolded = (entries: readonly LogEntryView[]): LogItem[] =>
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

/**
 * Lines by falling number, as they are shown. A follower stands alone where what it follows from is not among them. A call that goes on
 * calling has a line for each rung of its first round, and one for all later rounds.
 */
export const folded = (entries: readonly LogEntryView[]): LogItem[] =>
  roundsFolded(strokesFolded(entries).toReversed()).toReversed();

/** How many later rungs a line stands for, of its own call or of others that call too, and when the last one was; UTC milliseconds. */
export const roundsOf = ({ main, also }: LogItem): { readonly times: number; readonly lastAt: number } | null => {
  const rounds = also.filter(({ type }) => type === main.type && sentenceName(type) === 'IncidentEscalated');
  return rounds[0] === undefined ? null : { times: rounds.length, lastAt: Math.max(...rounds.map(({ at }) => at)) };
};

/** Written down so much later than it is said to have happened that both times are shown; a busy machine takes less. Milliseconds. */
const LATE_MS = 2000;

/** Whether the time that is given is not the time at which it was written down: then it is somebody's word. */
export const isLate = ({ at, recordedAt }: Pick<LogEntryView, 'at' | 'recordedAt'>): boolean =>
  recordedAt - at >= LATE_MS;
