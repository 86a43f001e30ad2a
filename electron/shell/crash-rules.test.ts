import { expect, it } from 'vitest';
import { afterGpuLoss, afterPageDeath, isOrdinaryEnd } from './crash-rules.ts';

it('loads a page again three times in five minutes, then shows the way out', () => {
  expect(afterPageDeath([0], 0)).toBe('reload');
  expect(afterPageDeath([0, 1000, 2000], 2000)).toBe('reload');
  expect(afterPageDeath([0, 1000, 2000, 3000], 3000)).toBe('recover');
});

it('forgets deaths of more than five minutes ago', () => {
  expect(afterPageDeath([0, 1000, 2000, 301_500], 301_500)).toBe('reload');
});

it('starts without GPU after three losses', () => {
  expect(afterGpuLoss(2)).toBe('carryOn');
  expect(afterGpuLoss(3)).toBe('restartWithoutGpu');
});

it('leaves an ordinary end alone', () => {
  expect(isOrdinaryEnd('clean-exit')).toBe(true);
  expect(isOrdinaryEnd('crashed')).toBe(false);
});
