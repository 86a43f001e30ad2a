import { describe, expect, it } from 'vitest';
import {
  connect,
  createTestStation,
  createWorld,
  pass,
  settle,
  crashAndRestart,
  stationOf,
  type StationOptions,
  type World,
} from '../../../../tests/support/station-harness.ts';
import { hours } from '../../../domain/kernel/time.ts';
import type { DemoPort, DemoSeed } from './demo.port.ts';
import { communityKind, RealCommunityError } from './demo.ts';

const seed = (nowMs: number): DemoSeed => ({
  communityName: '示范小区',
  timeZone: 'Asia/Shanghai',
  volunteerId: 'demo-li',
  commands: [
    { type: 'addPerson', personId: 'demo-boss', name: '赵经理', role: 'manager', pin: '1234', active: true },
    { type: 'addPerson', personId: 'demo-li', name: '李阿姨', role: 'volunteer', pin: '1234', active: true },
    {
      type: 'addCamera',
      cameraId: 'cam-1',
      name: '北门',
      place: '北门',
      onvifAddress: 'http://127.0.0.1:8001/onvif/device_service',
      mainUrl: 'rtsp://127.0.0.1:8554/1/main',
      subUrl: 'rtsp://127.0.0.1:8554/1/sub',
      username: 'demo',
      password: 'demo-pass-1',
    },
    { type: 'setRosterEntry', entryId: 'r1', personId: 'demo-li', fromMs: nowMs - hours(2), toMs: nowMs + hours(6) },
    { type: 'setRosterEntry', entryId: 'r2', personId: 'demo-boss', fromMs: nowMs + hours(6), toMs: nowMs + hours(14) },
  ],
});

const begin = async (
  world: World = createWorld({ seed }),
  port: Pick<DemoPort, 'start' | 'onLost' | 'stop'> = world.demo,
  options: StationOptions = {},
) => {
  const { station, demo } = stationOf(world.deps, port, options);
  await station.start();
  return { world, station, demo, kind: () => communityKind(world.journal) };
};

describe('the demo', () => {
  it('is offered by an empty folder, marked as such, with the volunteer on duty', async () => {
    const { world, station, kind } = await begin();
    expect(kind()).toBe('empty');
    const seat = connect(station, world.clock, world.ids);
    expect(seat.received[0]).toMatchObject({ t: 'welcome', empty: true });
    seat.send({ t: 'query', id: 'd', query: { type: 'startDemo' } });
    await settle();
    expect(seat.reply('d')).toMatchObject({ ok: true });
    expect(kind()).toBe('demo');
    expect(seat.rows('community')[0]).toMatchObject({ name: '示范小区' });
    expect(seat.rows('demo')).toEqual([{ volunteerId: 'demo-li' }]);
    expect(seat.rows('shift')[0]?.responsible).toMatchObject({
      personId: 'demo-li',
      until: world.clock.nowMs() + hours(6),
    });
    const facts = world.journal.facts(0, 10).filter(({ kind: of }) => of === 'community');
    expect(facts).toMatchObject([
      { type: 'v1.CommunityEstablished', actor: 'station' },
      { type: 'v1.DemoStarted', body: { volunteerId: 'demo-li' } },
    ]);
    await station.stop();
  });

  it('signs a seat that was never used in as the volunteer, and no other', async () => {
    const { world, station, demo } = await begin();
    await demo.start();
    const fresh = connect(station, world.clock, world.ids, { fresh: true });
    expect(fresh.received[0]).toMatchObject({ t: 'welcome', session: { personId: 'demo-li', role: 'volunteer' } });
    expect(fresh.token()).not.toBeNull();
    const used = connect(station, world.clock, world.ids, { fresh: false });
    expect(used.received[0]).toMatchObject({ session: null });
  });

  it('refuses a folder that holds a real community', async () => {
    const test = await createTestStation(createWorld({ seed }));
    const { demo } = await begin(test.world);
    await expect(demo.start()).rejects.toBeInstanceOf(RealCommunityError);
    test.manager.send({ t: 'query', id: 'd', query: { type: 'startDemo' } });
    await settle();
    expect(test.manager.reply('d')).toMatchObject({ ok: false, value: { kind: 'demoOnly' } });
    const seat = connect(test.station, test.clock, test.ids, { fresh: true });
    expect(seat.received[0]).toMatchObject({ session: null });
  });

  it('comes up again with the station, and writes only what is new: the roster of today', async () => {
    const world = createWorld({ seed });
    const { station, demo } = await begin(world);
    await demo.start();
    await demo.start();
    const seq = world.journal.lastSeq();
    await station.stop();
    world.clock.advance(hours(1));
    const again = await begin(world);
    await pass(world.clock, 1);
    const facts = world.journal.facts(seq, 100).filter(({ kind }) => !['camera', 'alarm'].includes(kind));
    expect(facts.map(({ type }) => type)).toEqual([
      'v1.StationStarted',
      'v1.RosterEntrySet',
      'v1.RosterEntrySet',
      'v1.ShiftEndChanged',
    ]);
    expect(again.kind()).toBe('demo');
  });

  it('lets seats in before its simulators are up again, signed in as before', async () => {
    const world = createWorld({ seed });
    const { station, demo } = await begin(world);
    await demo.start();
    await station.stop();
    const again = await begin(world, { ...world.demo, start: () => new Promise<DemoSeed>(() => undefined) });
    await again.demo.start();
    const seat = connect(again.station, world.clock, world.ids, { fresh: true });
    expect(seat.received[0]).toMatchObject({ t: 'welcome', session: { personId: 'demo-li' } });
  });

  it('is not offered, and not given, where the station was started without it', async () => {
    const world = createWorld({ seed });
    const { station, kind } = await begin(world, world.demo, { offered: false });
    const seat = connect(station, world.clock, world.ids, { fresh: true });
    expect(seat.received[0]).toMatchObject({ t: 'welcome', empty: true });
    seat.send({ t: 'query', id: 'd', query: { type: 'startDemo' } });
    await settle();
    expect(seat.reply('d')).toMatchObject({ ok: false, value: { kind: 'demoOff' } });
    expect(kind()).toBe('empty');
    expect(world.demo.reportingTo()).toBeNull();
  });

  it('starts simulators that went away again, more slowly each time, and says so meanwhile', async () => {
    const world = createWorld({ seed });
    const { station, demo, kind } = await begin(world);
    await demo.start();
    const seat = connect(station, world.clock, world.ids, { fresh: true });
    const state = () => seat.received.findLast((message) => message.t === 'tick')?.health.demo;
    expect(state()).toBe('up');
    for (const waitMs of [1000, 2000, 4000, 8000]) {
      world.demo.lose();
      await pass(world.clock, waitMs - 1, waitMs - 1);
      expect(world.demo.reportingTo()).toBeNull();
      await pass(world.clock, 1, 1);
      expect(world.demo.reportingTo()).not.toBeNull();
    }
    // After a minute of health the wait is short again.
    await pass(world.clock, 60_000);
    expect(state()).toBe('up');
    world.demo.lose();
    await pass(world.clock, 999, 999);
    expect(world.demo.reportingTo()).toBeNull();
    await pass(world.clock, 1, 1);
    expect(world.demo.reportingTo()).not.toBeNull();
    expect(kind()).toBe('demo');
    await station.stop();
    world.demo.lose();
    await pass(world.clock, 60_000);
    expect(world.demo.reportingTo()).toBeNull();
  });

  it('says that its simulators do not run for as long as they do not', async () => {
    const world = createWorld({ seed });
    const { station, demo } = await begin(world);
    await demo.start();
    await station.stop();
    const again = await begin(world, { ...world.demo, start: () => new Promise<DemoSeed>(() => undefined) });
    const seat = connect(again.station, world.clock, world.ids, { fresh: true });
    await pass(world.clock, 5000);
    expect(seat.received.findLast((message) => message.t === 'tick')?.health.demo).toBe('down');
  });

  it('tries its simulators again when they do not come up', async () => {
    const world = createWorld({ seed });
    const { station, demo } = await begin(world);
    await demo.start();
    await station.stop();
    let tries = 0;
    const port = {
      ...world.demo,
      start: async (_panelPort: number, nowMs: number) => {
        tries += 1;
        if (tries < 3) throw new Error('a port is taken');
        return seed(nowMs);
      },
    };
    await begin(world, port);
    await pass(world.clock, 62_000);
    expect(tries).toBe(3);
    expect(world.log.lines.filter((line) => line.includes('did not come up'))).toHaveLength(2);
  });

  it('says so at once when it cannot be set up at all, and can be asked again', async () => {
    const world = createWorld();
    let broken = true;
    const port = {
      ...world.demo,
      start: async (_panelPort: number, nowMs: number) => {
        if (broken) throw new Error('no simulators');
        return seed(nowMs);
      },
    };
    const { demo, kind } = await begin(world, port);
    await expect(demo.start()).rejects.toThrow('no simulators');
    expect(kind()).toBe('empty');
    broken = false;
    await demo.start();
    expect(kind()).toBe('demo');
  });

  it('keeps whoever is on duty over a restart', async () => {
    const world = createWorld({ seed });
    const { station, demo } = await begin(world);
    await demo.start();
    const responsible = world.journal.row('shift', 'monitoringRoom');
    await station.stop();
    await begin(world);
    await pass(world.clock, 1);
    expect(world.journal.row('shift', 'monitoringRoom')).toEqual(responsible);
  });
});

describe('stopping', () => {
  it('leaves no timer behind and writes nothing more', async () => {
    const test = await createTestStation();
    await test.station.stop();
    await pass(test.clock, 1000);
    const seq = test.journal.lastSeq();
    const beat = test.journal.heartbeat();
    await pass(test.clock, 20_000);
    expect(test.journal.lastSeq()).toBe(seq);
    expect(test.journal.heartbeat()).toEqual(beat);
  });

  it('and starting again is in the log', async () => {
    const test = await crashAndRestart(await createTestStation());
    expect(test.manager.rows('log').map(({ type }) => type)).toContain('v1.StationStarted');
  });
});
