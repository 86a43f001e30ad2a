import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { createSupervision } from './supervision.ts';

const account = { account: '4f39', supervisionMs: 60_000, lenient: false };

const start = () => {
  const clock = createManualClock();
  const told: string[] = [];
  const state = { recordable: true };
  const supervision = createSupervision(clock, (name, sinceMs) => {
    told.push(`silent ${name} ${clock.nowMs() - sinceMs}`);
    return state.recordable;
  });
  const hear = (): boolean => supervision.heard('4F39', () => (told.push('alive'), state.recordable));
  return { clock, told, state, supervision, hear };
};

describe('supervision', () => {
  it('tells one silence once, and the return once', () => {
    const { clock, told, supervision, hear } = start();
    supervision.configure([account]);
    hear();
    clock.advance(59_000);
    hear();
    clock.advance(59_000);
    expect(told).toEqual(['alive']);
    clock.advance(600_000);
    expect(told).toEqual(['alive', 'silent 4f39 60000']);
    hear();
    hear();
    expect(told).toEqual(['alive', 'silent 4f39 60000', 'alive']);
  });

  it('tells a panel that never called', () => {
    const { clock, told, supervision } = start();
    supervision.configure([account]);
    clock.advance(60_000);
    expect(told).toEqual(['silent 4f39 60000']);
  });

  it('is not fooled by the wall clock', () => {
    const { clock, told, supervision, hear } = start();
    supervision.configure([account]);
    hear();
    clock.setWall(clock.nowMs() + 86_400_000);
    clock.advance(59_999);
    expect(told).toEqual(['alive']);
  });

  it('tells again what could not be recorded', () => {
    const { clock, told, state, supervision, hear } = start();
    supervision.configure([account]);
    state.recordable = false;
    expect(hear()).toBe(false);
    clock.advance(65_000);
    expect(told.filter((line) => line.startsWith('silent'))).toHaveLength(2);
    state.recordable = true;
    clock.advance(60_000);
    expect(told.filter((line) => line.startsWith('silent'))).toHaveLength(3);
    expect(hear()).toBe(true);
  });

  it('follows a changed limit and forgets a removed account', () => {
    const { clock, told, supervision, hear } = start();
    supervision.configure([account]);
    hear();
    clock.advance(30_000);
    supervision.configure([{ ...account, supervisionMs: 40_000 }]);
    clock.advance(10_000);
    expect(told).toHaveLength(2);
    supervision.configure([]);
    expect(supervision.find('4F39')).toBeUndefined();
    expect(clock.pending()).toBe(0);
  });
});
