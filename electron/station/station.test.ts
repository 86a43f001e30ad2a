import { describe, expect, it } from 'vitest';
import {
  createTestStation,
  everythingStored,
  pass,
  pressHelp,
  seatOf,
  settle,
  valueOf,
} from '../../tests/support/station-harness.ts';

describe('the spine of the station', () => {
  it('leads from a pressed button to a resolved incident, over commands and feeds', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const { openItems } = valueOf(await seat.command('beginTakeover', {}));
    valueOf(await seat.command('acceptTakeover', { seenItems: openItems as string[] }));
    expect(seat.rows('shift')[0]?.responsible?.personId).toBe('li');

    expect(pressHelp(test)).toBe('ACK');
    await settle();
    const [incident] = seat.rows('incidents');
    expect(incident).toMatchObject({ sourceId: 'hp502', work: 'open', escalation: 'waiting', cameraIds: ['stairs'] });
    const { incidentId } = incident ?? { incidentId: '' };
    valueOf(await seat.command('claimIncident', { incidentId }));
    valueOf(await seat.command('answerStep', { incidentId, step: 'reach', answer: 'answered' }));
    valueOf(await seat.command('answerStep', { incidentId, step: 'needAmbulance', answer: 'no' }));
    valueOf(await seat.command('answerStep', { incidentId, step: 'sendSomebody', answer: 'onTheWay' }));
    expect(seat.rows('incidents')[0]?.currentStep?.step).toBe('seen');
    valueOf(await seat.command('answerStep', { incidentId, step: 'seen', answer: 'seenSafe' }));
    valueOf(await seat.command('resolveIncident', { incidentId, resolution: 'personSafe', note: null }));
    expect(seat.rows('alarms')).toEqual([]);
    expect(seat.rows('incidents')[0]?.work).toBe('resolved');
  });

  it('opens the gate: commanded, sent, accepted, seen', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    valueOf(await seat.command('openBarrier', { barrierId: 'north', reason: 'ambulance', note: null }));
    await pass(test.clock, 4000);
    expect(test.barriers.driven).toHaveLength(1);
    expect(seat.rows('barriers')[0]).toMatchObject({
      position: 'open',
      commandState: 'confirmed',
      positionSource: 'sensor',
    });
    const types = seat.rows('log').map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['v1.BarrierCommanded', 'v1.BarrierMotionSent', 'v1.BarrierMotionConfirmed']),
    );
  });

  it('writes a visitor in, sealed, and shows the name to those on duty', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const visit = {
      kind: 'family',
      name: '陈小姐',
      phone: '13700002222',
      plate: '湘D12345',
      visiting: '3-1-502',
    } as const;
    valueOf(await seat.command('registerVisit', visit));
    expect(seat.rows('visits')[0]).toMatchObject({ ...visit, state: 'inside' });
    for (const plain of ['陈小姐', '13700002222', '湘D12345', '3-1-502'])
      expect(everythingStored(test)).not.toContain(plain);
  });
});
