import { describe, expect, it } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  createWorld,
  pass,
  seatOf,
  settle,
  type TestStation,
  valueOf,
} from '../../../../tests/support/station-harness.ts';
import { hours, minutes } from '../../../domain/kernel/time.ts';

const alarm = (test: TestStation, cause: string) => test.manager.rows('alarms').find((row) => row.cause === cause);
const health = (test: TestStation) => test.manager.received.findLast((message) => message.t === 'tick')?.health;

const createCountedWorld = () => {
  const state = { seals: 0, verifications: 0, freeBytes: 1_000_000_000 as number | null };
  const world = createWorld({
    wrapJournal: (journal) => ({
      ...journal,
      sealHead: (atMs) => {
        state.seals += 1;
        journal.sealHead(atMs);
      },
      verify: () => {
        state.verifications += 1;
        return journal.verify();
      },
      freeBytes: () => state.freeBytes,
    }),
  });
  return { world, state };
};

describe('the head of the journal', () => {
  it('is sealed every minute and at each handover', async () => {
    const { world, state } = createCountedWorld();
    const test = await createTestStation(world);
    const before = state.seals;
    await pass(test.clock, minutes(3), 10_000);
    expect(state.seals).toBe(before + 3);
    const seat = await seatOf(test, 'li');
    const { openItems } = valueOf(await seat.command('beginTakeover', {}));
    expect(state.seals).toBe(before + 3);
    valueOf(await seat.command('acceptTakeover', { seenItems: openItems as string[] }));
    expect(state.seals).toBe(before + 4);
  });

  it('is sealed a last time when the station stops', async () => {
    const { world, state } = createCountedWorld();
    const test = await createTestStation(world);
    const before = state.seals;
    await test.station.stop();
    expect(state.seals).toBe(before + 1);
  });
});

describe('the chain', () => {
  it('is verified at the start and every night', async () => {
    const { world, state } = createCountedWorld();
    const test = await createTestStation(world);
    expect(state.verifications).toBe(1);
    await pass(test.clock, hours(24), minutes(5));
    expect(state.verifications).toBe(2);
  });

  it('is read once for all who ask at the same time', async () => {
    const { world, state } = createCountedWorld();
    const test = await createTestStation(world);
    await settle();
    const before = state.verifications;
    for (const id of ['a', 'b', 'c']) test.manager.send({ t: 'query', id, query: { type: 'verifyJournal' } });
    await settle();
    expect(['a', 'b', 'c'].map((id) => test.manager.reply(id)?.ok)).toEqual([true, true, true]);
    expect(state.verifications).toBe(before + 1);
    test.manager.send({ t: 'query', id: 'd', query: { type: 'verifyJournal' } });
    await settle();
    expect(state.verifications).toBe(before + 2);
  });

  it('that was edited is an alarm, shown in the health, and named by row to who asks', async () => {
    const test = await createTestStation();
    test.journal.sealHead(test.clock.nowMs());
    const third = test.journal.chain[2];
    if (third === undefined) throw new Error('no third row');
    test.journal.chain[2] = {
      ...third,
      payload: Buffer.from(Buffer.from(third.payload).toString('utf8').replace('李', '张').replace('"v1.', '"v1.X')),
    };
    test.manager.send({ t: 'query', id: 'q', query: { type: 'verifyJournal' } });
    await settle();
    expect(test.manager.reply('q')).toMatchObject({
      ok: true,
      value: { ok: false, firstBadSeq: 3, problem: 'edited' },
    });
    expect(alarm(test, 'journalBroken')).toMatchObject({ priority: 'high', active: true });
    await pass(test.clock, 1000);
    expect(health(test)).toMatchObject({ journal: 'broken' });
  });
});

describe('old answers', () => {
  it('are removed every day, so that they do not grow for ever', async () => {
    const test = await createTestStation();
    const command = test.manager.make('addNote', { text: '一切正常' });
    valueOf(await test.manager.give(command));
    test.clock.setWall(test.clock.nowMs() + hours(24 * 8));
    expect(test.journal.answer(command.id)).not.toBeNull();
    await pass(test.clock, hours(24), minutes(5));
    expect(test.journal.answer(command.id)).toBeNull();
  });
});

describe('a station that was started again', () => {
  it('says why for half an hour, and in the log for ever', async () => {
    const world = createWorld();
    const test = await createTestStation({ ...world, deps: { ...world.deps, startedAgain: 'noAnswer' } });
    const at = health(test)?.startedAgain?.at;
    expect(health(test)).toMatchObject({ startedAgain: { because: 'noAnswer', at: expect.any(Number) } });
    await pass(test.clock, minutes(29), minutes(1));
    expect(health(test)?.startedAgain?.at).toBe(at);
    await pass(test.clock, minutes(2), minutes(1));
    expect(health(test)).toMatchObject({ startedAgain: null });
    const again = await crashAndRestart(test);
    expect(again.manager.rows('log').findLast(({ type }) => type === 'v1.StationStarted')?.body).toMatchObject({
      again: 'noAnswer',
    });
  });

  it('is told from an ordinary start', async () => {
    const test = await createTestStation();
    await pass(test.clock, 1000);
    expect(health(test)).toMatchObject({ startedAgain: null });
  });
});

describe('the disk', () => {
  it('that is nearly full is an alarm before it is a failure, and its end is well above', async () => {
    const { world, state } = createCountedWorld();
    const test = await createTestStation(world);
    state.freeBytes = 499_000_000;
    await pass(test.clock, minutes(1));
    expect(alarm(test, 'diskLow')).toMatchObject({ priority: 'low', active: true, occurrences: 1 });
    expect(health(test)).toMatchObject({ storage: 'low' });
    state.freeBytes = 550_000_000;
    await pass(test.clock, minutes(2));
    expect(alarm(test, 'diskLow')).toMatchObject({ active: true, occurrences: 1 });
    state.freeBytes = 700_000_000;
    await pass(test.clock, minutes(1));
    expect(alarm(test, 'diskLow')).toMatchObject({ active: false });
    await pass(test.clock, 1000);
    expect(health(test)).toMatchObject({ storage: 'ok' });
  });

  it('of which nobody can tell anything raises nothing', async () => {
    const { world, state } = createCountedWorld();
    state.freeBytes = null;
    const test = await createTestStation(world);
    await pass(test.clock, minutes(1));
    expect(alarm(test, 'diskLow')).toBeUndefined();
  });
});
