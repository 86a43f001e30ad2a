import { describe, expect, it } from 'vitest';
import { dayOf, monthOf } from './day.ts';

describe('the date of an instant', () => {
  it('is the calendar’s, day by day over four hundred years', () => {
    for (let at = Date.UTC(1900, 0, 1, 23, 59, 59); at < Date.UTC(2300, 0, 1); at += 86_400_000)
      expect(dayOf(at)).toBe(new Date(at).toISOString().slice(0, 10));
  });

  it('is that of the zone whose offset is given', () => {
    const lateUtc = Date.UTC(2026, 11, 31, 20, 0);
    expect([dayOf(lateUtc), dayOf(lateUtc, 8 * 3_600_000), monthOf(lateUtc)]).toEqual([
      '2026-12-31',
      '2027-01-01',
      '2026-12',
    ]);
  });
});
