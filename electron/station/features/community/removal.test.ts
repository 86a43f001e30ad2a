import { describe, expect, it } from 'vitest';
import {
  createTestStation,
  pass,
  refusalOf,
  seatOf,
  settle,
  valueOf,
} from '../../../../tests/support/station-harness.ts';
import { minutes, seconds } from '../../../domain/kernel/time.ts';

const signal = {
  account: '4F39',
  zone: '1',
  code: 'QA',
  protocol: 'SIA-DCS',
  meaning: 'help',
  restored: false,
} as const;

describe('what a manager takes out of use', () => {
  it('is gone from every list, and goes on being called by its name', async () => {
    const test = await createTestStation();
    const { manager } = test;
    const before = manager.rows('barriers').length;
    const name = manager.rows('barriers')[0]?.name;
    valueOf(await manager.command('removeBarrier', { barrierId: 'north' }));
    await settle();
    expect(manager.rows('barriers')).toHaveLength(before - 1);
    const removed = manager
      .rows('log')
      .find(({ type, entityId }) => type === 'v1.BarrierRemoved' && entityId === 'north');
    expect(removed?.labels['what']).toMatchObject({ kind: 'barrier', name });
  });

  it('is driven, watched and waited for no more', async () => {
    const test = await createTestStation();
    const { manager, video } = test;
    valueOf(await manager.command('removeBarrier', { barrierId: 'north' }));
    expect(
      refusalOf(await manager.command('openBarrier', { barrierId: 'north', reason: 'resident', note: null })),
    ).toBe('ended');
    valueOf(await manager.command('removeCamera', { cameraId: 'gate' }));
    expect(video.sources().map(({ cameraId }) => cameraId)).not.toContain('gate');
    expect(manager.rows('helpPoints').flatMap(({ cameraIds }) => cameraIds)).not.toContain('gate');
    await pass(test.clock, minutes(2));
    expect(manager.rows('alarms').filter(({ sourceId }) => sourceId === 'gate' || sourceId === 'north')).toEqual([]);
  });

  it('has its alarm ended with it', async () => {
    const test = await createTestStation();
    const { manager } = test;
    valueOf(await manager.command('removeBarrier', { barrierId: 'north' }));
    const gone = { fault: 'unreachable', codec: null, width: null, height: null } as const;
    test.video.report({ cameraId: 'gate', quality: 'main', state: 'offline', sinceMs: test.clock.nowMs(), ...gone });
    await pass(test.clock, seconds(40));
    const lost = () =>
      manager.rows('alarms').find(({ sourceId, cause }) => sourceId === 'gate' && cause === 'cameraLost');
    expect(lost()?.active).toBe(true);
    valueOf(await manager.command('removeCamera', { cameraId: 'gate' }));
    await settle();
    expect(lost()?.active).toBe(false);
  });

  it('is not the camera that a gate is driven through', async () => {
    const { manager } = await createTestStation();
    expect(refusalOf(await manager.command('removeCamera', { cameraId: 'gate' }))).toBe('cameraDrivesGate');
  });

  it('is not a gate that is moving now', async () => {
    const test = await createTestStation();
    test.barriers.setStuck('north', true);
    valueOf(await test.manager.command('openBarrier', { barrierId: 'north', reason: 'resident', note: null }));
    expect(refusalOf(await test.manager.command('removeBarrier', { barrierId: 'north' }))).toBe('busy');
  });

  it('is not a help button whose call is open; afterwards its press is an alarm without a home', async () => {
    const test = await createTestStation();
    const { manager, panels } = test;
    const [point] = manager.rows('helpPoints');
    const helpPointId = point?.helpPointId ?? '';
    expect(panels.sendEvent({ ...signal, zone: point?.zone ?? '' })).toBe('ACK');
    await settle();
    expect(refusalOf(await manager.command('removeHelpPoint', { helpPointId }))).toBe('callRunning');
    const incidentId = manager.rows('incidents')[0]?.incidentId ?? '';
    valueOf(await manager.command('claimIncident', { incidentId }));
    valueOf(await manager.command('answerStep', { incidentId, step: 'reach', answer: 'answered' }));
    valueOf(await manager.command('resolveIncident', { incidentId, resolution: 'testAlarm', note: null }));
    valueOf(await manager.command('removeHelpPoint', { helpPointId }));
    await settle();
    expect(manager.rows('helpPoints').map((row) => row.helpPointId)).not.toContain(helpPointId);
    const removed = manager.rows('log').find(({ type }) => type === 'v1.HelpPointRemoved');
    expect(removed?.labels['what']).toMatchObject({ kind: 'helpPoint', place: point?.place });
  });

  it('is a contact too, and only a manager does any of it', async () => {
    const test = await createTestStation();
    const contactId = test.manager.rows('contacts')[0]?.contactId ?? '';
    const volunteer = await seatOf(test, 'li');
    expect(refusalOf(await volunteer.command('removeContact', { contactId }))).toBe('notAllowed');
    valueOf(await test.manager.command('removeContact', { contactId }));
    expect(refusalOf(await test.manager.command('removeContact', { contactId }))).toBe('notFound');
  });
});
