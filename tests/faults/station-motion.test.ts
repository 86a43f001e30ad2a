/** A motion is at most once, whatever breaks on the way. */
import { describe, expect, it } from 'vitest';
import { hours, seconds } from '../../electron/domain/kernel/time.ts';
import { createEffects } from '../../electron/station/core/effect-runner.ts';
import { createProjector } from '../../electron/station/core/project.ts';
import { createDriver } from '../../electron/station/features/gates/drive-barrier.ts';
import { createMachineHost } from '../../electron/station/core/machine-host.ts';
import { createLifter, noLifts } from '../../electron/domain/kernel/lifts.ts';
import { createFactRegistry } from '../../electron/station/core/facts.ts';
import { stationFeatures } from '../../electron/station/features.ts';
import { createWorker } from '../../electron/station/core/work.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import {
  connect,
  crashAndRestart,
  createTestStation,
  createWorld,
  pass,
  seatOf,
  settle,
  valueOf,
} from '../support/station-harness.ts';

const open = { barrierId: 'north', reason: 'fire', note: null } as const;

/** A world whose controller answers when the test says so. */
const createSlowWorld = () => {
  const world = createWorld();
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { barriers } = world.deps;
  const deps = {
    ...world.deps,
    barriers: {
      ...barriers,
      drive: async (...given: Parameters<typeof barriers.drive>) => {
        const result = await barriers.drive(...given);
        await gate;
        return result;
      },
    },
  };
  return { world: { ...world, deps }, release: () => release() };
};

describe('a crash between sending and the answer', () => {
  it('leaves an unknown outcome, an alarm, and no second motion', async () => {
    const { world } = createSlowWorld();
    const before = await createTestStation(world);
    const seat = await seatOf(before, 'wu');
    const command = seat.make('openBarrier', open);
    valueOf(await seat.give(command));
    expect(before.barriers.driven).toHaveLength(1);
    const test = await crashAndRestart(before);
    const back = connect(test.station, test.clock, test.ids, { session: seat.token() });
    expect(back.rows('barriers')[0]).toMatchObject({ commandState: 'outcomeUnknown' });
    expect(back.rows('alarms')).toEqual([
      expect.objectContaining({ cause: 'barrierUnconfirmed', sourceId: 'north', cameraIds: ['gate'] }),
    ]);
    expect(await back.give(command)).toMatchObject({ ok: true });
    await pass(test.clock, seconds(20));
    expect(test.barriers.driven).toHaveLength(1);
    expect(test.journal.outbox()).toEqual([]);
  });

  it('is settled by a person who looks', async () => {
    const { world } = createSlowWorld();
    const before = await createTestStation(world);
    before.barriers.setStuck('north', true);
    valueOf(await before.manager.command('openBarrier', open));
    const test = await crashAndRestart(before);
    valueOf(await test.manager.command('confirmBarrier', { barrierId: 'north', position: 'closed' }));
    expect(test.manager.rows('barriers')[0]).toMatchObject({
      position: 'closed',
      positionSource: 'person',
      commandState: 'failed',
    });
  });
});

/** A world in which nothing can be marked as started while `blocked`: motions are committed, and stay unsent. */
const createBlockedWorld = () => {
  const state = { blocked: true };
  const world = createWorld({
    wrapJournal: (journal) => ({
      ...journal,
      transact: (work) =>
        journal.transact((tx) =>
          work({
            ...tx,
            markOutboxStarted: (id) => {
              if (state.blocked) throw new JournalError({ kind: 'diskFull' });
              tx.markOutboxStarted(id);
            },
          }),
        ),
    }),
  });
  return { world, state };
};

describe('a motion that could not be marked as started', () => {
  it.each([
    [seconds(1), 1, 'accepted'],
    [seconds(6), 0, 'expired'],
  ] as const)('and a crash: %d ms later it is driven %d times and is %s', async (awayMs, driven, commandState) => {
    const { world, state } = createBlockedWorld();
    const before = await createTestStation(world);
    before.barriers.setStuck('north', true);
    valueOf(await before.manager.command('openBarrier', open));
    expect(before.barriers.driven).toEqual([]);
    expect(before.journal.outbox()).toHaveLength(1);
    state.blocked = false;
    const test = await crashAndRestart(before, { awayMs });
    expect(test.barriers.driven).toHaveLength(driven);
    expect(test.manager.rows('barriers')[0]).toMatchObject({ commandState });
    expect(test.journal.outbox()).toEqual([]);
  });

  it('and a crash, after which the clock stands an hour earlier: it is not sent', async () => {
    const { world, state } = createBlockedWorld();
    const before = await createTestStation(world);
    valueOf(await before.manager.command('openBarrier', open));
    state.blocked = false;
    const test = await crashAndRestart(before, { wallMs: before.clock.nowMs() - hours(1) });
    expect(test.barriers.driven).toEqual([]);
    expect(test.manager.rows('barriers')[0]).toMatchObject({ commandState: 'expired' });
  });

  it('is sent as soon as it can be, while it is alive', async () => {
    const { world, state } = createBlockedWorld();
    const test = await createTestStation(world);
    valueOf(await test.manager.command('openBarrier', open));
    await pass(test.clock, seconds(2));
    state.blocked = false;
    await pass(test.clock, seconds(1));
    expect(test.barriers.driven).toHaveLength(1);
  });

  it.each([-seconds(3), -seconds(30)])(
    'does not come back to life when the wall clock is set by %d ms',
    async (byMs) => {
      const { world, state } = createBlockedWorld();
      const test = await createTestStation(world);
      valueOf(await test.manager.command('openBarrier', open));
      await pass(test.clock, seconds(2));
      test.clock.setWall(test.clock.nowMs() + byMs);
      await pass(test.clock, seconds(4));
      state.blocked = false;
      await pass(test.clock, seconds(1));
      expect(test.barriers.driven).toEqual([]);
      expect(test.manager.rows('barriers')[0]).toMatchObject({ commandState: 'expired' });
    },
  );
});

describe('a motion marked as started', () => {
  it('is never sent by whoever finds it so, whatever else happens first', async () => {
    const { world } = createSlowWorld();
    const before = await createTestStation(world);
    valueOf(await before.manager.command('openBarrier', open));
    before.kill();
    await settle();
    const { deps } = world;
    const worker = createWorker({
      ...deps,
      host: createMachineHost({ machines: [], receive: (_rows, told) => [told] }),
      projector: createProjector([]),
      effects: [],
      isHidden: () => false,
      lifter: createLifter(noLifts),
      facts: createFactRegistry(stationFeatures),
      recordSeat: () => undefined,
      begin: () => undefined,
      onDefect: () => undefined,
    });
    const effects = createEffects({ ...deps, worker, runners: { driveBarrier: createDriver(deps) } });
    effects.run();
    expect(before.barriers.driven).toHaveLength(1);
  });
});

describe('the order of things', () => {
  it('marks the motion as started, durably, before the controller hears of it', async () => {
    const seen: string[] = [];
    const world = createWorld();
    const { barriers } = world.deps;
    const deps = {
      ...world.deps,
      barriers: {
        ...barriers,
        drive: (...given: Parameters<typeof barriers.drive>) => {
          seen.push(
            ...world.journal.outbox().map(({ state }) => state),
            String(world.journal.facts(0, 1000).at(-1)?.type),
          );
          return barriers.drive(...given);
        },
      },
    };
    const test = await createTestStation({ ...world, deps });
    valueOf(await test.manager.command('openBarrier', open));
    expect(seen).toEqual(['started', 'v1.BarrierMotionSent']);
  });

  it('sends an opening after a closing that is under way, and ignores what becomes of that one', async () => {
    const { world, release } = createSlowWorld();
    const test = await createTestStation(world);
    const closing = valueOf(await test.manager.command('closeBarrier', { ...open, reason: 'afterPassage' }));
    const opening = valueOf(await test.manager.command('openBarrier', open));
    expect(test.barriers.driven).toEqual([
      `north close ${String(closing['motionId'])}`,
      `north open ${String(opening['motionId'])}`,
    ]);
    release();
    await pass(test.clock, seconds(5));
    expect(test.manager.rows('barriers')[0]).toMatchObject({
      commandState: 'confirmed',
      position: 'open',
      command: { motion: 'open' },
    });
    expect(test.journal.outbox()).toEqual([]);
    expect(test.manager.rows('alarms')).toEqual([]);
  });

  it('never sends a closing that waited when an opening came', async () => {
    const { world, state } = createBlockedWorld();
    const test = await createTestStation(world);
    valueOf(await test.manager.command('closeBarrier', { ...open, reason: 'afterPassage' }));
    const opening = valueOf(await test.manager.command('openBarrier', open));
    state.blocked = false;
    await pass(test.clock, seconds(2));
    expect(test.barriers.driven).toEqual([`north open ${String(opening['motionId'])}`]);
    expect(test.journal.outbox()).toEqual([]);
  });

  it('sends nothing when the command was refused', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('openBarrier', open));
    expect(await test.manager.command('openBarrier', open)).toMatchObject({ ok: false, refusal: { kind: 'busy' } });
    expect(test.barriers.driven).toHaveLength(1);
  });

  it('sends nothing before the commit, and nothing when the commit fails', async () => {
    const test = await createTestStation();
    test.journal.failNext({ kind: 'diskFull' });
    expect(await test.manager.command('openBarrier', open)).toMatchObject({
      ok: false,
      refusal: { kind: 'storageFailed' },
    });
    await pass(test.clock, seconds(3));
    expect(test.barriers.driven).toEqual([]);
  });

  it('accepted is not moved: the position stays what was seen', async () => {
    const test = await createTestStation();
    test.barriers.setStuck('north', true);
    valueOf(await test.manager.command('openBarrier', open));
    await pass(test.clock, seconds(1));
    expect(test.manager.rows('barriers')[0]).toMatchObject({ commandState: 'accepted', position: 'closed' });
    await pass(test.clock, seconds(10));
    expect(test.manager.rows('barriers')[0]).toMatchObject({ commandState: 'unconfirmed', position: 'closed' });
  });

  it('a controller that fails is said to have failed', async () => {
    const test = await createTestStation();
    test.barriers.failWith({ kind: 'timeout' });
    valueOf(await test.manager.command('openBarrier', open));
    expect(test.manager.rows('barriers')[0]).toMatchObject({ commandState: 'failed', command: { fault: 'timeout' } });
  });

  it('an outcome that storage does not take at once is written when it can be', async () => {
    const { world, release } = createSlowWorld();
    const test = await createTestStation(world);
    valueOf(await test.manager.command('openBarrier', open));
    test.journal.failNext({ kind: 'ioError', detail: 'x' });
    release();
    await settle();
    expect(test.manager.rows('barriers')[0]).toMatchObject({ commandState: 'sent' });
    await pass(test.clock, seconds(2));
    expect(['accepted', 'confirmed']).toContain(test.manager.rows('barriers')[0]?.commandState);
    expect(test.barriers.driven).toHaveLength(1);
  });
});
