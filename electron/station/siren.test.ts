import { describe, expect, it } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  pass,
  pressHelp,
  refusalOf,
  seatOf,
  valueOf,
} from '../../tests/support/station-harness.ts';
import { seconds } from '../domain/kernel/time.ts';

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
    expect(seat.rows('log').at(-1)).toMatchObject({ type: 'v1.SirenSilenced', actor: 'li', body: { reasons: 1 } });
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
