import { fuzz } from '../../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../kernel/time.ts';
import { monitoringRoom, postId } from '../posts/post.ts';
import {
  comingOf,
  dutyAlarms,
  dutyPicture,
  dutySourceOf,
  endOfStretch,
  gapStartOf,
  postOfAlarm,
} from './duty.rules.ts';
import type { RosterEntry } from './roster.rules.ts';

const entry = (personId: string, fromHour: number, toHour: number): RosterEntry => ({
  entryId: `${personId}-${String(fromHour)}`,
  postId: monitoringRoom,
  personId,
  fromMs: hours(fromHour),
  toMs: hours(toHour),
});
const noon = entry('wu', 12, 16);
const afternoon = entry('chen', 16, 20);
const evening = entry('wu', 20, 24);
const morning = entry('chen', 32, 36);
/** Nobody is planned from 24 to 32. */
const roster = [morning, noon, evening, afternoon];

const endOf = (entries: readonly RosterEntry[], personId: string, sinceHour: number) =>
  endOfStretch(entries, { personId, sinceMs: hours(sinceHour) });
const at = (entries: readonly RosterEntry[], personId: string | null, sinceHour: number, nowHour: number) =>
  dutyPicture(entries, personId === null ? null : { personId, sinceMs: hours(sinceHour) }, hours(nowHour));
const alarmsAt = (...picture: Parameters<typeof at>) => dutyAlarms(monitoringRoom, at(...picture), hours(picture[3]));

const gap = (priority: string, fromHour: number) => ({
  cause: 'rosterGap',
  priority,
  sourceId: `gap-${String(hours(fromHour))}`,
});

describe('a stretch of responsibility', () => {
  it.each([
    ['ends with the own planned shift', 'wu', 12, 16],
    ['begun early, carries the shift before and goes on into the own one', 'chen', 15.9, 20],
    ['begun late, ends with the own one', 'chen', 16.5, 20],
    ['in the place of somebody else ends as theirs would', 'zhang', 17, 20],
    ['in a gap ends when the next one is planned, also after more than 8 h', 'zhang', 23.5, 24],
    ['in a gap of the night lasts until the morning', 'zhang', 24, 32],
    ['in a gap before the own shift lasts to the end of that', 'chen', 25, 36],
    ['after the last planned shift lasts 8 h', 'zhang', 36, 44],
  ])('%s', (_what, personId, sinceHour, untilHour) => {
    expect(endOf(roster, personId, sinceHour).untilMs).toBe(hours(untilHour));
  });

  it('of somebody planned twice in a row ends with the second', () => {
    expect(endOf([entry('li', 20, 24), entry('li', 24, 28), entry('chen', 28, 32)], 'li', 20).untilMs).toBe(hours(28));
  });

  it('without any roster lasts 8 h, and that is nobody’s plan', () => {
    expect(endOf([], 'li', 3)).toEqual({ untilMs: hours(11), byRoster: false });
    expect(endOf([entry('chen', 30, 34)], 'li', 3)).toEqual({ untilMs: hours(11), byRoster: false });
    expect(endOf([entry('chen', 15, 19)], 'li', 3)).toEqual({ untilMs: hours(15), byRoster: true });
  });

  it('always ends after it began', () => {
    const entries = fc.array(
      fc.record({
        entryId: fc.uuid(),
        postId: fc.constant(monitoringRoom),
        personId: fc.constantFrom('li', 'zhang'),
        fromMs: fc.integer({ min: 0, max: 40 }),
        lasts: fc.integer({ min: 1, max: 15 }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 60 }), (made, sinceMs) => {
        const planned = made.map(({ lasts, ...rest }) => ({ ...rest, toMs: rest.fromMs + lasts }));
        expect(endOfStretch(planned, { personId: 'li', sinceMs }).untilMs).toBeGreaterThan(sinceMs);
      }),
      fuzz(100, 50_000),
    );
  });
});

describe('the picture of the duty', () => {
  it('in order: nobody is missing, and the next one is named', () => {
    expect(at(roster, 'wu', 12, 15)).toMatchObject({
      planned: noon,
      untilMs: hours(16),
      missing: null,
      next: afternoon,
    });
    expect(alarmsAt(roster, 'wu', 12, 11)).toEqual([]);
  });

  it('a relief who did not come is missing, by name, while the one before stays', () => {
    expect(at(roster, 'wu', 12, 16.02)).toMatchObject({ untilMs: hours(16), missing: afternoon, next: afternoon });
    expect(alarmsAt(roster, 'wu', 12, 16.02)).toEqual([gap('low', 24)]);
    expect(alarmsAt(roster, 'wu', 12, 16.1)[0]).toEqual({
      cause: 'reliefMissing',
      priority: 'medium',
      sourceId: 'chen',
    });
    expect(alarmsAt(roster, 'wu', 12, 16.3)[0]).toMatchObject({ cause: 'reliefMissing', priority: 'high' });
  });

  it('a relief who comes late is on the own shift, and missed no more', () => {
    expect(at(roster, 'chen', 16.4, 16.5)).toMatchObject({ untilMs: hours(20), missing: null, next: evening });
  });

  it('whoever stands in for a relief is missed by nobody, and ends as the roster says', () => {
    expect(at(roster, 'zhang', 16.4, 17)).toMatchObject({ planned: afternoon, untilMs: hours(20), missing: null });
  });

  it('whose own next shift begins stands in it, though nobody came in between', () => {
    expect(at(roster, 'wu', 12, 20.5)).toMatchObject({ untilMs: hours(24), missing: null, unrelieved: false });
  });

  it('a plan made after a takeover without one rules it', () => {
    const late = [entry('li', 16, 20)];
    expect(at(late, 'zhang', 15.8, 15.9)).toMatchObject({ untilMs: hours(16), next: late[0] });
    expect(at(late, 'zhang', 15.8, 16.5)).toMatchObject({ untilMs: hours(16), missing: late[0] });
  });

  it('the gap of the night is told in the daytime, to its end', () => {
    expect(at(roster, 'wu', 12, 15).gap).toEqual({ fromMs: hours(24), toMs: hours(32) });
    expect(at(roster, 'wu', 12, 11.9).gap).toBeNull();
    expect(at(roster, 'wu', 12, 12.1).gap).not.toBeNull();
    expect(at([noon], 'wu', 12, 13).gap).toEqual({ fromMs: hours(16), toMs: null });
  });

  it('two gaps in one night are told one after the other', () => {
    const twice = [evening, entry('li', 26, 28), morning];
    expect(at(twice, 'wu', 20, 21).gap).toEqual({ fromMs: hours(24), toMs: hours(26) });
    expect(at(twice, 'zhang', 24, 24.5).gap).toEqual({ fromMs: hours(28), toMs: hours(32) });
  });

  it('somebody who took over in a gap fills it', () => {
    expect(at(roster, 'zhang', 25, 26)).toMatchObject({ untilMs: hours(32), missing: null, unrelieved: false });
    expect(at(roster, 'zhang', 25, 26).gap).toEqual({ fromMs: hours(36), toMs: null });
  });

  it('in a gap nobody is missing, but whoever stayed is alone, and that gets urgent', () => {
    expect(at(roster, 'wu', 20, 25)).toMatchObject({ missing: null, unrelieved: true, next: morning });
    expect(alarmsAt(roster, 'wu', 20, 24.1)).toEqual([gap('medium', 24)]);
    expect(alarmsAt(roster, 'wu', 20, 24.5)).toEqual([gap('high', 24)]);
    expect(alarmsAt(roster, 'wu', 20, 32.1)[0]).toMatchObject({ cause: 'reliefMissing', sourceId: 'chen' });
  });

  it('without a roster nothing is missed, however long somebody stays', () => {
    for (const nowHour of [1, 9, 30, 200]) expect(alarmsAt([], 'li', 0, nowHour)).toEqual([]);
    expect(alarmsAt([entry('chen', 0, 4)], null, 0, 60)).toEqual([]);
  });

  it('where nobody is responsible misses whoever is planned, and tells the gaps to come, not the one that runs', () => {
    expect(at(roster, null, 0, 17)).toMatchObject({ untilMs: null, missing: afternoon, next: afternoon });
    expect(alarmsAt(roster, null, 0, 17)[0]).toMatchObject({ cause: 'reliefMissing', sourceId: 'chen' });
    expect(at(roster, null, 0, 11)).toMatchObject({ missing: null, next: noon, gap: null });
    expect(at([noon, entry('chen', 18, 20)], null, 0, 11).gap).toEqual({ fromMs: hours(16), toMs: hours(18) });
  });

  it('a gap that somebody sits through keeps its beginning, and the next one is another', () => {
    const twice = [evening, entry('li', 26, 28), morning];
    const sources = [24.1, 24.9, 25.9].map((nowHour) => alarmsAt(twice, 'wu', 20, nowHour)[0]?.sourceId);
    expect(new Set(sources)).toEqual(new Set([`gap-${String(hours(24))}`]));
    expect(alarmsAt(twice, 'wu', 20, 28.5)).toEqual([gap('high', 28)]);
    expect(gapStartOf(`gap-${String(hours(28))}`)).toBe(hours(28));
    expect(gapStartOf('wu')).toBeNull();
  });

  it('does not wait for somebody who has left: their shifts are open', () => {
    const coming = comingOf(roster, (personId) => personId !== 'chen');
    expect(at(coming, 'wu', 12, 15)).toMatchObject({ next: null, gap: { fromMs: hours(16), toMs: hours(20) } });
    expect(alarmsAt(coming, 'wu', 12, 17)).toEqual([gap('high', 16)]);
  });

  it('names the post, unless that is the monitoring room: the same person can be missing at two', () => {
    const gatehouse = postId('gatehouse');
    const picture = at(roster, 'wu', 12, 17);
    const [missing, gapThere] = dutyAlarms(gatehouse, { ...picture, gap: at([], null, 0, 0).gap }, hours(17));
    expect([missing?.sourceId, gapThere]).toEqual(['gatehouse/chen', undefined]);
    expect(dutySourceOf('gatehouse/chen')).toEqual({ postId: gatehouse, what: 'chen' });
    expect(dutySourceOf('chen')).toEqual({ postId: monitoringRoom, what: 'chen' });
    expect(gapStartOf('gatehouse/gap-7')).toBe(7);
    const posts = [
      postOfAlarm('postUnstaffed', 'gatehouse'),
      postOfAlarm('rosterGap', 'gatehouse/gap-7'),
      postOfAlarm('reliefMissing', 'chen'),
      postOfAlarm('barrierStandsOpen', 'gatehouse'),
    ];
    expect(posts).toEqual([gatehouse, gatehouse, monitoringRoom, monitoringRoom]);
  });

  it('says minutes, not moments: nobody is called before five minutes have passed', () => {
    const nowMs = hours(16) + minutes(5) - 1;
    const picture = dutyPicture(roster, { personId: 'wu', sinceMs: hours(12) }, nowMs);
    expect(dutyAlarms(monitoringRoom, picture, nowMs).map(({ cause }) => cause)).not.toContain('reliefMissing');
  });
});
