import { expect, it } from 'vitest';
import { zoneOffset } from './time-zone.ts';

const HOUR_MS = 3_600_000;

it('knows zones east and west, with and without summer time, at fractions of a second too', () => {
  const winter = Date.UTC(2026, 0, 15, 12, 0, 0) + 250;
  const summer = Date.UTC(2026, 6, 15, 12, 0, 0) + 250;
  expect(zoneOffset('Asia/Shanghai')(winter)).toBe(8 * HOUR_MS);
  expect([winter, summer].map(zoneOffset('Europe/Berlin'))).toEqual([HOUR_MS, 2 * HOUR_MS]);
  expect(zoneOffset('America/St_Johns')(winter)).toBe(-3.5 * HOUR_MS);
});

it('is nothing for UTC on every day of four centuries, leap days and turns of the year among them', () => {
  const offset = zoneOffset('UTC');
  const wrong: number[] = [];
  for (let atMs = Date.UTC(1900, 0, 1, 23, 59, 59); atMs < Date.UTC(2300, 0, 1); atMs += 86_400_000) {
    if (offset(atMs) !== 0) wrong.push(atMs);
  }
  expect(wrong).toEqual([]);
});
