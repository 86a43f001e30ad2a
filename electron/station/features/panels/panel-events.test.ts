import { describe, expect, it } from 'vitest';
import {
  createTestStation,
  pass,
  seatOf,
  valueOf,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';
import { seconds } from '../../../domain/kernel/time.ts';
import type { PanelMeaning, PanelNumber } from '../../ports/devices.port.ts';

const alarms = (test: TestStation) => test.manager.rows('alarms');
const lines = (test: TestStation) => test.manager.rows('log');

const report = (
  test: TestStation,
  meaning: PanelMeaning,
  zone = '3',
  more: { readonly number?: PanelNumber; readonly restored?: boolean } = {},
) =>
  test.panels.sendEvent({
    account: '4F39',
    code: 'XX',
    protocol: 'SIA-DCS',
    zone,
    meaning,
    number: 'zone',
    restored: false,
    ...more,
  });

describe('an event of a home that is set up', () => {
  it.each([
    ['help', 'helpButton', 'life', 1],
    ['panic', 'panicAlarm', 'life', 1],
    ['atRisk', 'atRisk', 'life', 1],
    ['fire', 'fireAlarm', 'life', 1],
    ['gas', 'gasAlarm', 'life', 1],
    ['unclear', 'panelAlarm', 'life', 1],
    ['burglary', 'burglaryAlarm', 'high', 0],
    ['water', 'waterAlarm', 'high', 0],
  ] as const)('%s is called %s and nothing else', async (meaning, cause, priority, incidents) => {
    const test = await createTestStation();
    expect(report(test, meaning)).toBe('ACK');
    expect(alarms(test)).toEqual([
      expect.objectContaining({ cause, priority, sourceId: 'hp502', cameraIds: ['stairs'] }),
    ]);
    expect(test.manager.rows('incidents')).toHaveLength(incidents);
    report(test, meaning, '3', { restored: true });
    expect(alarms(test)).toEqual([expect.objectContaining({ cause, active: false })]);
  });

  it.each(['tamper', 'trouble', 'test', 'arming', 'other'] as const)('%s is a line of the log', async (meaning) => {
    const test = await createTestStation();
    expect(report(test, meaning)).toBe('ACK');
    expect(alarms(test)).toEqual([]);
    expect(lines(test).at(-1)).toMatchObject({ type: 'v1.PanelReported', body: { meaning } });
  });

  it('has nothing to do with a user of the same number', async () => {
    const test = await createTestStation();
    report(test, 'arming', '3', { number: 'user' });
    expect(alarms(test)).toEqual([]);
    report(test, 'panic', '3', { number: 'user' });
    expect(alarms(test)).toEqual([
      expect.objectContaining({ cause: 'unknownZone', sourceId: '4F39', details: ['panic/'] }),
    ]);
  });

  it('whose end nobody reports is ended by a note', async () => {
    const test = await createTestStation();
    report(test, 'burglary');
    const { alarmId } = alarms(test)[0] ?? { alarmId: '' };
    valueOf(await test.manager.command('acknowledgeAlarm', { alarmId }));
    expect(alarms(test)).toEqual([]);
  });
});

describe('an event from nowhere that is set up', () => {
  it('is one alarm and one incident, counted, however many places are named; and real help gets through', async () => {
    const test = await createTestStation();
    const before = test.manager.rows('log').length;
    for (let zone = 100; zone < 1100; zone += 1) expect(report(test, 'help', String(zone))).toBe('ACK');
    expect(report(test, 'help')).toBe('ACK');
    await pass(test.clock, seconds(6));
    expect(alarms(test).map(({ cause, sourceId, occurrences }) => [cause, sourceId, occurrences])).toEqual([
      ['unknownZone', '4F39', 1000],
      ['helpButton', 'hp502', 1],
    ]);
    expect(alarms(test)[0]?.details).toHaveLength(9);
    expect(test.manager.rows('incidents')).toHaveLength(2);
    expect(lines(test).length - before).toBeLessThan(40);
  });

  it('that is no call for help is urgent, and does not hide one', async () => {
    const test = await createTestStation();
    report(test, 'burglary', '77');
    report(test, 'unclear', '78');
    report(test, 'fire', '79');
    expect(alarms(test).map(({ cause, priority, details }) => [cause, priority, details])).toEqual([
      ['panelAlarm', 'high', ['burglary/77', 'unclear/78']],
      ['unknownZone', 'life', ['fire/79']],
    ]);
  });

  it('does not come back by what was counted before its incident ended', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    report(test, 'help', '77');
    report(test, 'help', '77');
    const { incidentId } = seat.rows('incidents')[0] ?? { incidentId: '' };
    valueOf(await seat.command('claimIncident', { incidentId }));
    valueOf(await seat.command('answerStep', { incidentId, step: 'reach', answer: 'answered' }));
    valueOf(await seat.command('resolveIncident', { incidentId, resolution: 'falseAlarm', note: null }));
    await pass(test.clock, seconds(6));
    expect(alarms(test)).toEqual([]);
    report(test, 'help', '77');
    expect(alarms(test)).toHaveLength(1);
  });
});

describe('what cannot be read', () => {
  const unreadable = (test: TestStation, why: 'encrypted' | 'checksum' | 'unreadable' = 'unreadable') =>
    test.panels.tell({ kind: 'unreadable', account: '4F39', why, atMs: test.clock.nowMs() });

  it('is an urgent alarm of its account, committed before the panel is answered', async () => {
    const test = await createTestStation();
    test.journal.failNext({ kind: 'diskFull' });
    expect(unreadable(test)).toBe('NAK');
    expect(unreadable(test, 'encrypted')).toBe('ACK');
    for (let times = 0; times < 500; times += 1) expect(unreadable(test, 'encrypted')).toBe('ACK');
    await pass(test.clock, seconds(6));
    expect(alarms(test)).toEqual([
      expect.objectContaining({
        cause: 'panelUnreadable',
        priority: 'high',
        sourceId: '4F39',
        occurrences: 501,
        details: ['encrypted'],
      }),
    ]);
  });

  it('comes from a stranger: one alarm of the address, with the accounts that were tried', async () => {
    const test = await createTestStation();
    const stranger = { kind: 'stranger', source: '192.0.2.50', times: 10, atMs: test.clock.nowMs() } as const;
    test.panels.tell({ ...stranger, accounts: ['1111', '2222'] });
    test.panels.tell({ ...stranger, accounts: ['1111', '2222', '3333'] });
    expect(alarms(test)).toEqual([
      expect.objectContaining({
        cause: 'panelStranger',
        sourceId: '192.0.2.50',
        occurrences: 11,
        details: ['1111', '2222', '3333'],
      }),
    ]);
  });
});
