import { describe, expect, test } from 'vitest';
import { type Barrier, createBarrier } from './barrier.ts';

/** A barrier whose time is turned by hand. */
const barrierByHand = (): { barrier: Barrier; pass: (ms: number) => void; limits: string[] } => {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const limits: string[] = [];
  const barrier = createBarrier({
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    travelMs: 3000,
    limits: (open, closed) => limits.push(open ? 'open' : closed ? 'closed' : 'between'),
  });
  return {
    barrier,
    limits,
    pass: (ms) => {
      now += ms;
      const due = timers.filter((one) => one.at <= now);
      timers = timers.filter((one) => one.at > now);
      for (const one of due) one.run();
    },
  };
};

describe('the simulated barrier', () => {
  test('travels three seconds each way, and stays where it is without a command', () => {
    const { barrier, pass, limits } = barrierByHand();
    barrier.pulse('open');
    pass(1500);
    expect(barrier.state()).toMatchObject({ doing: 'opening', position: 0.5, openLimit: false, closedLimit: false });
    pass(1500);
    expect(barrier.state()).toMatchObject({ doing: 'open', position: 1, openLimit: true });
    pass(3_600_000);
    barrier.pulse('close');
    pass(3000);
    expect(limits).toEqual(['between', 'open', 'between', 'closed']);
  });

  test('turns round where it is, and needs only the way it has gone', () => {
    const { barrier, pass, limits } = barrierByHand();
    barrier.pulse('open');
    pass(900);
    barrier.pulse('close');
    pass(899);
    expect(barrier.state().doing).toBe('closing');
    pass(2);
    expect(barrier.state().doing).toBe('closed');
    expect(limits).toEqual(['between', 'closed']);
  });

  test('a second pulse of the same kind changes nothing', () => {
    const { barrier, pass } = barrierByHand();
    barrier.pulse('open');
    pass(2000);
    barrier.pulse('open');
    pass(1000);
    expect(barrier.state().doing).toBe('open');
    const { change } = barrier.arm();
    barrier.pulse('open');
    expect(barrier.arm().change).toBe(change);
  });

  test.for([
    [600, 'halfway'],
    [2400, 'open'],
  ] as const)('loses its power after %i ms and comes to rest %s', ([afterMs, rest]) => {
    const { barrier, pass } = barrierByHand();
    barrier.pulse('open');
    pass(afterMs);
    barrier.setFault('no-power');
    expect(barrier.pulse('close')).toBe('fault');
    pass(3000);
    expect(barrier.state().doing).toBe(rest);
  });

  test('stops midway when told so, and goes on from there when well again', () => {
    const { barrier, pass, limits } = barrierByHand();
    barrier.setFault('stops-midway');
    barrier.pulse('open');
    pass(1500);
    expect(barrier.state()).toMatchObject({ doing: 'halfway', position: 0.5 });
    barrier.setFault('none');
    barrier.pulse('close');
    pass(1500);
    expect(limits).toEqual(['between', 'closed']);
  });

  test('stuck takes the pulse, silent does not even answer', () => {
    const { barrier, pass } = barrierByHand();
    barrier.setFault('stuck');
    expect(barrier.pulse('open')).toBe('taken');
    pass(5000);
    expect(barrier.state()).toMatchObject({ doing: 'closed', closedLimit: true });
    barrier.setFault('silent');
    expect(barrier.pulse('open')).toBe('silence');
  });
});
