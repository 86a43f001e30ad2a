import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

test('fifteen frames a second with a key frame in thirty', () => {
  const pace = createPace();
  for (let frame = 0; frame <= 90; frame += 1) pace.frame(frame % 30 === 0, 1000 + (frame * 1000) / 15);
  expect(pace.fps()).toBeCloseTo(15, 5);
  expect(pace.keyGapMs()).toBeCloseTo(2000, 5);
});

test('nothing is known at first, and a clock set back or an outage begins anew', () => {
  const pace = createPace();
  expect([pace.fps(), pace.keyGapMs()]).toEqual([0, 0]);
  pace.frame(true, 50_000);
  pace.frame(true, 10_000);
  pace.frame(true, 80_000);
  expect([pace.fps(), pace.keyGapMs()]).toEqual([0, 0]);
  pace.frame(true, 82_000);
  expect([pace.fps(), pace.keyGapMs()]).toEqual([0.5, 2000]);
});
