import { describe, expect, it } from 'vitest';
import { createTimeWords, FALLBACK_ZONE, knowsZone } from './time-words.ts';

const at = Date.UTC(2026, 10, 20, 18, 13, 5);

describe('times as people say them', () => {
  const zh = createTimeWords('zh-CN', 'Asia/Shanghai');
  const en = createTimeWords('en', 'Asia/Shanghai');

  it('are in the community’s zone, whatever this machine’s is', () => {
    expect([zh.clock(at), zh.hm(at), zh.weekday(at), zh.day(at)]).toEqual(['02:13:05', '02:13', '周六', '11月21日']);
    expect([en.clock(at), en.weekday(at), en.day(at)]).toEqual(['02:13:05', 'Saturday', 'November 21']);
    expect(createTimeWords('en', 'Europe/Berlin').hm(at)).toBe('19:13');
  });

  it('say how long ago', () => {
    const ago = (minutes: number): string | null => zh.ago(at - minutes * 60_000, at);
    expect([ago(0.9), ago(3), ago(61), ago(72 * 60)]).toEqual([null, '3分钟前', '1小时前', '3天前']);
    expect(en.ago(at - 180_000, at)).toBe('3 minutes ago');
    expect([zh.span(42_000), zh.span(3_730_000), zh.span(-5)]).toEqual(['00:42', '1:02:10', '00:00']);
  });

  it('say in a sentence how long, so that nobody takes it for a time of day', () => {
    const lengths = [0, 42_900, 60_000, 12 * 60_000 + 2000, 119 * 60_000, 2 * 3_600_000 + 60_000, -5];
    expect(lengths.map(zh.lasted)).toEqual(['0秒', '42秒', '1分钟', '12分钟', '119分钟', '2小时', '0秒']);
    expect(lengths.slice(1, 6).map(en.lasted)).toEqual(['42 sec', '1 min', '12 min', '119 min', '2 hr']);
  });

  it('go into a field and come back, also beside a change of summer time', () => {
    expect(zh.toInput(at)).toBe('2026-11-21T02:13');
    expect(zh.fromInput('2026-11-21T02:13')).toBe(Date.UTC(2026, 10, 20, 18, 13));
    const berlin = createTimeWords('en', 'Europe/Berlin');
    for (const hour of [-3, -2, 2, 3]) {
      const near = Date.UTC(2026, 2, 29, 1) + hour * 3_600_000;
      expect(berlin.fromInput(berlin.toInput(near))).toBe(near);
    }
    expect([zh.fromInput(''), zh.fromInput('2026-13-40T99:99'), zh.fromInput('yesterday')]).toEqual([null, null, null]);
  });
});

it('tells a zone that this machine can show times in from one that it cannot', () => {
  expect(['Asia/Shanghai', 'Europe/Zurich', FALLBACK_ZONE].filter((zone) => !knowsZone(zone))).toEqual([]);
  expect(['', 'Mars/Olympus', '北京'].filter(knowsZone)).toEqual([]);
});
