import { dutyPicture, gapAfter, type Holder } from '../../../electron/domain/roster/duty.rules.ts';
import type { RosterEntry } from '../../../electron/domain/roster/roster.rules.ts';

/** How a planned shift stands: over, running with its person there or not, to come, or open because its person has left. */
export type Standing = 'past' | 'here' | 'notCome' | 'replaced' | 'toCome' | 'open';

export type RosterLine<Entry extends RosterEntry = RosterEntry> =
  | { readonly kind: 'shift'; readonly atMs: number; readonly entry: Entry; readonly standing: Standing }
  | { readonly kind: 'gap'; readonly atMs: number; readonly fromMs: number; readonly toMs: number | null };

/** Shifts that ended longer ago are left out; milliseconds. */
const PAST_MS = 8 * 3_600_000;

/** What is left of a gap where the rows of open shifts say already that nobody comes. Times in milliseconds. */
const withoutOpen = (
  gap: { readonly fromMs: number; readonly toMs: number | null },
  open: readonly RosterEntry[],
): readonly { readonly fromMs: number; readonly toMs: number | null }[] => {
  const rest: { fromMs: number; toMs: number | null }[] = [];
  let { fromMs } = gap;
  for (const shift of open.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (shift.toMs <= fromMs || (gap.toMs !== null && shift.fromMs >= gap.toMs)) continue;
    if (shift.fromMs > fromMs) rest.push({ fromMs, toMs: shift.fromMs });
    fromMs = shift.toMs;
  }
  if (gap.toMs === null || fromMs < gap.toMs) rest.push({ fromMs, toMs: gap.toMs });
  return rest;
};

/**
 * The roster as lines in the order of time: planned shifts, each with how it really stands, and the gaps between them from now on. What has
 * passed is no gap that could be filled, and neither is the time for which somebody is there without a plan. The shift of somebody who
 * has left is one line: whose it was, and that nobody has it.
 */
export const rosterLines = <Entry extends RosterEntry>(
  entries: readonly Entry[],
  canCome: (personId: string) => boolean,
  holder: Holder | null,
  nowMs: number,
): readonly RosterLine<Entry>[] => {
  const coming = entries.filter(({ personId }) => canCome(personId));
  const { missing, untilMs } = dutyPicture(coming, holder, nowMs);
  const standing = (entry: Entry): Standing => {
    if (entry.toMs <= nowMs) return 'past';
    const covered = entry.fromMs <= nowMs && holder !== null;
    if (!canCome(entry.personId)) return covered ? 'replaced' : 'open';
    if (entry.fromMs > nowMs) return 'toCome';
    if (entry.personId === holder?.personId) return 'here';
    return holder === null || missing?.entryId === entry.entryId ? 'notCome' : 'replaced';
  };
  const open = entries.filter((entry) => standing(entry) === 'open');
  const gaps: RosterLine<Entry>[] = [];
  for (let fromMs = Math.max(nowMs, untilMs ?? 0); coming.length > 0;) {
    const gap = gapAfter(coming, fromMs);
    if (gap === null) break;
    for (const rest of withoutOpen(gap, open)) gaps.push({ kind: 'gap', atMs: rest.fromMs, ...rest });
    if (gap.toMs === null) break;
    fromMs = gap.toMs;
  }
  const shifts = entries
    .filter(({ toMs }) => toMs > nowMs - PAST_MS)
    .map((entry): RosterLine<Entry> => ({ kind: 'shift', atMs: entry.fromMs, entry, standing: standing(entry) }));
  return [...shifts, ...gaps].toSorted((a, b) => a.atMs - b.atMs);
};
