import { expect, it } from 'vitest';
import { afterGpuLoss, isOrdinaryEnd, pageAfterDeath } from './crash-rules.ts';

it('loads a page again three times in five minutes, then shows the way out', () => {
  expect(pageAfterDeath([0], 0).page).toBe('seat');
  expect(pageAfterDeath([0, 1000, 2000], 2000).page).toBe('seat');
  expect(pageAfterDeath([0, 1000, 2000, 3000], 3000).page).toBe('recovery');
});

it('forgets deaths of more than five minutes ago', () => {
  expect(pageAfterDeath([0, 1000, 2000, 300_500], 300_500).page).toBe('seat');
});

it('never loads within the report of the death, and ever more slowly when the way out dies too', () => {
  const deaths = Array.from({ length: 14 }, (_, index) => index);
  const pauses = deaths.map((_, index) => pageAfterDeath(deaths.slice(0, index + 1), 14).afterMs);
  expect(pauses).toEqual(pauses.toSorted((left, right) => left - right));
  expect(pauses[0]).toBeGreaterThan(0);
  expect(pauses.at(-1)).toBe(30_000);
});

it('starts without GPU after three losses within an hour', () => {
  expect(afterGpuLoss([0, 1000], 1000)).toBe('carryOn');
  expect(afterGpuLoss([0, 1000, 2000], 2000)).toBe('restartWithoutGpu');
  expect(afterGpuLoss([0, 1000, 3_600_000], 3_600_000)).toBe('carryOn');
});

it('leaves an ordinary end alone', () => {
  expect(isOrdinaryEnd('clean-exit')).toBe(true);
  expect(isOrdinaryEnd('crashed')).toBe(false);
});
