/**
 * What the roster says of a moment: until when whoever is responsible is meant to stay, who should be here and is not, who comes next, and
 * where nobody is planned. Planned and actual are two things; these rules hold one against the other, for the station and for the seats.
 */
import type { AlarmCause, AlarmPriority } from '../alarms/alarm.types.ts';
import { hours, minutes } from '../kernel/time.ts';
import { monitoringRoom, postId, type PostId } from '../posts/post.ts';
import { byTime, gapsIn, longestEntryMs, onDutyAt, unplannedShiftMs, type RosterEntry } from './roster.rules.ts';

/** Who is responsible, and since when. */
export type Holder = { readonly personId: string; readonly sinceMs: number };

export type DutyPicture = {
  /** Whoever is planned at this moment, here or not. */
  readonly planned: RosterEntry | null;
  /** The end of the responsible person's shift: in the past where somebody else should be here; `null` where nobody is responsible. */
  readonly untilMs: number | null;
  /** Whether the roster gives that end; else it is the length of a shift without a plan. */
  readonly byRoster: boolean;
  /** The planned shift of somebody who should be here and is not: who should have relieved the responsible person, or begun where nobody is. */
  readonly missing: RosterEntry | null;
  /** The responsible person's planned time is over, and nobody is planned to relieve them. */
  readonly unrelieved: boolean;
  /** The next planned shift of somebody else, the missing one first. */
  readonly next: RosterEntry | null;
  /** The first stretch beginning in the next hours for which nobody is planned and nobody is there; `toMs` is `null` where nobody is after it. */
  readonly gap: { readonly fromMs: number; readonly toMs: number | null } | null;
};

/** A gap is told this long before it begins: in the morning of a night for which somebody must still be found. */
export const gapAheadMs = hours(12);

/** A relief who is late is called after this; fewer minutes are only on the header. */
export const missingAfterMs = minutes(5);

/** And after this it is urgent. */
export const urgentAfterMs = minutes(15);

/** The planned shifts of those who can come. Those of others are open shifts: nobody comes for them. */
export const comingOf = (
  entries: readonly RosterEntry[],
  canCome: (personId: string) => boolean,
): readonly RosterEntry[] => entries.filter(({ personId }) => canCome(personId));

/** Who runs at a moment; where two do, the person's own counts. */
const runningAt = (entries: readonly RosterEntry[], personId: string, atMs: number): RosterEntry | null => {
  const running = onDutyAt(entries, atMs);
  return running.find((entry) => entry.personId === personId) ?? running[0] ?? null;
};

/**
 * The end of a stretch of responsibility that began at `sinceMs`. A planned shift that runs then is carried to its end by whoever took over,
 * and so are their own that follow without a gap. Who took over where nobody is planned stays until the next planned shift; only where
 * none begins within `longestEntryMs` for `unplannedShiftMs`.
 */
export const endOfStretch = (
  entries: readonly RosterEntry[],
  { personId, sinceMs }: Holder,
): { readonly untilMs: number; readonly byRoster: boolean } => {
  let atMs = sinceMs;
  for (;;) {
    const running = runningAt(entries, personId, atMs);
    if (running !== null && (running.personId === personId || running.fromMs <= sinceMs)) {
      atMs = running.toMs;
      continue;
    }
    if (running !== null || atMs > sinceMs) return { untilMs: atMs, byRoster: true };
    const next = byTime(entries).find(({ fromMs }) => fromMs > atMs);
    if (next === undefined || next.fromMs - sinceMs > longestEntryMs) {
      return { untilMs: sinceMs + unplannedShiftMs, byRoster: false };
    }
    atMs = next.fromMs;
  }
};

/** The end of the stretch that runs now: somebody whose relief did not come may stand in their own next shift again. */
const endNow = (entries: readonly RosterEntry[], holder: Holder, nowMs: number) => {
  let end = endOfStretch(entries, holder);
  for (const own of byTime(entries)) {
    if (own.personId !== holder.personId || own.fromMs <= end.untilMs || own.fromMs > nowMs) continue;
    end = endOfStretch(entries, { personId: holder.personId, sinceMs: own.fromMs });
  }
  return end;
};

/** The first gap from a moment on, which may have no end. */
export const gapAfter = (entries: readonly RosterEntry[], fromMs: number): DutyPicture['gap'] => {
  const lastMs = Math.max(fromMs, ...entries.map(({ toMs }) => toMs));
  const gap = gapsIn(entries, { fromMs, toMs: lastMs + 1 })[0];
  if (gap === undefined) return null;
  return { fromMs: gap.fromMs, toMs: gap.toMs > lastMs ? null : gap.toMs };
};

/** The first gap from a moment on that is not over yet. */
const gapSince = (entries: readonly RosterEntry[], fromMs: number, nowMs: number): DutyPicture['gap'] => {
  const gap = gapAfter(entries, fromMs);
  return gap !== null && gap.toMs !== null && gap.toMs <= nowMs ? gapSince(entries, gap.toMs, nowMs) : gap;
};

/** What the roster says of this moment. `entries` are those of one post, of people who can come (`comingOf`). */
export const dutyPicture = (entries: readonly RosterEntry[], holder: Holder | null, nowMs: number): DutyPicture => {
  const planned = onDutyAt(entries, nowMs)[0] ?? null;
  const end = holder === null ? null : endNow(entries, holder, nowMs);
  const over = end !== null && end.untilMs <= nowMs;
  const missing = over || holder === null ? planned : null;
  const fromMs = end === null ? nowMs : Math.max(nowMs, end.untilMs);
  const next =
    missing ?? byTime(entries).find((entry) => entry.toMs > fromMs && entry.personId !== holder?.personId) ?? null;
  // A gap keeps its beginning while it lasts. One that runs where nobody is responsible is not told: that nobody is, is.
  const gapFromMs = end !== null && over ? end.untilMs : fromMs;
  const lookFromMs = holder === null && planned === null ? (next?.fromMs ?? null) : gapFromMs;
  // A roster that has run out is not used any more.
  const inUse = entries.some(({ toMs }) => toMs > nowMs);
  const gap = inUse && lookFromMs !== null ? gapSince(entries, lookFromMs, nowMs) : null;
  return {
    planned,
    untilMs: end?.untilMs ?? null,
    byRoster: end?.byRoster ?? false,
    missing,
    unrelieved: over && end.byRoster && planned === null,
    next,
    gap: gap !== null && gap.fromMs < nowMs + gapAheadMs ? gap : null,
  };
};

/** An alarm about the duty that should stand at this moment. */
export type DutyAlarm = {
  readonly cause: Extract<AlarmCause, 'reliefMissing' | 'rosterGap'>;
  readonly priority: AlarmPriority;
  /** Of which post (`dutySourceOf`): who should have come; of a gap, when it begins (`gapSource`). */
  readonly sourceId: string;
};

/** No id holds it. */
const BETWEEN = '/';

/** The same person, and the same moment, can be missing at two posts: the source of an alarm names the post, unless that is the monitoring room. */
const sourceAt = (post: PostId, what: string): string => (post === monitoringRoom ? what : `${post}${BETWEEN}${what}`);

/** Which post an alarm about the duty is about, and what of it: who is missing, or when a gap begins. */
export const dutySourceOf = (sourceId: string): { readonly postId: PostId; readonly what: string } => {
  const at = sourceId.indexOf(BETWEEN);
  return at < 0
    ? { postId: monitoringRoom, what: sourceId }
    : { postId: postId(sourceId.slice(0, at)), what: sourceId.slice(at + 1) };
};

/** Of which post an alarm speaks: of its duty, whatever the post; all else is the monitoring room's. */
export const postOfAlarm = (cause: string, sourceId: string): PostId => {
  if (cause === 'postUnstaffed') return postId(sourceId);
  return cause === 'reliefMissing' || cause === 'rosterGap' ? dutySourceOf(sourceId).postId : monitoringRoom;
};

/** A gap as the source of an alarm: each gap is told once, whatever else changes. */
const gapSource = (fromMs: number): string => `gap-${String(fromMs)}`;

/** When the gap begins that an alarm is about, UTC milliseconds; `null` where it is about none. */
export const gapStartOf = (sourceId: string): number | null => {
  const fromMs = /^gap-(\d+)$/.exec(dutySourceOf(sourceId).what)?.[1];
  return fromMs === undefined ? null : Number(fromMs);
};

const since = (sinceMs: number, nowMs: number): AlarmPriority | null => {
  if (nowMs - sinceMs < missingAfterMs) return null;
  return nowMs - sinceMs < urgentAfterMs ? 'medium' : 'high';
};

/** Which alarms the picture of a post asks for. That nobody is responsible is an alarm of its own, which the post's machine raises. */
export const dutyAlarms = (post: PostId, picture: DutyPicture, nowMs: number): readonly DutyAlarm[] => {
  const { missing, unrelieved, gap } = picture;
  const late = missing === null ? null : since(missing.fromMs, nowMs);
  const alone = unrelieved && gap !== null ? since(gap.fromMs, nowMs) : null;
  return [
    ...(missing === null || late === null
      ? []
      : [{ cause: 'reliefMissing', priority: late, sourceId: sourceAt(post, missing.personId) } as const]),
    ...(gap === null
      ? []
      : [{ cause: 'rosterGap', priority: alone ?? 'low', sourceId: sourceAt(post, gapSource(gap.fromMs)) } as const]),
  ];
};
