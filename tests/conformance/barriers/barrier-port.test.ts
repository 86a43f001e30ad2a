import { afterEach, describe, expect, it } from 'vitest';
import type { BarrierLink, BarrierPort, BarrierReport } from '../../../electron/station/ports/devices.port.ts';
import { createOnvifBarriers } from '../../../native/barriers/onvif-barriers.ts';
import { createOnvif } from '../../../native/onvif/onvif.ts';
import { createFakeBarrier } from '../../support/fake-barrier.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { startSimulator } from '../../support/simulator.ts';
import { createMemoryLog, systemClock, until } from '../../support/system-clock.ts';

interface Bench {
  readonly port: BarrierPort;
  readonly link: BarrierLink;
  readonly setStuck: (stuck: boolean) => Promise<void>;
  readonly setPower: (on: boolean) => Promise<void>;
  readonly setLink: (up: boolean) => Promise<void>;
  readonly wait: (what: string, holds: () => boolean) => Promise<void>;
  /** Lets this much time pass. */
  readonly rest: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const fake = async (): Promise<Bench> => {
  const clock = createManualClock();
  const port = createFakeBarrier(clock);
  const link: BarrierLink = {
    barrierId: 'gate',
    target: { address: 'http://192.0.2.1/', username: null, password: null },
    openRelay: 'ro',
    closeRelay: 'rc',
    openInput: 'io',
    closedInput: 'ic',
    travelMs: 3000,
  };
  return {
    port,
    link,
    setStuck: async (stuck) => port.setStuck('gate', stuck),
    setPower: async (on) => port.failWith(on ? null : { kind: 'refused', reason: 'no power' }),
    setLink: async (up) => port.setLink('gate', up),
    wait: (what, holds) =>
      until(what, () => {
        clock.advance(100);
        return holds();
      }),
    rest: async (ms) => clock.advance(ms),
    close: port.close,
  };
};

const real = async (): Promise<Bench> => {
  const simulator = await startSimulator(1);
  const camera = simulator.cameras.find(({ id }) => id === simulator.barrier.camera);
  if (camera === undefined) throw new Error('the gate camera is not simulated');
  const log = createMemoryLog();
  const port = createOnvifBarriers({ onvif: createOnvif({ clock: systemClock, log }), clock: systemClock, log });
  const { camera: _camera, ...wiring } = simulator.barrier;
  return {
    port,
    link: {
      barrierId: 'gate',
      target: { address: camera.onvif, username: camera.username, password: camera.password },
      ...wiring,
    },
    setStuck: (stuck) => simulator.cause('barrierFault', { fault: stuck ? 'stuck' : 'none' }),
    setPower: (on) => simulator.cause('barrierFault', { fault: on ? 'none' : 'no-power' }),
    setLink: (up) => simulator.cause('cameraFault', { camera: camera.id, fault: up ? 'none' : 'unplug' }),
    wait: (what, holds) => until(what, holds, 20_000),
    rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    close: async () => {
      await port.close();
      await simulator.close();
    },
  };
};

describe.each([
  ['fake', fake],
  ['simulated gate on ONVIF relays', real],
] as const)('barrier port: %s', (_name, open) => {
  const opened: Bench[] = [];
  const start = async (change: Partial<BarrierLink> = {}) => {
    const bench = await open();
    opened.push(bench);
    const reports: BarrierReport[] = [];
    bench.port.onReport((report) => reports.push(report));
    bench.port.configure([{ ...bench.link, ...change }]);
    const positions = (): readonly string[] =>
      reports.flatMap((report) => (report.kind === 'position' ? [report.position] : []));
    const links = (): readonly string[] => reports.flatMap((report) => (report.kind === 'link' ? [report.state] : []));
    await bench.wait('the link', () => links().at(-1) === 'listening');
    return { ...bench, reports, positions, links };
  };
  afterEach(async () => {
    for (const bench of opened.splice(0)) await bench.close();
  });

  it('opens and closes, and tells what the limit switches saw on the way', async () => {
    const { port, wait, positions, links } = await start();
    await wait('lying', () => positions().at(-1) === 'closed');
    expect(await port.drive('gate', 'open', 'm-1')).toEqual({ ok: true, value: null });
    await wait('standing', () => positions().at(-1) === 'open');
    expect(await port.drive('gate', 'close', 'm-2')).toEqual({ ok: true, value: null });
    await wait('lying again', () => positions().at(-1) === 'closed');
    expect(positions().slice(positions().indexOf('closed'))).toEqual(['closed', 'moving', 'open', 'moving', 'closed']);
    expect(links()).toEqual(['connecting', 'listening']);
  });

  it('opens while it is being closed: the last thing the arm hears is "open"', async () => {
    const { port, wait, positions } = await start();
    expect(await port.drive('gate', 'open', 'm-1')).toEqual({ ok: true, value: null });
    await wait('standing', () => positions().at(-1) === 'open');
    const before = positions().length;
    const both = [port.drive('gate', 'close', 'm-2'), port.drive('gate', 'open', 'm-3')];
    await wait('both taken, and standing again', () => positions().length > before && positions().at(-1) === 'open');
    expect(await Promise.all(both)).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
    expect(positions().slice(before)).not.toContain('closed');
  });

  it('refuses a second command while the first is being sent', async () => {
    const { port, wait, positions } = await start();
    await wait('lying', () => positions().at(-1) === 'closed');
    const both = await Promise.all([port.drive('gate', 'open', 'm-1'), port.drive('gate', 'close', 'm-2')]);
    expect(both).toMatchObject([{ ok: true }, { ok: false, error: { kind: 'refused' } }]);
    await wait('standing', () => positions().at(-1) === 'open');
  });

  it('does not take "ok" for a moved arm', async () => {
    const { port, wait, rest, positions, setStuck } = await start();
    await wait('lying', () => positions().at(-1) === 'closed');
    await setStuck(true);
    expect(await port.drive('gate', 'open', 'm-1')).toMatchObject({ ok: true });
    await rest(1000);
    expect(positions().at(-1)).toBe('closed');
  });

  it('passes on a refusal, and does not know a gate that was not configured', async () => {
    const { port, setPower } = await start();
    await setPower(false);
    expect(await port.drive('gate', 'open', 'm-1')).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(await port.drive('other', 'open', 'm-2')).toMatchObject({ ok: false, error: { kind: 'unsupported' } });
  });

  it('knows nothing of the arm while the link is lost, and learns it again', async () => {
    const { wait, positions, links, setLink } = await start();
    await wait('lying', () => positions().at(-1) === 'closed');
    await setLink(false);
    await wait('the loss', () => links().at(-1) === 'lost' && positions().at(-1) === 'unknown');
    await setLink(true);
    await wait('lying again', () => links().at(-1) === 'listening' && positions().at(-1) === 'closed');
  });

  it('claims no position where nothing measures it', async () => {
    const { port, rest, positions } = await start({ openInput: null, closedInput: null });
    expect(await port.drive('gate', 'open', 'm-1')).toMatchObject({ ok: true });
    await rest(1000);
    expect(positions()).toEqual([]);
  });
});
