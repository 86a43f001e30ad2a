import { describe, expect, it } from 'vitest';
import type { Busy } from './contract/messages.schema.ts';
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
  const told: (Busy | null)[] = [];
  const supervisor = createSupervisor({
    fork,
    settings,
    clock: { after, monotonicMs: () => now },
    say: (text) => void said.push(text),
    onBusy: (busy) => void told.push(busy),
  });
  const sleep = (ms: number): void => {
    now += ms;
  };
  const newest = () => {
    const process = processes.at(-1);
    if (process === undefined) throw new Error('nothing was started');
    return process;
  };
  return { supervisor, processes, advance, sleep, said, told, newest };
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

  it('asks a station to stop, and ends by force only one that does not answer', async () => {
    const orderly = createWorld();
    const stopped = orderly.supervisor.stop();
    expect(orderly.supervisor.stop()).toBe(stopped);
    expect(orderly.newest().sent.filter(({ t }) => t === 'stop')).toHaveLength(1);
    orderly.advance(9000);
    orderly.newest().say({ t: 'stopped' });
    orderly.newest().exit(0);
    expect(await stopped).toBe('inOrder');
    expect(orderly.newest().killed).toBe(false);
    expect(orderly.said).toEqual([]);

    const hanging = createWorld();
    const forced = hanging.supervisor.stop();
    hanging.advance(10_000);
    expect(await forced).toBe('byForce');
    expect(hanging.newest().killed).toBe(true);
    expect(hanging.said.join()).toContain('was ended; what it had recorded is kept');
    hanging.advance(60_000);
    expect(hanging.processes).toHaveLength(1);
  });

  describe('with a station that prepares its tables', () => {
    it('waits as long as it gets further, and tells how far it is', () => {
      const world = createWorld();
      const station = world.newest();
      for (let done = 0; done < 100; done += 1) {
        station.say({ t: 'busy', done, of: 100 });
        world.advance(25_000);
      }
      expect(station.killed).toBe(false);
      expect(world.told).toHaveLength(100);
      expect(world.told.at(-1)).toEqual({ done: 99, of: 100 });
      station.say({ t: 'busy', done: 100, of: 100 });
      expect(world.told.at(-1)).toBeNull();
      // Done with it, but not ready: what counts is the pong again.
      world.advance(36_000);
      expect(station.killed).toBe(true);
    });

    it('ends one that stands still, also where it goes on saying so or begins anew without an end', () => {
      const same = createWorld();
      const back = createWorld();
      for (let times = 0; times < 7; times += 1) {
        same.processes[0]?.say({ t: 'busy', done: 50, of: 100 });
        back.processes[0]?.say({ t: 'busy', done: 50 - times, of: 100 });
        same.advance(5000);
        back.advance(5000);
      }
      expect([same.processes[0]?.killed, back.processes[0]?.killed]).toEqual([true, true]);
      expect(same.told.at(-1)).toBeNull();
    });

    it('takes the pong alone for a sign of life once it is ready', () => {
      const world = createWorld();
      const station = world.newest();
      station.say(isReady);
      for (let done = 0; done < 8; done += 1) {
        station.say({ t: 'busy', done, of: 100 });
        world.advance(5000);
      }
      expect(station.killed).toBe(true);
    });
  });
});
