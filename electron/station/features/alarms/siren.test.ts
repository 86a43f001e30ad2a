import { describe, expect, it } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  createWorld,
  pass,
  pressHelp,
  refusalOf,
  seatOf,
  settle,
  type TestSeat,
  valueOf,
} from '../../../../tests/support/station-harness.ts';
import { seconds } from '../../../domain/kernel/time.ts';

const press = { account: '4F39', code: 'QA', protocol: 'SIA-DCS', meaning: 'help', restored: false } as const;

describe('the siren', () => {
  it('sounds when nobody acts, and stops when somebody takes it on', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    pressHelp(test);
    await pass(test.clock, seconds(59));
    expect(test.sounder.sounding()).toBe(false);
    await pass(test.clock, seconds(2));
    expect(test.sounder.sounding()).toBe(true);
    valueOf(await seat.command('claimIncident', { incidentId: seat.rows('incidents')[0]?.incidentId ?? '' }));
    expect(test.sounder.sounding()).toBe(false);
  });

  it('sounds until every reason for it has gone', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    pressHelp(test);
    test.panels.sendEvent({ zone: '44', ...press });
    await pass(test.clock, seconds(61));
    const [first, second] = seat.rows('incidents');
    valueOf(await seat.command('claimIncident', { incidentId: first?.incidentId ?? '' }));
    expect(test.sounder.sounding()).toBe(true);
    valueOf(await seat.command('claimIncident', { incidentId: second?.incidentId ?? '' }));
    expect(test.sounder.sounding()).toBe(false);
  });

  it('goes on after a restart of the station', async () => {
    const before = await createTestStation();
    pressHelp(before);
    await pass(before.clock, seconds(61));
    before.kill();
    before.sounder.siren(false);
    await crashAndRestart(before, { awayMs: seconds(1) });
    expect(before.sounder.sounding()).toBe(true);
  });

  it('is silenced for everybody, stays silent over a restart, and comes back with the next step of the escalation', async () => {
    const before = await createTestStation();
    const seat = await seatOf(before, 'li');
    pressHelp(before);
    await pass(before.clock, seconds(61));
    valueOf(await seat.command('silenceSiren', {}));
    expect(before.sounder.sounding()).toBe(false);
    expect(seat.rows('incidents')[0]?.work).toBe('open');
    expect(seat.rows('log').findLast(({ type }) => type === 'v1.SirenSilenced')).toMatchObject({
      actor: 'li',
      body: { reasons: 1 },
    });
    const test = await crashAndRestart(before);
    expect(test.sounder.sounding()).toBe(false);
    await pass(test.clock, seconds(61));
    expect(test.sounder.sounding()).toBe(true);
  });

  it('that does not sound cannot be silenced', async () => {
    const test = await createTestStation();
    expect(refusalOf(await test.manager.command('silenceSiren', {}))).toBe('sirenSilent');
  });
});

describe('what the log says of the siren', () => {
  const outcomes = (seat: TestSeat): readonly string[] =>
    seat
      .rows('log')
      .filter(({ type }) => type === 'v1.SirenSounded' || type === 'v1.SirenUnheard')
      .map(({ type, body }) => `${type} ${String(body['sourceId'])}`);

  it('is that it sounded, and for which call, once a player has run', async () => {
    const test = await createTestStation();
    pressHelp(test);
    await pass(test.clock, seconds(61));
    expect(outcomes(test.manager)).toEqual([]);
    await pass(test.clock, seconds(2));
    expect(outcomes(test.manager)).toEqual(['v1.SirenSounded hp502']);
    test.panels.sendEvent({ zone: '44', ...press });
    await pass(test.clock, seconds(63));
    expect(outcomes(test.manager)).toEqual(['v1.SirenSounded hp502', 'v1.SirenSounded 4F39']);
    await pass(test.clock, seconds(200));
    expect(outcomes(test.manager).filter((line) => line.endsWith('hp502'))).toHaveLength(1);
  });

  it('is that it did not sound where this machine has none, and no line says that it did', async () => {
    const world = createWorld();
    world.sounder.breakDown('missing');
    const test = await createTestStation(world);
    pressHelp(test);
    await pass(test.clock, seconds(200));
    expect(outcomes(test.manager)).toEqual(['v1.SirenUnheard hp502']);
  });

  it('is that it went silent when the player dies, and that it is heard again', async () => {
    const test = await createTestStation();
    pressHelp(test);
    await pass(test.clock, seconds(63));
    test.sounder.breakDown('failed');
    await settle();
    expect(outcomes(test.manager)).toEqual(['v1.SirenSounded hp502', 'v1.SirenUnheard hp502']);
    test.sounder.siren(true);
    await settle();
    expect(outcomes(test.manager).at(-1)).toBe('v1.SirenSounded hp502');
  });

  it('counts a siren that was stopped at once, since it was heard; and not one that was never wanted', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    pressHelp(test);
    await pass(test.clock, seconds(61));
    valueOf(await seat.command('claimIncident', { incidentId: seat.rows('incidents')[0]?.incidentId ?? '' }));
    expect(outcomes(seat)).toEqual(['v1.SirenSounded hp502']);
    await pass(test.clock, seconds(10));
    expect(outcomes(seat)).toHaveLength(1);
    const calm = await createTestStation();
    pressHelp(calm);
    const other = await seatOf(calm, 'li');
    valueOf(await other.command('claimIncident', { incidentId: other.rows('incidents')[0]?.incidentId ?? '' }));
    await pass(calm.clock, seconds(70));
    expect(outcomes(other)).toEqual([]);
  });
});
