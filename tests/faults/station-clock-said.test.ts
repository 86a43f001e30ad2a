/** What seats say of when something happens by itself is when it happens, also after the PC's clock was set. */
import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../electron/domain/kernel/time.ts';
import {
  crashAndRestart,
  createTestStation,
  pass,
  pressHelp,
  seatOf,
  settle,
  type TestSeat,
  type TestStation,
  valueOf,
} from '../support/station-harness.ts';

const factsOf = (test: TestStation, type: string) =>
  test.journal.facts(0, 100_000).filter((fact) => fact.type === type);
const call = (seat: TestSeat) => seat.rows('incidents')[0];
const gate = (seat: TestSeat) => seat.rows('barriers').find(({ barrierId }) => barrierId === 'north');
const callId = (test: TestStation): string => call(test.manager)?.incidentId ?? '';
const inputs = { openRelay: 'r1', closeRelay: 'r2', openInput: 'i1', closedInput: 'i2', travelMs: 3000 };
const northGate = { barrierId: 'north', name: '北门道闸', cameraId: 'gate', ...inputs };

const takeOver = async (seat: TestSeat): Promise<void> => {
  valueOf(await seat.command('beginTakeover', {}));
  const seenItems = seat.rows('shift')[0]?.handover?.openItems ?? [];
  valueOf(await seat.command('acceptTakeover', { seenItems }));
  await settle();
};

const taken = async (test: TestStation): Promise<TestSeat> => {
  const seat = await seatOf(test, 'li');
  pressHelp(test);
  await settle();
  valueOf(await seat.command('claimIncident', { incidentId: callId(test) }));
  return seat;
};

/** Takes over the post, and lays the call aside for ten minutes. */
const parked = async (test: TestStation): Promise<void> => {
  const seat = await taken(test);
  await takeOver(seat);
  const untilMs = test.clock.nowMs() + minutes(10);
  valueOf(await seat.command('parkIncident', { incidentId: callId(test), reason: '等家属', untilMs }));
};

const opened = async (test: TestStation): Promise<TestSeat> => {
  const seat = await seatOf(test, 'wu');
  valueOf(await seat.command('openBarrier', { barrierId: 'north', reason: 'visitor', note: null }));
  await pass(test.clock, seconds(4));
  return seat;
};

/** What a seat shows as to come, how it begins to be waited for, and the fact of its coming. */
const shown: readonly {
  readonly name: string;
  readonly begin: (test: TestStation) => Promise<unknown>;
  readonly said: (seat: TestSeat) => number | null | undefined;
  readonly fact: string;
  readonly withinMs: number;
}[] = [
  {
    name: 'the siren of a call that nobody has taken on',
    begin: async (test) => pressHelp(test),
    said: (seat) => call(seat)?.escalatesAt,
    fact: 'v1.IncidentEscalated',
    withinMs: minutes(2),
  },
  {
    name: 'when a call that somebody has taken on rings again',
    begin: taken,
    said: (seat) => call(seat)?.escalatesAt,
    fact: 'v1.IncidentEscalated',
    withinMs: minutes(6),
  },
  {
    name: 'when all seats are called for somebody who is not sure',
    begin: async (test) => {
      const seat = await taken(test);
      valueOf(await seat.command('answerStep', { incidentId: callId(test), step: 'reach', answer: 'unsure' }));
    },
    said: (seat) => call(seat)?.escalatesAt,
    fact: 'v1.IncidentEscalated',
    withinMs: minutes(3),
  },
  {
    name: 'until when a call is laid aside',
    begin: parked,
    said: (seat) => call(seat)?.parkedUntil,
    fact: 'v1.IncidentEscalated',
    withinMs: minutes(11),
  },
  {
    name: 'when a call that is laid aside rings again',
    begin: parked,
    said: (seat) => call(seat)?.escalatesAt,
    fact: 'v1.IncidentEscalated',
    withinMs: minutes(11),
  },
  {
    name: 'when somebody is reminded of a gate that stands open',
    begin: opened,
    said: (seat) => gate(seat)?.standing?.remindAt,
    fact: 'v1.BarrierLeftOpen',
    withinMs: minutes(6),
  },
  {
    name: 'until when a gate is kept open',
    begin: async (test) =>
      valueOf(await (await opened(test)).command('keepBarrierOpen', { barrierId: 'north', forMs: minutes(20) })),
    said: (seat) => gate(seat)?.standing?.keepUntil,
    fact: 'v1.BarrierLeftOpen',
    withinMs: minutes(21),
  },
];

const jumps = [
  ['forward by an hour', hours(1)],
  ['back by an hour', -hours(1)],
  ['forward by ten seconds', seconds(10)],
] as const;
const cases = shown.flatMap((one) => jumps.map(([direction, byMs]) => ({ ...one, direction, byMs })));

/** Waits until it has come, and compares that with what was said of it. */
const comesAsSaid = async (
  test: TestStation,
  { said, fact, withinMs }: Pick<(typeof shown)[number], 'said' | 'fact' | 'withinMs'>,
): Promise<void> => {
  const saidMs = said(test.manager) ?? 0;
  const before = factsOf(test, fact).length;
  expect(saidMs - test.clock.nowMs()).toBeGreaterThan(0);
  expect(saidMs - test.clock.nowMs()).toBeLessThan(withinMs);
  await pass(test.clock, saidMs - test.clock.nowMs() - seconds(1));
  expect(factsOf(test, fact)).toHaveLength(before);
  await pass(test.clock, seconds(2));
  expect(factsOf(test, fact)).toHaveLength(before + 1);
};

describe('a clock that is set while the station runs', () => {
  it.each(cases)('$direction: $name is said right within two seconds', async (one) => {
    const test = await createTestStation();
    await one.begin(test);
    await pass(test.clock, seconds(10));
    test.clock.setWall(test.clock.nowMs() + one.byMs);
    await pass(test.clock, seconds(2));
    await comesAsSaid(test, one);
  });

  it.each(cases)('$direction: $name is right after a restart too', async (one) => {
    const before = await createTestStation();
    await one.begin(before);
    await pass(before.clock, seconds(10));
    before.clock.setWall(before.clock.nowMs() + one.byMs);
    await pass(before.clock, seconds(2));
    await comesAsSaid(await crashAndRestart(before, { awayMs: seconds(3) }), one);
  });

  it('little by little moves what is said as well', async () => {
    const test = await createTestStation();
    await taken(test);
    for (let step = 0; step < 20; step += 1) {
      await pass(test.clock, seconds(6));
      test.clock.setWall(test.clock.nowMs() + 300);
    }
    const saidMs = call(test.manager)?.escalatesAt ?? 0;
    expect(Math.abs(saidMs - test.clock.nowMs() - (minutes(5) - seconds(120)))).toBeLessThanOrEqual(1500);
  });

  it.each(jumps)(
    '%s: a manager who allows a gate another time moves the reminder by that, and by no more',
    async (_direction, byMs) => {
      const test = await createTestStation();
      await opened(test);
      test.clock.setWall(test.clock.nowMs() + byMs);
      await pass(test.clock, seconds(2));
      const saidMs = gate(test.manager)?.standing?.remindAt ?? 0;
      valueOf(await test.manager.command('addBarrier', { ...northGate, openLimitMs: minutes(7) }));
      await settle();
      expect(gate(test.manager)?.standing?.remindAt).toBe(saidMs + minutes(2));
    },
  );
});

describe('a clock that is set while the station is away', () => {
  it.each(jumps.filter(([, byMs]) => Math.abs(byMs) === hours(1)))(
    '%s: a call rings at once, and what comes next is said right',
    async (_direction, byMs) => {
      const before = await createTestStation();
      await taken(before);
      await pass(before.clock, seconds(10));
      const test = await crashAndRestart(before, { wallMs: before.clock.nowMs() + byMs });
      expect(factsOf(test, 'v1.IncidentEscalated')).toHaveLength(1);
      const said = (seat: TestSeat) => call(seat)?.escalatesAt;
      await comesAsSaid(test, { said, fact: 'v1.IncidentEscalated', withinMs: minutes(2) });
    },
  );

  it('back by an hour: a gate is kept open for the time that was left, and that is what is said', async () => {
    const before = await createTestStation();
    valueOf(await (await opened(before)).command('keepBarrierOpen', { barrierId: 'north', forMs: minutes(20) }));
    const test = await crashAndRestart(before, { wallMs: before.clock.nowMs() - hours(1) });
    const said = (seat: TestSeat) => gate(seat)?.standing?.keepUntil;
    await comesAsSaid(test, { said, fact: 'v1.BarrierLeftOpen', withinMs: minutes(21) });
  });
});

describe('the end of a shift is an hour of the day', () => {
  const until = (test: TestStation) => test.manager.rows('shift')[0]?.responsible?.until;
  const onDuty = async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    await takeOver(seat);
    const untilMs = until(test) ?? 0;
    expect(untilMs - test.clock.nowMs()).toBeGreaterThan(hours(7));
    return { test, untilMs };
  };
  const setBy = {
    running: async (test: TestStation, byMs: number): Promise<TestStation> => {
      test.clock.setWall(test.clock.nowMs() + byMs);
      await pass(test.clock, seconds(2));
      return test;
    },
    away: (test: TestStation, byMs: number): Promise<TestStation> =>
      crashAndRestart(test, { wallMs: test.clock.nowMs() + byMs }),
  };

  it.each([
    ['forward', 'running', hours(1)],
    ['back', 'running', -hours(1)],
    ['forward', 'away', hours(1)],
    ['back', 'away', -hours(1)],
  ] as const)('which a clock that is set %s while the station is %s does not move', async (_direction, how, byMs) => {
    const { test: before, untilMs } = await onDuty();
    const test = await setBy[how](before, byMs);
    expect(until(test)).toBe(untilMs);
    await pass(test.clock, untilMs - test.clock.nowMs() - minutes(1), minutes(1));
    expect(factsOf(test, 'v1.HandoverDue')).toHaveLength(1);
    expect(factsOf(test, 'v1.ShiftOverdue')).toEqual([]);
    await pass(test.clock, minutes(1) + seconds(2));
    expect(factsOf(test, 'v1.ShiftOverdue')).toHaveLength(1);
  });
});
