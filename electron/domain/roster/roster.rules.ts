import { hours } from '../kernel/time.ts';
import type { Refusal } from '../kernel/machine.ts';

/** One planned shift: from `fromMs` up to, not including, `toMs`; UTC milliseconds. */
export type RosterEntry = {
  readonly entryId: string;
  readonly personId: string;
  readonly fromMs: number;
  readonly toMs: number;
};

export type Span = { readonly fromMs: number; readonly toMs: number };

/** Longest planned shift. Fire control rooms have 8 h; a volunteer's night may be longer, a day and a night are not. */
const longestEntryMs = hours(16);

/** A takeover without a roster entry lasts this long, unless somebody else is planned before. */
const unplannedShiftMs = hours(8);

const byTime = (entries: readonly RosterEntry[]): readonly RosterEntry[] =>
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

/** The planned shifts that share time with this one: two people for one post. */
export const overlapsOf = (entries: readonly RosterEntry[], entry: RosterEntry): readonly RosterEntry[] =>
  byTime(entries).filter(
    (other) => other.entryId !== entry.entryId && other.fromMs < entry.toMs && entry.fromMs < other.toMs,
  );

/** The next planned shift of somebody other than the person responsible, running or to come; `null` when nobody is planned. */
export const nextIncoming = (
  entries: readonly RosterEntry[],
  responsible: string | null,
  atMs: number,
): RosterEntry | null => byTime(entries).find((entry) => entry.toMs > atMs && entry.personId !== responsible) ?? null;

/**
 * When a takeover at this moment ends: with the person's own planned shift, running or beginning before anybody else's; else when the next
 * other person is planned, but after `unplannedShiftMs` at the latest.
 */
export const endOfTakeover = (entries: readonly RosterEntry[], incoming: string, atMs: number): number => {
  const toCome = byTime(entries).filter((entry) => entry.toMs > atMs);
  const other = toCome.find((entry) => entry.personId !== incoming && entry.fromMs > atMs);
  const own = toCome.find((entry) => entry.personId === incoming);
  const latest = atMs + unplannedShiftMs;
  if (own !== undefined && own.fromMs <= Math.min(latest, other?.fromMs ?? latest)) return own.toMs;
  return Math.min(latest, other?.fromMs ?? latest);
};

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
