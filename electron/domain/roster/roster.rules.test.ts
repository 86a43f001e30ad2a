import { fuzz } from '../../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hours } from '../kernel/time.ts';
import { monitoringRoom, postId, type PostId } from '../posts/post.ts';
import { entriesAt, gapsIn, onDutyAt, overlapsOf, refusesEntry } from './roster.rules.ts';
import type { RosterEntry } from './roster.rules.ts';

const entry = (
  entryId: string,
  personId: string,
  fromHour: number,
  toHour: number,
  post: PostId = monitoringRoom,
): RosterEntry => ({
  entryId,
  postId: post,
  personId,
  fromMs: hours(fromHour),
  toMs: hours(toHour),
});

const evening = entry('e1', 'li', 20, 24);
const night = entry('e2', 'zhang', 24, 28);
const morning = entry('e3', 'wang', 30, 34);
const roster = [morning, night, evening];

describe('the roster', () => {
  it('knows who is on duty; the end of a shift belongs to the next', () => {
    expect(onDutyAt(roster, hours(20))).toEqual([evening]);
    expect(onDutyAt(roster, hours(24))).toEqual([night]);
    expect(onDutyAt(roster, hours(29))).toEqual([]);
  });

  it('finds the gaps', () => {
    expect(gapsIn(roster, { fromMs: hours(18), toMs: hours(36) })).toEqual([
      { fromMs: hours(18), toMs: hours(20) },
      { fromMs: hours(28), toMs: hours(30) },
      { fromMs: hours(34), toMs: hours(36) },
    ]);
    expect(gapsIn(roster, { fromMs: hours(21), toMs: hours(27) })).toEqual([]);
    expect(gapsIn([], { fromMs: 0, toMs: 1 })).toEqual([{ fromMs: 0, toMs: 1 }]);
  });

  it('finds overlaps, and not with itself', () => {
    expect(overlapsOf(roster, entry('e4', 'chen', 27, 31))).toEqual([night, morning]);
    expect(overlapsOf(roster, entry('e2', 'zhang', 24, 28))).toEqual([]);
  });

  it('has two people at two posts at once, and never one person at two', () => {
    const gatehouse = postId('gatehouse');
    const there = entry('e6', 'chen', 20, 24, gatehouse);
    expect(refusesEntry(roster, there)).toBeNull();
    expect(entriesAt([...roster, there], gatehouse)).toEqual([there]);
    expect(refusesEntry(roster, entry('e6', 'li', 23, 25, gatehouse))).toEqual({
      kind: 'rosterOverlap',
      details: { personIds: ['li'] },
    });
  });

  it('refuses what nobody can work', () => {
    expect(refusesEntry(roster, entry('e5', 'chen', 28, 30))).toBeNull();
    expect(refusesEntry(roster, evening)).toBeNull();
    expect(refusesEntry(roster, entry('e5', 'chen', 30, 30))?.kind).toBe('rosterSpan');
    expect(refusesEntry(roster, entry('e5', 'chen', 40, 57))?.kind).toBe('rosterSpan');
    expect(refusesEntry(roster, entry('e5', 'chen', 27, 29))).toEqual({
      kind: 'rosterOverlap',
      details: { personIds: ['zhang'] },
    });
  });

  it('has a gap exactly where nobody is on duty', () => {
    const entries = fc.array(
      fc.record({
        entryId: fc.uuid(),
        postId: fc.constant(monitoringRoom),
        personId: fc.constantFrom('li', 'zhang', 'wang'),
        fromMs: fc.integer({ min: 0, max: 40 }),
        lasts: fc.integer({ min: 1, max: 15 }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 60 }), (made, at) => {
        const planned = made.map(({ lasts, ...rest }) => ({ ...rest, toMs: rest.fromMs + lasts }));
        const inGap = gapsIn(planned, { fromMs: 0, toMs: 61 }).some((gap) => gap.fromMs <= at && at < gap.toMs);
        expect(inGap).toBe(onDutyAt(planned, at).length === 0);
      }),
      fuzz(100, 50_000),
    );
  });
});
