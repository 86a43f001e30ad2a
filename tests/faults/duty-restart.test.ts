/** A relief who does not come is missed once, whatever happens to the station meanwhile. */
import { describe, expect, it } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  pass,
  seatOf,
  valueOf,
  type TestStation,
} from '../support/station-harness.ts';
import { hours, minutes } from '../../electron/domain/kernel/time.ts';

/** Li has the watch for an hour more, then Wu is planned. */
const onDuty = async (): Promise<TestStation> => {
  const test = await createTestStation();
  const at = test.clock.nowMs();
  const plan = async (entryId: string, personId: string, fromMs: number, toMs: number): Promise<void> => {
    valueOf(await test.manager.command('setRosterEntry', { entryId, personId, fromMs, toMs }));
  };
  await plan('e1', 'li', at - hours(1), at + hours(1));
  await plan('e2', 'wu', at + hours(1), at + hours(14));
  const li = await seatOf(test, 'li');
  valueOf(await li.command('beginTakeover', {}));
  valueOf(await li.command('acceptTakeover', { seenItems: [] }));
  return test;
};

const missed = (test: TestStation) => test.manager.rows('alarms').filter(({ cause }) => cause === 'reliefMissing');
const raised = (test: TestStation): number =>
  test.journal
    .facts(0, 100_000)
    .filter(({ type, body }) => type === 'v1.AlarmRaised' && body['cause'] === 'reliefMissing').length;

describe('a relief who does not come', () => {
  it('while the station was away is missed as soon as it is back', async () => {
    const test = await onDuty();
    await pass(test.clock, minutes(50), minutes(1));
    const again = await crashAndRestart(test, { awayMs: minutes(30) });
    expect(missed(again)).toMatchObject([{ sourceId: 'wu', priority: 'high', active: true }]);
    expect(again.manager.rows('shift')[0]).toMatchObject({ responsible: { personId: 'li' } });
  });

  it('and a station that dies again and again call them once', async () => {
    let test = await onDuty();
    await pass(test.clock, hours(1) + minutes(6), minutes(1));
    for (let times = 0; times < 4; times += 1) test = await crashAndRestart(test, { awayMs: minutes(3) });
    expect(missed(test)).toMatchObject([{ sourceId: 'wu', priority: 'high', occurrences: 1 }]);
    expect(raised(test)).toBe(1);
  });

  it('is missed although storage took nothing at that moment', async () => {
    const test = await onDuty();
    await pass(test.clock, hours(1) + minutes(4), minutes(1));
    for (let times = 0; times < 8; times += 1) {
      test.journal.failNext({ kind: 'ioError', detail: 'planted' });
      await pass(test.clock, 20_000, 20_000);
    }
    await pass(test.clock, minutes(2), 10_000);
    expect(missed(test)).toMatchObject([{ sourceId: 'wu', active: true, occurrences: 1 }]);
  });

  it('is not missed by a clock that was set on and back again: what the roster says of now counts', async () => {
    const test = await onDuty();
    const before = test.clock.nowMs();
    test.clock.setWall(before + hours(3));
    await pass(test.clock, minutes(1), minutes(1));
    expect(missed(test)).toMatchObject([{ active: true }]);
    test.clock.setWall(before + minutes(2));
    await pass(test.clock, minutes(1), minutes(1));
    expect(missed(test)).toMatchObject([{ active: false }]);
    expect(test.manager.rows('shift')[0]).toMatchObject({ responsible: { personId: 'li' } });
  });
});
