import { expect, it } from 'vitest';
import { FALLBACK_ZONE, knowsZone } from '../seat/time-words.ts';

it('tells a zone that this page can show times in from one that it cannot', () => {
  expect(['Asia/Shanghai', 'Europe/Zurich', FALLBACK_ZONE].filter((zone) => !knowsZone(zone))).toEqual([]);
  expect(['', 'Mars/Olympus', '北京'].filter(knowsZone)).toEqual([]);
});
