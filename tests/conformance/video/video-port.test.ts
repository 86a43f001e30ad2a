/** One suite for the media worker, on simulated cameras that speak RTSP and on the fake without pictures. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StreamReport, VideoPort, VideoSource } from '../../../electron/station/ports/video.port.ts';
import { createMediaWorker } from '../../../native/video/create-media-worker.ts';
import { createFakeVideo } from '../../support/fake-video.ts';
import { startSimulator, type Simulator } from '../../support/simulator.ts';
import { systemClock, until } from '../../support/system-clock.ts';
import { openVideoSeat } from '../../support/video-seat.ts';

interface Bench {
  readonly port: VideoPort;
  /** Two cameras with a sub-stream each. */
  readonly gate: VideoSource;
  readonly path: VideoSource;
  /** Plugs a camera in or pulls its plug. */
  readonly setPlugged: (camera: VideoSource, plugged: boolean) => Promise<void>;
  /** Whether the video listener lets a seat in with this ticket. */
  readonly lets: (ticket: { readonly port: number; readonly ticket: string }) => Promise<boolean>;
}

const ORIGIN = 'app://guardroom';

const fake = (): Bench => {
  const port = createFakeVideo(systemClock);
  const unplugged = new Set<string>();
  const seen = (report: StreamReport): void => {
    const isLive = !unplugged.has(report.cameraId);
    const picture = isLive
      ? { codec: 'avc1.42c01e', width: 640, height: 352 }
      : { codec: null, width: null, height: null };
    port.report({
      ...report,
      ...picture,
      state: isLive ? 'live' : 'offline',
      fault: isLive ? null : 'unreachable',
      sinceMs: systemClock.nowMs(),
    });
  };
  const last = new Map<string, StreamReport>();
  port.onReport((report) => {
    last.set(report.cameraId, report);
    if (report.state === 'connecting') setImmediate(() => seen(report));
  });
  const source = (cameraId: string): VideoSource => ({
    cameraId,
    mainUrl: `rtsp://192.0.2.1/${cameraId}/main`,
    subUrl: `rtsp://192.0.2.1/${cameraId}/sub`,
    username: 'admin',
    password: 'secret',
  });
  return {
    port,
    gate: source('gate'),
    path: source('path'),
    setPlugged: async (camera, plugged) => {
      if (plugged) unplugged.delete(camera.cameraId);
      else unplugged.add(camera.cameraId);
      const report = last.get(camera.cameraId);
      if (report !== undefined) seen(report);
    },
    lets: async ({ ticket }) => port.redeem(ticket),
  };
};

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(2);
});
afterAll(async () => {
  await simulator.close();
});

const real = (): Bench => {
  const source = (index: number): VideoSource => {
    const camera = simulator.cameras[index];
    if (camera === undefined) throw new Error('too few cameras are simulated');
    return {
      cameraId: camera.id,
      mainUrl: camera.rtspMain,
      subUrl: camera.rtspSub,
      username: camera.username,
      password: camera.password,
    };
  };
  return {
    port: createMediaWorker({ allowedOrigins: [ORIGIN] }),
    gate: source(0),
    path: source(1),
    setPlugged: (camera, plugged) =>
      simulator.cause('cameraFault', { camera: camera.cameraId, fault: plugged ? 'none' : 'unplug' }),
    lets: ({ port, ticket }) =>
      openVideoSeat(port, ticket, ORIGIN).then(
        (seat) => {
          seat.close();
          return true;
        },
        () => false,
      ),
  };
};

describe.each([
  ['fake', fake],
  ['media worker on RTSP', real],
] as const)('video port: %s', (_name, open) => {
  const opened: Bench[] = [];
  const start = () => {
    const bench = open();
    opened.push(bench);
    const reports: StreamReport[] = [];
    const stop = bench.port.onReport((report) => reports.push(report));
    const of = ({ cameraId }: VideoSource): readonly StreamReport[] =>
      reports.filter((report) => report.cameraId === cameraId);
    const wait = (what: string, camera: VideoSource, state: StreamReport['state']): Promise<void> =>
      until(what, () => of(camera).at(-1)?.state === state, 20_000);
    return { ...bench, reports, of, wait, stop };
  };
  afterEach(async () => {
    for (const { port, gate, path, setPlugged } of opened.splice(0)) {
      await port.close();
      for (const camera of [gate, path]) await setPlugged(camera, true);
    }
  });

  it('watches every camera though nobody looks: its sub-stream, or the main one where there is no other', async () => {
    const { port, gate, path, of, wait } = start();
    const fromMs = Date.now();
    port.configure([gate, { ...path, subUrl: null }]);
    await wait('the gate', gate, 'live');
    await wait('the path', path, 'live');
    expect(of(gate)[0]).toMatchObject({ quality: 'sub', state: 'connecting', fault: null });
    expect(
      new Set([
        ...of(gate).map(({ quality }) => `gate ${quality}`),
        ...of(path).map(({ quality }) => `path ${quality}`),
      ]),
    ).toEqual(new Set(['gate sub', 'path main']));
    expect(of(gate).at(-1)).toMatchObject({
      fault: null,
      codec: expect.stringMatching(/^avc1\.[\da-f]{6}$/),
      width: 640,
      height: expect.any(Number),
    });
    const sinceMs = of(gate).at(-1)?.sinceMs ?? 0;
    expect(sinceMs).toBeGreaterThanOrEqual(fromMs - 50);
    expect(sinceMs).toBeLessThanOrEqual(Date.now() + 50);
  });

  it('notices that a camera is lost, says why, and notices its return', async () => {
    const { port, gate, of, wait, setPlugged } = start();
    port.configure([gate]);
    await wait('the picture', gate, 'live');
    await setPlugged(gate, false);
    await wait('the loss', gate, 'offline');
    expect(of(gate).at(-1)?.fault).not.toBeNull();
    await setPlugged(gate, true);
    await wait('the return', gate, 'live');
  });

  it('leaves streams alone whose source did not change, and begins those anew whose did', async () => {
    const { port, gate, path, of, wait } = start();
    port.configure([gate]);
    await wait('the gate', gate, 'live');
    const before = of(gate).length;
    port.configure([{ ...gate }, path]);
    await wait('the path', path, 'live');
    expect(of(gate)).toHaveLength(before);
    port.configure([{ ...gate, subUrl: gate.mainUrl }, path]);
    await until('the gate anew', () =>
      of(gate)
        .slice(before)
        .some(({ state }) => state === 'connecting'),
    );
  });

  it('forgets a camera that is not configured any more', async () => {
    const { port, gate, path, of, wait, setPlugged } = start();
    port.configure([gate, path]);
    await wait('the gate', gate, 'live');
    await wait('the path', path, 'live');
    port.configure([path]);
    const before = of(gate).length;
    await setPlugged(gate, false);
    await setPlugged(path, false);
    await wait('the loss of the other', path, 'offline');
    expect(of(gate)).toHaveLength(before);
  });

  it('tells nobody who stopped listening', async () => {
    const { port, gate, reports, stop } = start();
    const states: string[] = [];
    port.onReport(({ state }) => states.push(state));
    stop();
    port.configure([gate]);
    await until('the picture', () => states.at(-1) === 'live', 20_000);
    expect(reports).toEqual([]);
  });

  it('issues tickets that let one seat in, once', async () => {
    const { port, lets } = start();
    const [one, other] = [await port.issueTicket('holder'), await port.issueTicket('holder')];
    expect([one.port, one.ticket === other.ticket]).toEqual([other.port, false]);
    expect([await lets(one), await lets(one), await lets(other)]).toEqual([true, false, true]);
    expect(await lets({ ...one, ticket: 'made-up' })).toBe(false);
  });

  it('makes the unused tickets of a session that ended worthless, and no other', async () => {
    const { port, lets } = start();
    const mine = await port.issueTicket('mine');
    const theirs = await port.issueTicket('theirs');
    port.dismiss('mine');
    expect([await lets(mine), await lets(theirs)]).toEqual([false, true]);
  });

  it('issues no ticket and reports nothing once it is closed', async () => {
    const { port, gate, reports, wait } = start();
    port.configure([gate]);
    await wait('the picture', gate, 'live');
    await port.close();
    await port.close();
    const before = reports.length;
    await expect(port.issueTicket('holder')).rejects.toThrow('closed');
    port.configure([{ ...gate, subUrl: null }]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(reports).toHaveLength(before);
  });
});
