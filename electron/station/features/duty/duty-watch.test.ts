import { describe, expect, it } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  pass,
  refusalOf,
  seatOf,
  valueOf,
  type TestSeat,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';
import { hours, minutes } from '../../../domain/kernel/time.ts';

const take = async (seat: TestSeat): Promise<void> => {
  const items = valueOf(await seat.command('beginTakeover', {}))['openItems'];
  valueOf(await seat.command('acceptTakeover', { seenItems: Array.isArray(items) ? items.map(String) : [] }));
};

/** Plans from and to so many hours after now. */
const plan = async (
  test: TestStation,
  entryId: string,
  personId: string,
  fromMs: number,
  toMs: number,
): Promise<string> => refusalOf(await test.manager.command('setRosterEntry', { entryId, personId, fromMs, toMs }));

const longer = async (test: TestStation, ms: number): Promise<void> => pass(test.clock, ms, minutes(1));
const dutyAlarms = (test: TestStation) =>
  test.manager
    .rows('alarms')
    .filter(({ cause }) => ['reliefMissing', 'rosterGap', 'postUnstaffed'].includes(cause))
    .map(({ cause, sourceId, priority, active }) => ({ cause, sourceId, priority, active }));
const missing = (sourceId: string, priority: string, active = true) => ({
  cause: 'reliefMissing',
  sourceId,
  priority,
  active,
});
const shiftOf = (test: TestStation) => test.manager.rows('shift')[0];
const facts = (test: TestStation): readonly string[] =>
  test.journal.facts(0, 100_000).map(({ type }) => type.replace(/^v\d+\./, ''));

const raised = (test: TestStation): number =>
  test.journal
    .facts(0, 100_000)
    .filter(({ type, body }) => type === 'v1.AlarmRaised' && body['cause'] === 'reliefMissing').length;
const missingAlarm = (test: TestStation) => test.manager.rows('alarms').find(({ cause }) => cause === 'reliefMissing');

/** Li is on duty for an hour, then Wu is planned for four, and Li again. */
const onDuty = async () => {
  const test = await createTestStation();
  const at = test.clock.nowMs();
  await plan(test, 'e1', 'li', at - minutes(1), at + hours(1));
  await plan(test, 'e2', 'wu', at + hours(1), at + hours(5));
  await plan(test, 'e3', 'li', at + hours(5), at + hours(24));
  await plan(test, 'e3', 'li', at + hours(5), at + hours(20));
  const li = await seatOf(test, 'li');
  const wu = await seatOf(test, 'wu');
  await take(li);
  return { test, at, li, wu };
};

describe('a relief who does not come', () => {
  it('is called by name after five minutes, and with urgency after fifteen; nobody says that nobody is there', async () => {
    const { test, at } = await onDuty();
    expect(shiftOf(test)?.responsible).toMatchObject({ personId: 'li', until: at + hours(1) });
    await longer(test, hours(1) + minutes(4));
    expect(dutyAlarms(test)).toEqual([]);
    expect(shiftOf(test)?.overdueSince).toBe(at + hours(1));
    await longer(test, minutes(2));
    expect(dutyAlarms(test)).toEqual([missing('wu', 'medium')]);
    await longer(test, minutes(10));
    expect(dutyAlarms(test)).toEqual([missing('wu', 'high')]);
    expect(facts(test)).not.toContain('PostUnstaffedAlarmed');
    expect(raised(test)).toBe(1);
  });

  it('who comes late ends it by taking over, and has the own planned end', async () => {
    const { test, at, wu } = await onDuty();
    await longer(test, hours(1) + minutes(20));
    await take(wu);
    expect(dutyAlarms(test)).toEqual([missing('wu', 'high', false)]);
    expect(shiftOf(test)).toMatchObject({ responsible: { personId: 'wu', until: at + hours(5) }, overdueSince: null });
  });

  it('whose place somebody else takes is waited for no more, and the plan goes on', async () => {
    const { test, at } = await onDuty();
    await longer(test, hours(1) + minutes(20));
    await take(test.manager);
    expect(test.journal.facts(0, 100_000).findLast(({ type }) => type === 'v1.ShiftTakenOver')?.body).toMatchObject({
      responsible: test.managerId,
      outgoing: 'li',
      planned: 'wu',
    });
    expect(dutyAlarms(test)).toEqual([missing('wu', 'high', false)]);
    await longer(test, hours(1));
    expect(dutyAlarms(test)).toEqual([missing('wu', 'high', false)]);
    expect(shiftOf(test)?.responsible).toMatchObject({ personId: test.managerId, until: at + hours(5) });
  });

  it('whose planned shift is taken off is missed no more; that nobody is planned is said instead', async () => {
    const { test } = await onDuty();
    await longer(test, hours(1) + minutes(8));
    valueOf(await test.manager.command('removeRosterEntry', { entryId: 'e2' }));
    expect(dutyAlarms(test)).toEqual([
      missing('wu', 'medium', false),
      { cause: 'rosterGap', sourceId: expect.stringMatching(/^gap-/), priority: 'medium', active: true },
    ]);
  });

  it('whose shift is given to somebody else is missed no more, and the other one is waited for', async () => {
    const { test, at } = await onDuty();
    await longer(test, hours(1) + minutes(8));
    await plan(test, 'e2', test.managerId, at + hours(1), at + hours(5));
    expect(dutyAlarms(test)).toEqual([missing('wu', 'medium', false), missing(test.managerId, 'medium')]);
  });

  it('is missed across a restart: called once, and urgent in time', async () => {
    const { test } = await onDuty();
    await longer(test, hours(1) + minutes(7));
    const again = await crashAndRestart(test, { awayMs: minutes(10) });
    expect(dutyAlarms(again)).toEqual([missing('wu', 'high')]);
    expect(raised(again)).toBe(1);
    const later = await crashAndRestart(again, { awayMs: hours(4) });
    expect(dutyAlarms(later)).toEqual([missing('wu', 'high', false)]);
    expect(shiftOf(later)).toMatchObject({ responsible: { personId: 'li' }, overdueSince: null });
  });

  it('is told anew, when it gets urgent, to somebody who had taken note', async () => {
    const { test, li } = await onDuty();
    await longer(test, hours(1) + minutes(7));
    const alarmId = missingAlarm(test)?.alarmId ?? '';
    valueOf(await li.command('acknowledgeAlarm', { alarmId }));
    await longer(test, minutes(10));
    expect(missingAlarm(test)).toMatchObject({
      priority: 'high',
      acknowledged: false,
      acknowledgedBy: null,
    });
  });

  it('who is the same person as the one on duty is nobody to wait for', async () => {
    const { test, at } = await onDuty();
    await plan(test, 'e2', 'li', at + hours(1), at + hours(5));
    expect(shiftOf(test)?.responsible?.until).toBe(at + hours(20));
    await longer(test, hours(2));
    expect(dutyAlarms(test)).toEqual([]);
  });
});

describe('a plan made after a takeover', () => {
  it('rules the end of a shift that had none', async () => {
    const test = await createTestStation();
    const at = test.clock.nowMs();
    const li = await seatOf(test, 'li');
    await take(li);
    expect(shiftOf(test)?.responsible?.until).toBe(at + hours(8));
    await plan(test, 'e1', 'wu', at + hours(1), at + hours(4));
    expect(shiftOf(test)?.responsible?.until).toBe(at + hours(1));
    await longer(test, hours(1) + minutes(6));
    expect(dutyAlarms(test)).toContainEqual(missing('wu', 'medium'));
    expect(shiftOf(test)?.responsible).toMatchObject({ personId: 'li', until: at + hours(1) });
  });

  it('that ends it in the past makes it overdue, with nobody reminded of what is over', async () => {
    const test = await createTestStation();
    const at = test.clock.nowMs();
    await take(await seatOf(test, 'li'));
    await longer(test, hours(1));
    await plan(test, 'e1', 'wu', at + minutes(30), at + hours(4));
    expect(shiftOf(test)).toMatchObject({ responsible: { until: at + minutes(30) }, overdueSince: at + minutes(30) });
    expect(facts(test)).not.toContain('HandoverDue');
    expect(dutyAlarms(test)).toContainEqual(missing('wu', 'high'));
  });

  it('may come while somebody looks at what is open: the shift is accepted with the end it gives', async () => {
    const test = await createTestStation();
    const at = test.clock.nowMs();
    await plan(test, 'e1', 'wu', at + minutes(2), at + hours(4));
    const li = await seatOf(test, 'li');
    valueOf(await li.command('beginTakeover', {}));
    await longer(test, minutes(10));
    const items = shiftOf(test)?.handover?.openItems ?? [];
    valueOf(await li.command('acceptTakeover', { seenItems: items }));
    expect(shiftOf(test)?.responsible).toMatchObject({ personId: 'li', until: at + hours(4) });
  });

  it('is not needed: without a roster nobody is missed, however long somebody stays', async () => {
    const test = await createTestStation();
    await take(await seatOf(test, 'li'));
    await pass(test.clock, hours(20), minutes(10));
    expect(dutyAlarms(test)).toEqual([]);
  });
});

describe('a post that nobody has', () => {
  it('misses whoever is planned, beside saying that nobody is there; and nobody for hours planned only now', async () => {
    const test = await createTestStation();
    const at = test.clock.nowMs();
    await plan(test, 'e1', 'wu', at - hours(2), at + hours(4));
    await longer(test, minutes(9));
    expect(dutyAlarms(test).map(({ cause }) => cause)).toEqual(['postUnstaffed']);
    await longer(test, minutes(2));
    expect(dutyAlarms(test)).toContainEqual(missing('wu', 'high'));
    await take(await seatOf(test, 'wu'));
    expect(dutyAlarms(test).filter(({ active, cause }) => active && cause !== 'rosterGap')).toEqual([]);
  });
});

describe('a gap', () => {
  it('is not told while the plan is being made, shift by shift', async () => {
    const test = await createTestStation();
    const at = test.clock.nowMs();
    await take(await seatOf(test, 'li'));
    await plan(test, 'e1', 'li', at, at + hours(2));
    await longer(test, minutes(9));
    await plan(test, 'e2', 'wu', at + hours(2), at + hours(4));
    await longer(test, minutes(9));
    expect(dutyAlarms(test)).toEqual([]);
    await longer(test, minutes(2));
    expect(dutyAlarms(test)).toMatchObject([{ cause: 'rosterGap', priority: 'low' }]);
  });

  it('is not told either when the plan follows something else before the watch has looked', async () => {
    const test = await createTestStation();
    const at = test.clock.nowMs();
    await take(await seatOf(test, 'li'));
    const pin = '4826';
    await Promise.all([
      test.manager.command('addPerson', { personId: 'zhou', name: '周师傅', role: 'guard', pin, active: true }),
      plan(test, 'e1', 'li', at, at + hours(2)),
    ]);
    expect(dutyAlarms(test)).toEqual([]);
  });

  it('is told hours ahead, once, and settled by planning somebody', async () => {
    const { test, at, wu } = await onDuty();
    await plan(test, 'e4', 'wu', at + hours(22), at + hours(30));
    await longer(test, hours(1));
    await take(wu);
    await longer(test, hours(6));
    expect(dutyAlarms(test).filter(({ cause }) => cause === 'rosterGap')).toEqual([]);
    await longer(test, hours(2));
    const gap = { cause: 'rosterGap', sourceId: `gap-${String(at + hours(20))}`, priority: 'low', active: true };
    expect(dutyAlarms(test)).toContainEqual(gap);
    await plan(test, 'e5', test.managerId, at + hours(20), at + hours(22));
    expect(dutyAlarms(test)).toContainEqual({ ...gap, active: false });
  });
});

describe('somebody who works here no more', () => {
  const gone = { personId: 'wu', name: '吴师傅', role: 'guard', pin: null, active: false } as const;

  it('is planned no more: the shift is open, nobody waits for them, and nobody can plan them', async () => {
    const { test, at } = await onDuty();
    valueOf(await test.manager.command('addPerson', gone));
    await longer(test, minutes(11));
    expect(dutyAlarms(test)).toEqual([
      { cause: 'rosterGap', sourceId: `gap-${String(at + hours(1))}`, priority: 'low', active: true },
    ]);
    await longer(test, hours(1) + minutes(30));
    expect(dutyAlarms(test).map(({ cause }) => cause)).toEqual(['rosterGap']);
    expect(await plan(test, 'e9', 'wu', at + hours(30), at + hours(31))).toBe('hasLeft');
  });

  it('leaves shifts that are filled over, and is waited for again only where they were not', async () => {
    const { test, at } = await onDuty();
    await plan(test, 'e4', 'wu', at + hours(22), at + hours(30));
    valueOf(await test.manager.command('addPerson', gone));
    expect(await plan(test, 'e5', test.managerId, at + hours(1), at + hours(5))).toBe('taken');
    expect(test.manager.rows('roster').map(({ entryId }) => entryId)).toEqual(['e1', 'e3', 'e4', 'e5']);
    valueOf(await test.manager.command('addPerson', { ...gone, active: true }));
    await longer(test, hours(1) + minutes(10));
    expect(dutyAlarms(test)).toContainEqual(missing(test.managerId, 'medium'));
  });

  it('is responsible no more: nobody is, and that is what is said, until somebody takes over', async () => {
    const { test, wu } = await onDuty();
    await take(wu);
    valueOf(await test.manager.command('addPerson', gone));
    expect(shiftOf(test)).toMatchObject({ responsible: null, handover: null });
    await longer(test, minutes(3));
    expect(dutyAlarms(test)).toContainEqual({
      cause: 'postUnstaffed',
      sourceId: 'monitoringRoom',
      priority: 'high',
      active: true,
    });
    valueOf(await test.manager.command('addPerson', { ...gone, active: true }));
    expect(shiftOf(test)?.responsible).toBeNull();
    await take(test.manager);
    expect(shiftOf(test)?.responsible).toMatchObject({ personId: test.managerId, shiftNumber: 3 });
    expect(dutyAlarms(test)).toContainEqual(expect.objectContaining({ cause: 'postUnstaffed', active: false }));
  });

  it('takes over no more, if they were about to', async () => {
    const { test, wu } = await onDuty();
    valueOf(await wu.command('beginTakeover', {}));
    valueOf(await test.manager.command('addPerson', gone));
    expect(shiftOf(test)).toMatchObject({ responsible: { personId: 'li' }, handover: null });
  });
});
