import { describe, expect, test } from 'vitest';
import { BUDGET_STEPS, fullBudget, nextBudget, releasedOn, slotsOnKeyFrames } from './budget.rules.ts';
import type { Budget } from './budget.rules.ts';
import { emptyPlan, planChannels } from './channels.rules.ts';

/** Looks twice a second for `ms`; answers the budget after it. */
const pass = (from: Budget, fromMs: number, ms: number, late: number): Budget => {
  let budget = from;
  for (let at = 500; at <= ms; at += 500) budget = nextBudget(budget, { nowMs: fromMs + at, tiles: 16, late });
  return budget;
};

const slots = planChannels(
  emptyPlan,
  Array.from({ length: 8 }, (_, slot) => ({
    slot,
    epoch: 1,
    cameraId: `cam-${slot}`,
    quality: 'sub' as const,
    rank: slot === 6 ? ('alarmed' as const) : slot === 7 ? ('focus' as const) : ('normal' as const),
  })),
).slots;

describe('decoder budget', () => {
  test('a few late tiles change nothing, a quarter of them for long costs every step in turn', () => {
    expect(pass(fullBudget(0), 0, 60_000, 3).level).toBe(0);
    expect(pass(fullBudget(0), 0, 1500, 16).level).toBe(0);
    expect(pass(fullBudget(0), 0, 2500, 4).level).toBe(1);
    expect(pass(fullBudget(0), 0, 60_000, 4).level).toBe(BUDGET_STEPS);
  });

  test('calm gives it back step by step', () => {
    const low = pass(fullBudget(0), 0, 5000, 16);
    expect(low.level).toBe(2);
    expect(pass(low, 5000, 8000, 0).level).toBe(2);
    expect(pass(low, 5000, 9000, 0).level).toBe(1);
    expect(pass(low, 5000, 18_000, 0).level).toBe(0);
  });

  test('giving back too early makes the next wait longer', () => {
    const low = pass(fullBudget(0), 0, 2500, 16);
    const eased = pass(low, 2500, 9000, 0);
    expect(eased.level).toBe(0);
    const again = pass(eased, 11_500, 3000, 16);
    expect(again).toMatchObject({ level: 1, calmNeededMs: 16_000 });
    expect(pass(again, 14_500, 10_000, 0).level).toBe(1);
    expect(pass(again, 14_500, 17_000, 0).level).toBe(0);
  });

  test('small tiles go to key frames a quarter at a time, the last first; focus and alarm never', () => {
    expect([...slotsOnKeyFrames(slots, 0)]).toEqual([]);
    expect([...slotsOnKeyFrames(slots, 1)]).toEqual([5, 4]);
    expect([...slotsOnKeyFrames(slots, 4)].toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...slotsOnKeyFrames(slots, 5)].toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('only the last step halves the tick', () => {
    expect([0, 1, 2, 3].map((tick) => releasedOn(4, tick))).toEqual([true, true, true, true]);
    expect([0, 1, 2, 3].map((tick) => releasedOn(5, tick))).toEqual([true, false, true, false]);
  });
});
