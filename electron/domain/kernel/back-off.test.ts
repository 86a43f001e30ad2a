import { expect, it } from 'vitest';
import { backOffMs, longerMs, spreadMs } from './back-off.ts';

const plan = { firstMs: 250, longestMs: 5000 };

it('doubles from the first wait to the longest, for ever', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((failures) => backOffMs(plan, failures))).toEqual([
    250, 500, 1000, 2000, 4000, 5000, 5000,
  ]);
  expect(backOffMs(plan, 1_000_000)).toBe(5000);
});

it('grows by the factor that is named', () => {
  expect(backOffMs({ ...plan, factor: 1.25 }, 2)).toBe(390.625);
  expect([longerMs(400, { longestMs: 450, factor: 1.25 }), longerMs(100, { longestMs: 450 })]).toEqual([450, 200]);
});

it('spreads waits downwards only', () => {
  expect([spreadMs(1000, 0.25, 0), spreadMs(1000, 0.25, 0.999), spreadMs(1000, 0.5, 1)]).toEqual([1000, 750.25, 500]);
});
