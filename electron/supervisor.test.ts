import { describe, expect, it } from 'vitest';
import type { FromStation, StationSettings, ToStation } from './station-channel.ts';
import { createSupervisor, StationFailed, type StationProcess } from './supervisor.ts';

const settings: StationSettings = {
  dataDir: 'data',
  port: 0,
  token: 'token',
  demo: 'ask',
  staticDir: 'static',
  extraOrigins: [],
  panelPort: 0,
  panelHost: '127.0.0.1',
  panelSources: [],
  lang: null,
  version: 'test',
  deviceKey: null,
};

/** A clock and processes that are moved by hand. */
const createWorld = () => {
  let now = 0;
  const said: string[] = [];
  let timers: { at: number; run: () => void }[] = [];
  const processes: {
    sent: ToStation[];
    say: (message: FromStation) => void;
    exit: (code: number) => void;
    killed: boolean;
  }[] = [];
  const after = (delayMs: number, run: () => void) => {
    const timer = { at: now + delayMs, run };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };
  const advance = (ms: number): void => {
    const end = now + ms;
    for (;;) {
      const next = timers.filter((timer) => timer.at <= end).sort((left, right) => left.at - right.at)[0];
      if (next === undefined) break;
      timers = timers.filter((timer) => timer !== next);
      now = Math.max(now, next.at);
      next.run();
    }
    now = end;
  };
  const fork = (): StationProcess => {
    const heard: ((message: FromStation) => void)[] = [];
    let ended: (code: number | null) => void = () => {};
    const entry = {
      sent: [] as ToStation[],
      killed: false,
      say: (message: FromStation) => heard.forEach((listener) => listener(message)),
      exit: (code: number) => ended(code),
    };
    processes.push(entry);
    return {
      pid: processes.length,
      send: (message) => entry.sent.push(message),
      onMessage: (listener) => heard.push(listener),
      onExit: (listener) => {
        ended = listener;
      },
      kill: () => {
        entry.killed = true;
        ended(null);
      },
    };
  };
  const supervisor = createSupervisor({ fork, settings, after, nowMs: () => now, say: (text) => void said.push(text) });
  const sleep = (ms: number): void => {
    now += ms;
  };
  const newest = () => {
    const process = processes.at(-1);
    if (process === undefined) throw new Error('nothing was started');
    return process;
  };
  return { supervisor, processes, advance, sleep, said, newest };
};

const isReady: FromStation = { t: 'ready', port: 4711, panelPort: 4712, url: 'http://127.0.0.1:4711/?token=token' };

describe('supervisor', () => {
  it('starts a killed station again, on the same ports and with the same token', async () => {
    const world = createWorld();
    world.newest().say(isReady);
    await world.supervisor.ready;
    world.newest().exit(9);
    world.advance(250);
    expect(world.processes).toHaveLength(2);
    expect(world.newest().sent[0]).toEqual({
      t: 'start',
      settings: { ...settings, port: 4711, panelPort: 4712 },
      again: 'ended',
    });
  });

  it('waits longer after each failure, up to five seconds, and never gives up', () => {
    const world = createWorld();
    for (let count = 0; count < 50; count += 1) {
      world.newest().exit(1);
      world.advance(5000);
    }
    expect(world.processes).toHaveLength(51);
    world.newest().exit(1);
    world.advance(4999);
    expect(world.processes).toHaveLength(51);
  });

  it('starts quickly again after a minute of health', () => {
    const world = createWorld();
    for (let count = 0; count < 6; count += 1) {
      world.newest().exit(1);
      world.advance(5000);
    }
    const process = world.newest();
    for (let second = 0; second < 61; second += 1) {
      world.advance(1000);
      process.say({ t: 'pong', n: second });
    }
    process.exit(1);
    const before = world.processes.length;
    world.advance(250);
    expect(world.processes).toHaveLength(before + 1);
  });

  it('says why a station is started again, and nothing at the first start', () => {
    const world = createWorld();
    const reasons = () =>
      world.processes.map(({ sent }) => sent.flatMap((message) => (message.t === 'start' ? [message.again] : [])));
    world.newest().exit(9);
    world.advance(250);
    // It hangs.
    world.advance(36_000);
    expect(reasons()).toEqual([[null], ['ended'], ['noAnswer']]);
    expect(world.said.map((text) => text.replace(/^.*。/, ''))).toEqual([
      'The station ended unexpectedly (9) and is started again.',
      'The station does not answer and is started again.',
    ]);
  });

  it.each([36_000, 3_600_000, 86_400_000])(
    'leaves a healthy station alone when it was itself asleep for %s ms, with or without it',
    (asleepMs) => {
      const world = createWorld();
      const station = world.newest();
      station.say(isReady);
      for (let times = 0; times < 20; times += 1) {
        // The late timer comes before what the station has answered meanwhile.
        world.sleep(asleepMs);
        world.advance(5000);
        station.say({ t: 'pong', n: times });
      }
      expect(station.killed).toBe(false);
      expect(world.processes).toHaveLength(1);
    },
  );

  it('ends a station that hangs also where it was asleep in between', () => {
    const world = createWorld();
    const station = world.newest();
    world.advance(15_000);
    world.sleep(60_000);
    world.advance(25_000);
    expect(station.killed).toBe(true);
  });

  it('ends a station that hangs', () => {
    const world = createWorld();
    world.newest().say(isReady);
    const hanging = world.newest();
    world.advance(40_000);
    expect(hanging.killed).toBe(true);
    expect(world.processes.length).toBeGreaterThan(1);
  });

  it('does not try again what cannot work, and says why', async () => {
    const world = createWorld();
    world.newest().say({ t: 'failed', failure: 'portTaken', detail: 'port 80' });
    world.newest().exit(3);
    await expect(world.supervisor.ready).rejects.toEqual(new StationFailed('portTaken', 'port 80'));
    world.advance(60_000);
    expect(world.processes).toHaveLength(1);
  });

  it('keeps trying when a station that once ran says the port is taken', async () => {
    const world = createWorld();
    world.newest().say(isReady);
    await world.supervisor.ready;
    world.newest().exit(9);
    world.advance(250);
    world.newest().say({ t: 'failed', failure: 'portTaken', detail: '' });
    world.newest().exit(3);
    world.advance(5000);
    expect(world.processes.length).toBeGreaterThan(2);
  });

  it('stops on request, and by force when nothing answers', async () => {
    const world = createWorld();
    const stopped = world.supervisor.stop();
    expect(world.newest().sent.at(-1)).toEqual({ t: 'stop' });
    world.advance(10_000);
    await stopped;
    expect(world.newest().killed).toBe(true);
    world.advance(60_000);
    expect(world.processes).toHaveLength(1);
  });
});
