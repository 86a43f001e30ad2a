import { hours } from '../kernel/time.ts';
import type { PostId } from '../posts/post.ts';
import type { Refusal } from '../kernel/machine.ts';

/** One planned shift: from `fromMs` up to, not including, `toMs`; UTC milliseconds. */
export type RosterEntry = {
  readonly entryId: string;
  readonly postId: PostId;
  readonly personId: string;
  readonly fromMs: number;
  readonly toMs: number;
};

export type Span = { readonly fromMs: number; readonly toMs: number };

/** Longest planned shift. Fire control rooms have 8 h; a volunteer's night may be longer, a day and a night are not. */
export const longestEntryMs = hours(16);

/** A takeover lasts this long where nobody is planned, neither then nor soon after. */
export const unplannedShiftMs = hours(8);

/** The planned shifts in the order of their beginnings. */
export const byTime = (entries: readonly RosterEntry[]): readonly RosterEntry[] =>
  entries.toSorted(
    (left, right) => left.fromMs - right.fromMs || left.toMs - right.toMs || (left.entryId < right.entryId ? -1 : 1),
  );

/** Who is planned at this moment, the earliest beginning first. */
export const onDutyAt = (entries: readonly RosterEntry[], atMs: number): readonly RosterEntry[] =>
  byTime(entries).filter((entry) => entry.fromMs <= atMs && atMs < entry.toMs);

/** The stretches of a span for which nobody is planned. */
export const gapsIn = (entries: readonly RosterEntry[], span: Span): readonly Span[] => {
  const gaps: Span[] = [];
  let coveredTo = span.fromMs;
  for (const entry of byTime(entries)) {
    if (entry.fromMs >= span.toMs) break;
    if (entry.fromMs > coveredTo) gaps.push({ fromMs: coveredTo, toMs: entry.fromMs });
    coveredTo = Math.max(coveredTo, entry.toMs);
  }
  if (coveredTo < span.toMs) gaps.push({ fromMs: coveredTo, toMs: span.toMs });
  return gaps;
};

/** The planned shifts of one post. */
export const entriesAt = <Entry extends RosterEntry>(entries: readonly Entry[], postId: PostId): readonly Entry[] =>
  entries.filter((entry) => entry.postId === postId);

/** The planned shifts that share time with this one and cannot stand beside it: two people for one post, or one person at two. */
export const overlapsOf = (entries: readonly RosterEntry[], entry: RosterEntry): readonly RosterEntry[] =>
  byTime(entries).filter(
    (other) =>
      other.entryId !== entry.entryId &&
      (other.postId === entry.postId || other.personId === entry.personId) &&
      other.fromMs < entry.toMs &&
      entry.fromMs < other.toMs,
  );

/** Why a planned shift is not taken: `rosterSpan` (ends before it begins, or is too long) or `rosterOverlap` (with whom). `null`: it is. */
export const refusesEntry = (entries: readonly RosterEntry[], entry: RosterEntry): Refusal | null => {
  if (entry.toMs <= entry.fromMs || entry.toMs - entry.fromMs > longestEntryMs) {
    return { kind: 'rosterSpan', details: { longestMs: longestEntryMs } };
  }
  const overlap = overlapsOf(entries, entry);
  return overlap.length === 0
    ? null
    : { kind: 'rosterOverlap', details: { personIds: overlap.map((other) => other.personId) } };
};
