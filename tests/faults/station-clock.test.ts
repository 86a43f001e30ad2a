/** The clock is set forward and back by hours, while the station runs and while it is away. */
import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../electron/domain/kernel/time.ts';
import {
  crashAndRestart,
  createTestStation,
  pass,
  pressHelp,
  seatOf,
  settle,
  type TestStation,
  valueOf,
} from '../support/station-harness.ts';

const jumps = (test: TestStation) => test.journal.facts(0, 100_000).filter(({ type }) => type === 'v1.ClockJumped');
const escalations = (test: TestStation) =>
  test.journal.facts(0, 100_000).filter(({ type }) => type === 'v1.IncidentEscalated');
const retention = (test: TestStation) => test.journal.deadlines().find(({ name }) => name === 'retention');

const visit = { kind: 'care', name: '孙护士', phone: null, plate: null, visiting: '3-1-502' } as const;

describe('deadlines over a restart', () => {
  it('go on where the wall clock says: 40 s before, 19 s away, 1 s after', async () => {
    const before = await createTestStation();
    pressHelp(before);
    await pass(before.clock, seconds(40));
    const test = await crashAndRestart(before, { awayMs: seconds(18) });
    await pass(test.clock, seconds(1));
    expect(escalations(test)).toHaveLength(0);
    await pass(test.clock, seconds(1));
    expect(escalations(test)).toHaveLength(1);
    expect(test.sounder.sounding()).toBe(true);
    expect(jumps(test)).toEqual([]);
  });

  it('fire at once when they fell due while the station was away', async () => {
    const before = await createTestStation();
    pressHelp(before);
    await settle();
    const test = await crashAndRestart(before, { awayMs: minutes(3) });
    expect(escalations(test).length).toBeGreaterThan(0);
    expect(test.sounder.sounding()).toBe(true);
  });

  it.each([
    ['back by three hours', -hours(3)],
    ['forward by 25 hours', hours(25)],
  ])(
    'after a clock set %s: journaled, life-safety at once, the others with the time that remained',
    async (_name, byMs) => {
      const before = await createTestStation();
      const seat = await seatOf(before, 'wu');
      valueOf(await seat.command('registerVisit', visit));
      pressHelp(before);
      await pass(before.clock, seconds(10));
      const remainedMs = (retention(before)?.dueAt ?? 0) - before.clock.nowMs();
      const test = await crashAndRestart(before, { wallMs: before.clock.nowMs() + byMs });
      expect(jumps(test)).toHaveLength(1);
      expect(jumps(test)[0]?.body).toMatchObject({ seen: 'restart' });
      expect(escalations(test)).toHaveLength(1);
      expect(test.sounder.sounding()).toBe(true);
      const nowRemainsMs = (retention(test)?.dueAt ?? 0) - test.clock.nowMs();
      expect(Math.abs(nowRemainsMs - remainedMs)).toBeLessThanOrEqual(seconds(5));
      expect(test.manager.rows('alarms')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ cause: 'clockJumped', priority: 'low', active: false, acknowledged: false }),
        ]),
      );
    },
  );

  it('that break keep no other from firing, and not the station from starting', async () => {
    const before = await createTestStation();
    pressHelp(before);
    await settle();
    const row = { entityId: 'x', name: 'y', dueAt: before.clock.nowMs(), remainingMs: 0, lifeSafety: true };
    before.journal.transact((tx) => {
      tx.change({ collection: 'machines', key: 'visit/x', doc: { schema: 1, value: null } }, tx.lastSeq());
      tx.setDeadline({ ...row, key: 'visit/x/y', kind: 'visit' });
    });
    const test = await crashAndRestart(before, { awayMs: minutes(3) });
    expect(escalations(test).length).toBeGreaterThan(0);
    expect(test.log.lines.some((line) => line.includes('a deadline broke'))).toBe(true);
  });

  it('believe an absence of just 24 hours', async () => {
    const before = await createTestStation();
    pressHelp(before);
    await settle();
    const lastBeat = before.journal.heartbeat()?.wallMs ?? 0;
    const test = await crashAndRestart(before, { wallMs: lastBeat + hours(24) });
    expect(jumps(test)).toEqual([]);
    expect(escalations(test).length).toBeGreaterThan(0);
  });
});

describe('a clock that jumps while the station runs', () => {
  it.each([hours(5), -hours(5)])('by %d ms does not move a deadline, and is in the journal', async (byMs) => {
    const test = await createTestStation();
    pressHelp(test);
    await pass(test.clock, seconds(30));
    test.clock.setWall(test.clock.nowMs() + byMs);
    await pass(test.clock, seconds(29));
    expect(escalations(test)).toHaveLength(0);
    expect(jumps(test)).toHaveLength(1);
    expect(jumps(test)[0]?.body).toMatchObject({ seen: 'running', byMs });
    await pass(test.clock, seconds(2));
    expect(escalations(test)).toHaveLength(1);
  });

  it('and then a restart: the due times have moved with the clock', async () => {
    const before = await createTestStation();
    pressHelp(before);
    await pass(before.clock, seconds(10));
    before.clock.setWall(before.clock.nowMs() - hours(2));
    await pass(before.clock, seconds(10));
    const test = await crashAndRestart(before, { awayMs: seconds(10) });
    expect(escalations(test)).toHaveLength(0);
    await pass(test.clock, seconds(31));
    expect(escalations(test)).toHaveLength(1);
  });

  it('by less than a minute is let pass', async () => {
    const test = await createTestStation();
    test.clock.setWall(test.clock.nowMs() + seconds(50));
    await pass(test.clock, seconds(30));
    expect(jumps(test)).toEqual([]);
  });

  it('says so in the health until a person has taken note', async () => {
    const test = await createTestStation();
    test.clock.setWall(test.clock.nowMs() + hours(1));
    await pass(test.clock, seconds(10));
    const health = () => test.manager.received.findLast((message) => message.t === 'tick')?.health;
    expect(health()).toMatchObject({ clock: 'jumped' });
    const [alarm] = test.manager.rows('alarms');
    valueOf(await test.manager.command('acknowledgeAlarm', { alarmId: alarm?.alarmId ?? '' }));
    await pass(test.clock, seconds(2));
    expect(health()).toMatchObject({ clock: 'ok' });
  });
});

describe('the heartbeat', () => {
  it('is written every 5 s, with wall and monotonic time', async () => {
    const test = await createTestStation();
    await pass(test.clock, seconds(11));
    const beat = test.journal.heartbeat();
    expect(test.clock.nowMs() - (beat?.wallMs ?? 0)).toBeLessThan(seconds(5));
    expect(test.clock.monotonicMs() - (beat?.monotonicMs ?? 0)).toBeLessThan(seconds(5));
  });

  it('carries another boot after a restart', async () => {
    const before = await createTestStation();
    const first = before.journal.heartbeat()?.bootId;
    const test = await crashAndRestart(before, { awayMs: seconds(6) });
    expect(test.journal.heartbeat()?.bootId).not.toBe(first);
  });
});
