import { describe, expect, it } from 'vitest';
import {
  connect,
  crashAndRestart,
  createTestStation,
  createWorld,
  pass,
  pressHelp,
  seatOf,
  settle,
  valueOf,
  type TestSeat,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';
import { minutes, seconds } from '../../../domain/kernel/time.ts';

const gateOf = (seat: TestSeat) => seat.rows('barriers').find(({ barrierId }) => barrierId === 'north');
const reminders = (seat: TestSeat) => seat.rows('alarms').filter(({ cause }) => cause === 'barrierStandsOpen');
const openFor = async (seat: TestSeat, reason: 'visitor' | 'ambulance' = 'visitor'): Promise<void> => {
  valueOf(await seat.command('openBarrier', { barrierId: 'north', reason, note: null }));
};
const answer = async (seat: TestSeat, step: string, given: string): Promise<void> => {
  const incidentId = seat.rows('incidents')[0]?.incidentId ?? '';
  valueOf(await seat.command('answerStep', { incidentId, step, answer: given }));
};
/** A call for help that has come to "call 120". */
const callAmbulance = async (test: TestStation, seat: TestSeat): Promise<void> => {
  pressHelp(test);
  await settle();
  valueOf(await seat.command('claimIncident', { incidentId: seat.rows('incidents')[0]?.incidentId ?? '' }));
  await answer(seat, 'reach', 'answered');
  await answer(seat, 'needAmbulance', 'yes');
};

describe('a gate that stands open', () => {
  it('says so after five minutes, with who opened it, for what and since when; and no longer when it is closed', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    await openFor(seat);
    await pass(test.clock, seconds(4));
    expect(gateOf(seat)?.standing).toMatchObject({ by: 'wu', reason: 'visitor', remindedAt: null });
    await pass(test.clock, minutes(5) - seconds(2));
    expect(reminders(seat)).toEqual([]);
    await pass(test.clock, seconds(5));
    expect(reminders(seat)).toMatchObject([
      { active: true, priority: 'medium', sourceId: 'north', cameraIds: ['gate'] },
    ]);
    expect(gateOf(seat)?.standing?.remindedAt).toBe(reminders(seat)[0]?.raisedAt);
    valueOf(await seat.command('closeBarrier', { barrierId: 'north', reason: 'afterPassage', note: null }));
    await pass(test.clock, seconds(4));
    expect(reminders(seat)).toMatchObject([{ active: false }]);
    expect(gateOf(seat)?.standing).toBeNull();
  });

  it('is reminded of after the time that the manager sets', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const wires = { openRelay: 'r1', closeRelay: 'r2', openInput: 'i1', closedInput: 'i2', travelMs: 3000 };
    const same = { barrierId: 'north', name: '北门道闸', cameraId: 'gate', ...wires };
    valueOf(await test.manager.command('addBarrier', { ...same, openLimitMs: minutes(2) }));
    expect(gateOf(seat)?.openLimitMs).toBe(minutes(2));
    valueOf(await test.manager.command('addBarrier', same));
    expect(gateOf(seat)?.openLimitMs).toBe(minutes(2));
    await openFor(seat);
    await pass(test.clock, minutes(2) + seconds(4));
    expect(reminders(seat)).toHaveLength(1);
  });

  it('is reminded of over a restart, with the time that was left', async () => {
    const before = await createTestStation();
    await openFor(before.manager);
    await pass(before.clock, minutes(3));
    const test = await crashAndRestart(before, { awayMs: minutes(1) });
    const seat = await seatOf(test, 'wu');
    expect(reminders(seat)).toEqual([]);
    await pass(test.clock, minutes(1) + seconds(5));
    expect(reminders(seat)).toMatchObject([{ active: true }]);
    const again = await crashAndRestart(test, { awayMs: minutes(1) });
    expect(reminders(again.manager)).toMatchObject([{ active: true }]);
  });

  it('is nobody’s fault while an ambulance is expected, and is said when the call is over', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    await callAmbulance(test, seat);
    await openFor(seat, 'ambulance');
    await pass(test.clock, minutes(20), seconds(10));
    expect(reminders(seat)).toEqual([]);
    await answer(seat, 'call120', 'called');
    await answer(seat, 'openGate', 'opened');
    await answer(seat, 'sendSomebody', 'onTheWay');
    await answer(seat, 'seen', 'seenNeedsCare');
    await answer(seat, 'withPerson', 'ambulance');
    await pass(test.clock, minutes(1));
    expect(reminders(seat)).toEqual([]);
    const incidentId = seat.rows('incidents')[0]?.incidentId ?? '';
    valueOf(await seat.command('resolveIncident', { incidentId, resolution: 'handedToAmbulance', note: null }));
    await pass(test.clock, seconds(16));
    expect(reminders(seat)).toMatchObject([{ active: true }]);
    expect(gateOf(seat)?.standing).toMatchObject({ by: 'li', reason: 'ambulance' });
  });

  it('that was reminded of already is left in peace when an ambulance is called', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    await openFor(seat);
    await pass(test.clock, minutes(6), seconds(5));
    expect(reminders(seat)).toMatchObject([{ active: true }]);
    await callAmbulance(test, seat);
    await settle();
    expect(reminders(seat)).toMatchObject([{ active: false }]);
    await pass(test.clock, minutes(2), seconds(5));
    expect(reminders(seat).filter(({ active }) => active)).toEqual([]);
  });

  it.each([
    ['fire', '3'],
    ['gas', '3'],
    ['fire', '9'],
  ] as const)('is left in peace while an alarm of %s from zone %s is open', async (meaning, zone) => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    await openFor(seat);
    await pass(test.clock, minutes(6), seconds(5));
    expect(reminders(seat)).toMatchObject([{ active: true }]);
    test.panels.sendEvent({ account: '4F39', zone, code: 'FA', protocol: 'SIA-DCS', meaning, restored: false });
    await settle();
    expect(reminders(seat)).toMatchObject([{ active: false }]);
    await pass(test.clock, minutes(2), seconds(5));
    expect(reminders(seat).filter(({ active }) => active)).toEqual([]);
  });

  it('that was opened by hand is noticed as well, and each gate for itself', async () => {
    const world = createWorld();
    const test = await createTestStation(world);
    const south = { barrierId: 'south', name: '南门道闸', cameraId: 'gate', openRelay: 'r3', closeRelay: 'r4' };
    valueOf(await test.manager.command('addBarrier', { ...south, openInput: 'i3', closedInput: 'i4', travelMs: 3000 }));
    await pass(test.clock, 100, 100);
    world.barriers.stand('south', 'open');
    await openFor(test.manager);
    await pass(test.clock, minutes(6), seconds(5));
    const seat = connect(test.station, test.clock, test.ids, { session: test.manager.token() });
    expect(
      reminders(seat)
        .map(({ sourceId }) => sourceId)
        .toSorted(),
    ).toEqual(['north', 'south']);
    expect(seat.rows('barriers').find(({ barrierId }) => barrierId === 'south')?.standing).toMatchObject({
      by: null,
      reason: null,
    });
  });

  it('that is wanted open is left in peace for so long, and the log says who wanted it', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    await openFor(seat);
    await pass(test.clock, minutes(6), seconds(5));
    valueOf(await seat.command('keepBarrierOpen', { barrierId: 'north', forMs: minutes(15) }));
    expect(reminders(seat)).toMatchObject([{ active: false }]);
    expect(seat.rows('log').some(({ type, actor }) => type === 'v1.BarrierKeptOpen' && actor === 'wu')).toBe(true);
    await pass(test.clock, minutes(14), seconds(10));
    expect(reminders(seat).filter(({ active }) => active)).toEqual([]);
    await pass(test.clock, minutes(2), seconds(10));
    expect(reminders(seat).filter(({ active }) => active)).toHaveLength(1);
  });
});

describe('a gate whose controller refuses', () => {
  const refusals = (seat: TestSeat) => seat.rows('alarms').filter(({ cause }) => cause === 'barrierRefused');
  const refused = { kind: 'refused', reason: 'busy' } as const;

  it.each(['ambulance', 'visitor'] as const)(
    'while an ambulance is expected is seen at every seat, whatever reason was given: %s',
    async (reason) => {
      const test = await createTestStation();
      const seat = await seatOf(test, 'wu');
      await callAmbulance(test, seat);
      test.barriers.failWith(refused);
      await openFor(seat, reason);
      await settle();
      const alarm = { priority: 'high', sourceId: 'north', active: true, cameraIds: ['gate'] };
      expect(refusals(test.manager)).toMatchObject([alarm]);
      const looksOn = connect(test.station, test.clock, test.ids);
      await settle();
      expect(refusals(looksOn)).toMatchObject([alarm]);
    },
  );

  it('is the presser’s alone the first time, and everybody’s the second; a note or a command that is taken ends it', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    test.barriers.failWith(refused);
    await openFor(seat);
    await settle();
    expect(gateOf(test.manager)?.commandState).toBe('failed');
    expect(refusals(test.manager)).toEqual([]);
    await openFor(seat);
    await settle();
    expect(refusals(test.manager)).toMatchObject([{ priority: 'medium', active: true, occurrences: 1 }]);
    await openFor(seat);
    await settle();
    expect(refusals(test.manager)).toMatchObject([{ active: true, occurrences: 2 }]);
    const alarmId = refusals(test.manager)[0]?.alarmId ?? '';
    valueOf(await test.manager.command('acknowledgeAlarm', { alarmId }));
    expect(refusals(test.manager)).toEqual([]);
    await openFor(seat);
    await settle();
    expect(refusals(test.manager)).toMatchObject([{ active: true, occurrences: 1 }]);
    test.barriers.failWith(null);
    await openFor(seat);
    await pass(test.clock, seconds(4));
    expect(refusals(test.manager)).toMatchObject([{ active: false }]);
    expect(gateOf(test.manager)?.position).toBe('open');
  });

  it('rises when it has refused a visitor and then an ambulance', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    test.barriers.failWith(refused);
    for (const reason of ['visitor', 'visitor', 'ambulance'] as const) {
      await openFor(seat, reason);
      await settle();
    }
    expect(refusals(test.manager)).toMatchObject([{ priority: 'high', active: true }]);
  });
});
