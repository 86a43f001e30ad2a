import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DeviceEvent,
  OnvifPort,
  OnvifTarget,
  SubscriptionState,
} from '../../../electron/station/ports/devices.port.ts';
import { createOnvif } from '../../../native/onvif/onvif.ts';
import { createFakeOnvif } from '../../support/fake-onvif.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { startSimulator } from '../../support/simulator.ts';
import { createMemoryLog, systemClock, until } from '../../support/system-clock.ts';

interface Bench {
  readonly onvif: OnvifPort;
  readonly target: OnvifTarget;
  readonly relay: string;
  /** An input that is active at the start. */
  readonly input: string;
  readonly motion: (on: boolean) => Promise<void>;
  readonly setReachable: (reachable: boolean) => Promise<void>;
  readonly wait: (what: string, holds: () => boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

const fake = async (): Promise<Bench> => {
  const clock = createManualClock();
  const onvif = createFakeOnvif(clock);
  const address = 'http://192.0.2.1/onvif/device_service';
  const profile = (token: string, width: number, height: number) => ({
    token,
    name: token,
    encoding: 'H264',
    width,
    height,
    streamUrl: `rtsp://192.0.2.1/${token}`,
  });
  onvif.add(address, {
    name: 'gate',
    username: 'viewer',
    password: 'pass',
    snapshot: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
    description: {
      manufacturer: 'made',
      model: 'up',
      serial: '1',
      snapshotUrl: null,
      relayTokens: ['relay'],
      inputTokens: ['closed'],
      leftOut: [],
      hasEvents: true,
      profiles: [profile('main', 1280, 720), profile('sub', 640, 360)],
    },
    inputs: new Map([['closed', true]]),
  });
  return {
    onvif,
    target: { address, username: 'viewer', password: 'pass' },
    relay: 'relay',
    input: 'closed',
    motion: async (active) => onvif.emit(address, { kind: 'motion', source: 'cam', active, atMs: clock.nowMs() }),
    setReachable: async (reachable) => onvif.setReachable(address, reachable),
    wait: (what, holds) =>
      until(what, () => {
        clock.advance(100);
        return holds();
      }),
    close: async () => undefined,
  };
};

const real = async (): Promise<Bench> => {
  const simulator = await startSimulator(2, ['--discovery']);
  const camera = simulator.cameras.find(({ id }) => id === simulator.barrier.camera);
  if (camera === undefined) throw new Error('the gate camera is not simulated');
  return {
    onvif: createOnvif({ clock: systemClock, log: createMemoryLog() }),
    target: { address: camera.onvif, username: camera.username, password: camera.password },
    relay: simulator.barrier.closeRelay,
    input: simulator.barrier.closedInput,
    motion: (on) => simulator.cause('motion', { camera: camera.id, on }),
    setReachable: (reachable) =>
      simulator.cause('cameraFault', { camera: camera.id, fault: reachable ? 'none' : 'unplug' }),
    wait: (what, holds) => until(what, holds, 20_000),
    close: simulator.close,
  };
};

describe.each([
  ['fake', fake],
  ['simulated cameras', real],
] as const)('ONVIF port: %s', (_name, open) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await open();
  });
  afterAll(() => bench.close());

  const listen = () => {
    const events: DeviceEvent[] = [];
    const states: SubscriptionState[] = [];
    const stop = bench.onvif.listen(
      bench.target,
      (event) => events.push(event),
      (state) => states.push(state),
    );
    const motions = (): readonly boolean[] =>
      events.flatMap((event) => (event.kind === 'motion' ? [event.active] : []));
    return { events, states, stop, motions };
  };

  it('describes a device: streams best first, without credentials, and what it can do', async () => {
    const described = await bench.onvif.describe(bench.target);
    expect(described).toMatchObject({
      ok: true,
      value: {
        hasEvents: true,
        relayTokens: expect.arrayContaining([bench.relay]),
        // Under the names that events tell them by.
        inputTokens: expect.arrayContaining([bench.input]),
      },
    });
    const value = described.ok ? described.value : null;
    expect(Math.abs(value?.clockOffsetMs ?? Number.NaN)).toBeLessThan(3000);
    const profiles = value?.profiles ?? [];
    expect(profiles.length).toBeGreaterThanOrEqual(2);
    expect(profiles.map(({ width }) => width)).toEqual(profiles.map(({ width }) => width).sort((a, b) => b - a));
    for (const { streamUrl, encoding } of profiles) {
      expect(streamUrl).toMatch(/^rtsp:\/\/[^@]+$/);
      expect(encoding).toBe('H264');
    }
  });

  it('tells wrong credentials from a device that is not there', async () => {
    expect(await bench.onvif.describe({ ...bench.target, password: 'not this' })).toEqual({
      ok: false,
      error: { kind: 'credentials' },
    });
    expect(await bench.onvif.describe({ ...bench.target, address: 'http://127.0.0.1:1/onvif/device_service' })).toEqual(
      {
        ok: false,
        error: { kind: 'unreachable' },
      },
    );
  });

  it('fetches a JPEG picture', async () => {
    const picture = await bench.onvif.snapshot(bench.target);
    expect(picture.ok && [...picture.value.subarray(0, 2)]).toEqual([0xff, 0xd8]);
  });

  it('pulses a relay that is there, and no other', async () => {
    expect(await bench.onvif.pulseRelay(bench.target, bench.relay, 500)).toEqual({ ok: true, value: null });
    expect(await bench.onvif.pulseRelay(bench.target, 'no-such-relay', 500)).toMatchObject({
      ok: false,
      error: { kind: 'unsupported' },
    });
  });

  it('finds the device on a chosen interface', async () => {
    const found = await bench.onvif.discover(['127.0.0.1'], 1500);
    expect(found.map(({ address }) => address)).toContain(bench.target.address);
  });

  it('tells the present state of inputs first, then what changes, and nothing after the end', async () => {
    const { events, states, stop, motions } = listen();
    await bench.wait('the first word of the input', () =>
      events.some((event) => event.kind === 'digitalInput' && event.token === bench.input),
    );
    expect(events.find((event) => event.kind === 'digitalInput' && event.token === bench.input)).toMatchObject({
      active: true,
      initial: true,
    });
    expect(states).toEqual(['connecting', 'listening']);
    await bench.motion(true);
    await bench.wait('motion', () => motions().at(-1) === true);
    await bench.motion(false);
    await bench.wait('its end', () => motions().at(-1) === false);
    stop();
    const count = events.length;
    const second = listen();
    await bench.motion(true);
    await bench.wait('motion for the second listener', () => second.motions().includes(true));
    second.stop();
    await bench.motion(false);
    expect(events).toHaveLength(count);
  });

  it('notices a device that is gone, and that it is back', async () => {
    const { events, states, stop } = listen();
    await bench.wait('listening', () => states.includes('listening'));
    await bench.setReachable(false);
    await bench.wait('the loss', () => states.at(-1) === 'lost');
    const before = events.length;
    await bench.setReachable(true);
    await bench.wait('listening again', () => states.at(-1) === 'listening');
    await bench.wait('the input again', () =>
      events.slice(before).some((event) => event.kind === 'digitalInput' && event.token === bench.input),
    );
    stop();
  });
});
