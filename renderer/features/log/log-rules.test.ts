import { monitoringRoom, postId } from '../../../electron/domain/posts/post.ts';
import { describe, expect, it } from 'vitest';
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import { toCsv } from '../../../electron/words/sentences/csv.ts';
import { everything, matches, merged } from '../../parts/log/log-filter.rules.ts';

const line = (seq: number, change: Partial<LogEntryView> = {}): LogEntryView => ({
  seq,
  type: 'v1.NoteAdded',
  kind: 'note',
  entityId: 'n',
  at: seq * 1000,
  recordedAt: seq * 1000,
  actor: 'li',
  seat: null,

  postId: monitoringRoom,
  shiftNumber: 2,
  body: {},
  labels: {},
  managerNotes: [],
  ...change,
});

describe('what is shown of the log', () => {
  it('is by kind, shift and time, the ends of the time included', () => {
    expect(matches(line(1), everything)).toBe(true);
    expect(matches(line(1), { ...everything, group: 'gate' })).toBe(false);
    expect(matches(line(1, { kind: 'barrier' }), { ...everything, group: 'gate' })).toBe(true);
    const shift = { postId: monitoringRoom, number: 2 };
    expect(matches(line(1), { ...everything, shift })).toBe(true);
    expect(matches(line(1), { ...everything, shift: { ...shift, number: 1 } })).toBe(false);
    expect(matches(line(1), { ...everything, shift: { ...shift, postId: postId('gatehouse') } })).toBe(false);
    expect([999, 1000, 1001].map((fromMs) => matches(line(1), { ...everything, fromMs }))).toEqual([true, true, false]);
    expect([999, 1000].map((toMs) => matches(line(1), { ...everything, toMs }))).toEqual([false, true]);
  });

  it('has every line once, newest first, the live version over the fetched one', () => {
    const noted = line(2, { managerNotes: [{ at: 1, by: 'm', name: null, text: 'x' }] });
    expect(merged([line(1), line(2)], [line(3), noted])).toEqual([line(3), noted, line(1)]);
  });
});

describe('the exported table', () => {
  it('lets no cell become a formula', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '|'])
      expect(toCsv([[`${start}HYPERLINK("x")`]])).toContain(`"'${start}HYPERLINK(""x"")"`);
  });

  it('is quoted, one line a row', () => {
    expect(
      toCsv([
        ['a', 'b "c"'],
        ['李阿姨', '1,2'],
      ]),
    ).toBe('"a","b ""c"""\r\n"李阿姨","1,2"\r\n');
  });
});
