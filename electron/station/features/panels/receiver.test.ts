import { describe, expect, it } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  createWorld,
  pass,
  refusalOf,
  seatOf,
  settle,
  valueOf,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';
import type { StationHealth } from '../../../contract/messages.schema.ts';
import { receiverReply } from '../../../contract/messages.schema.ts';
import { seconds } from '../../../domain/kernel/time.ts';

const place = { host: '192.0.2.77', port: 12_128, sources: ['192.0.2.0/24'] };

const health = async (test: TestStation): Promise<StationHealth['receiver'] | null> => {
  await pass(test.clock, seconds(1));
  const tick = test.manager.received.findLast((message) => message.t === 'tick');
  return tick?.t === 'tick' ? tick.health.receiver : null;
};
let asked = 0;
const describeReceiver = async (test: TestStation) => {
  asked += 1;
  const id = `receiver-${String(asked)}`;
  test.manager.send({ t: 'query', id, query: { type: 'receiver' } });
  await settle();
  return receiverReply.parse(test.manager.reply(id)?.value);
};
const alarms = (test: TestStation) =>
  test.manager.rows('alarms').filter(({ cause }) => cause === 'receiverUnreachable');

describe('where help receivers reach this machine', () => {
  it('is nowhere but this machine until a manager has chosen, and that is said', async () => {
    const test = await createTestStation();
    expect(test.panels.place()).toEqual({ host: '127.0.0.1', port: 0, sources: ['127.0.0.1'] });
    expect(await health(test)).toBe('notSet');
    expect(await describeReceiver(test)).toMatchObject({
      chosen: null,
      options: null,
      addresses: [{ address: '192.0.2.77', name: 'eth0' }],
      seen: [],
    });
  });

  it('is what a manager chose, at once, in the log, and after a restart', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('setReceiver', place));
    await settle();
    expect(test.panels.place()).toEqual(place);
    expect(await health(test)).toBe('ok');
    expect(test.manager.rows('log').at(-1)).toMatchObject({ type: 'v1.ReceiverSet', body: { port: 12_128 } });
    expect(test.manager.rows('log').at(-1)?.body).not.toHaveProperty('sources');
    await test.panels.listen({ host: '127.0.0.1', port: 0, sources: [] });
    const again = await crashAndRestart(test);
    expect(again.panels.place()).toEqual(place);
    expect(await describeReceiver(again)).toMatchObject({ chosen: place, options: null });
  });

  it('may be this machine alone, which is said too', async () => {
    const test = await createTestStation();
    const alone = { host: '127.0.0.1', port: 12_128, sources: ['127.0.0.1'] };
    valueOf(await test.manager.command('setReceiver', alone));
    await settle();
    expect(await health(test)).toBe('thisPcOnly');
  });

  it('is a manager’s to set and to see', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    expect(refusalOf(await seat.command('setReceiver', place))).toBe('notAllowed');
    seat.send({ t: 'query', id: 'q', query: { type: 'receiver' } });
    await settle();
    expect(seat.reply('q')).toMatchObject({ ok: false });
  });

  it('is what the start options name, for this run, and what was saved counts in the next one without them', async () => {
    const options = { host: '192.0.2.9', port: 9000, sources: ['192.0.2.50'] };
    const world = createWorld();
    const test = await createTestStation({ ...world, deps: { ...world.deps, panelOptions: options } });
    valueOf(await test.manager.command('setReceiver', place));
    await settle();
    expect(test.panels.place()).toEqual(options);
    expect(await health(test)).toBe('ok');
    expect(await describeReceiver(test)).toMatchObject({ chosen: place, options });
    const again = await crashAndRestart({ ...test, world });
    expect(again.panels.place()).toEqual(place);
  });

  it.each(['portTaken', 'addressGone', 'notPermitted', 'failed'] as const)(
    'that cannot be had (%s) is an alarm and no crash, and the alarm ends when it can',
    async (fault) => {
      const test = await createTestStation();
      test.panels.failPlaces(fault);
      expect(await health(test)).toBe('failed');
      expect(alarms(test)).toEqual([
        expect.objectContaining({ priority: 'high', sourceId: 'receiver', details: [fault], active: true }),
      ]);
      test.panels.failPlaces(null);
      expect(alarms(test)).toEqual([expect.objectContaining({ active: false })]);
    },
  );

  it('that cannot be had at a start is an alarm of that start', async () => {
    const test = await createTestStation();
    test.kill();
    test.panels.failPlaces('portTaken');
    const again = await crashAndRestart(test);
    expect(alarms(again)).toHaveLength(1);
  });

  it('is an alarm that storage did not take at first as soon as it does', async () => {
    const test = await createTestStation();
    test.journal.failNext({ kind: 'diskFull' });
    test.panels.failPlaces('addressGone');
    expect(alarms(test)).toEqual([]);
    await pass(test.clock, seconds(6));
    expect(alarms(test)).toHaveLength(1);
  });

  it('shows what came, from where and what it was read as', async () => {
    const test = await createTestStation();
    test.panels.sendEvent({
      account: '7777',
      code: 'QA',
      protocol: 'SIA-DCS',
      meaning: 'help',
      restored: false,
      zone: '5',
    });
    expect((await describeReceiver(test)).seen).toEqual([
      { atMs: test.clock.nowMs(), source: '192.0.2.50', account: '7777', readAs: 'event', meaning: 'help', zone: '5' },
    ]);
  });
});
