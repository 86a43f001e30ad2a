import { describe, expect, it } from 'vitest';
import { monitoringRoom } from '../../../electron/domain/posts/post.ts';
import { rosterLines } from './roster-lines.rules.ts';

const HOUR = 3_600_000;
const entry = (personId: string, from: number, to: number) => ({
  postId: monitoringRoom,
  entryId: `${personId}-${String(from)}`,
  personId,
  fromMs: from * HOUR,
  toMs: to * HOUR,
});
const roster = [entry('wu', 12, 16), entry('chen', 16, 20), entry('zhao', 20, 24), entry('li', 32, 40)];
const here = (personId: string) => personId !== 'zhao';
const lines = (holder: string | null, since: number, now: number, canCome = (_: string) => true) =>
  rosterLines(roster, canCome, holder === null ? null : { personId: holder, sinceMs: since * HOUR }, now * HOUR).map(
    (line) =>
      line.kind === 'shift'
        ? `${line.entry.entryId} ${line.standing}`
        : `gap ${String(line.fromMs / HOUR)}-${line.toMs === null ? '' : String(line.toMs / HOUR)}`,
  );

describe('the lines of the roster', () => {
  it('say who is here, who is to come, and where nobody is planned', () => {
    expect(lines('wu', 12, 13)).toEqual([
      'wu-12 here',
      'chen-16 toCome',
      'zhao-20 toCome',
      'gap 24-32',
      'li-32 toCome',
      'gap 40-',
    ]);
  });

  it('never say of somebody who did not come that they are here', () => {
    expect(lines('wu', 12, 17).slice(0, 2)).toEqual(['wu-12 past', 'chen-16 notCome']);
    expect(lines('zhang', 16.5, 17).slice(0, 2)).toEqual(['wu-12 past', 'chen-16 replaced']);
    expect(lines(null, 0, 17)).toContain('chen-16 notCome');
  });

  it('mark no time that has passed as a gap', () => {
    expect(lines(null, 0, 25.5)).toContain('gap 25.5-32');
    expect(lines(null, 0, 11)[0]).toBe('gap 11-12');
  });

  it('mark no gap where somebody is there without a plan', () => {
    expect(lines('zhang', 25, 26).filter((line) => line.startsWith('gap'))).toEqual(['gap 40-']);
  });

  it('mark the shift of somebody who has left as open, once, and the rest of its time as a gap', () => {
    expect(lines('wu', 12, 13, here)).toEqual([
      'wu-12 here',
      'chen-16 toCome',
      'zhao-20 open',
      'gap 24-32',
      'li-32 toCome',
      'gap 40-',
    ]);
  });

  it('keep what is left of a gap on both sides of open shifts, and after the last', () => {
    expect(lines('wu', 12, 13, (id) => id === 'wu' || id === 'chen')).toEqual([
      'wu-12 here',
      'chen-16 toCome',
      'zhao-20 open',
      'gap 24-32',
      'li-32 open',
      'gap 40-',
    ]);
  });

  it('say of a running shift whose person has left who is there instead, and only else that nobody is', () => {
    expect(lines('wu', 12, 21, here)).toContain('zhao-20 replaced');
    expect(lines(null, 0, 21, here)).toContain('zhao-20 open');
  });

  it('have no gap where nothing is planned at all', () => {
    expect(rosterLines([], () => true, null, 0)).toEqual([]);
  });
});
