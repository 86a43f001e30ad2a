import { afterEach, expect, test, vi } from 'vitest';
import type { StreamReport, VideoPort, VideoSource } from '../../electron/station/ports/video.port.ts';
import { startCamera, type CameraBehaviour, type TestCamera } from '../../tests/support/rtsp-camera.ts';
import { createPictureSource } from '../../tests/support/rtsp-media.ts';
import { openVideoSeat, type VideoSeat } from '../../tests/support/video-seat.ts';
import { createMediaWorker, type MediaWorkerOptions } from './create-media-worker.ts';

const ORIGIN = 'app://guardroom';
const workers: VideoPort[] = [];
const cameras: TestCamera[] = [];
const seats: VideoSeat[] = [];
afterEach(async () => {
  for (const seat of seats.splice(0)) seat.close();
  await Promise.all([
    ...workers.splice(0).map((worker) => worker.close()),
    ...cameras.splice(0).map((camera) => camera.close()),
  ]);
});

const camera = async (behaviour: CameraBehaviour = {}): Promise<TestCamera> => {
  const started = await startCamera(behaviour);
  cameras.push(started);
  return started;
};
const start = (options: Partial<MediaWorkerOptions> = {}) => {
  const worker = createMediaWorker({ allowedOrigins: [ORIGIN], ...options });
  workers.push(worker);
  const reports: StreamReport[] = [];
  worker.onReport((report) => reports.push(report));
  return { worker, reports };
};
const source = (cameraId: string, subUrl: string, mainUrl = subUrl): VideoSource => ({
  cameraId,
  mainUrl,
  subUrl,
  username: null,
  password: null,
});
const seatOf = async (worker: VideoPort): Promise<VideoSeat> => {
  const { port, ticket } = await worker.issueTicket('holder');
  const seat = await openVideoSeat(port, ticket, ORIGIN);
  seats.push(seat);
  return seat;
};
const tile = (channel: number, cameraId: string, quality: 'main' | 'sub' = 'sub') => ({ channel, cameraId, quality });

test('two seats see one camera over one connection; its loss and return are reported', async () => {
  const one = await camera();
  const { worker, reports } = start();
  worker.configure([source('gate', one.url)]);
  await vi.waitFor(
    () =>
      expect(reports.at(-1)).toMatchObject({
        cameraId: 'gate',
        quality: 'sub',
        state: 'live',
        width: 640,
        codec: 'avc1.42c01e',
      }),
    { timeout: 10_000 },
  );
  const both = [await seatOf(worker), await seatOf(worker)];
  for (const seat of both) seat.watch(tile(1, 'gate'));
  await vi.waitFor(() => expect(both.every((seat) => seat.frames.length > 10)).toBe(true), { timeout: 5000 });
  expect(one.connections()).toBe(1);
  expect(both.map((seat) => seat.frames[0]?.flags)).toEqual([1, 1]);
  await one.close();
  await vi.waitFor(() => expect(reports.at(-1)).toMatchObject({ state: 'offline', fault: 'refused' }), {
    timeout: 5000,
  });
  expect(both[0]?.states.at(-1)).toBe('offline');
});

test.each([
  ['http://exit', 'the media worker ended by itself with status 7'],
  ['http://throw', 'as the test says'],
])('a worker that dies (%s) is back on the same port with the same cameras', async (deadly, message) => {
  const one = await camera();
  const defects: string[] = [];
  let origin = ORIGIN;
  const { worker, reports } = start({
    allowedOrigins: () => [origin],
    onDefect: (error) => {
      defects.push(error.message);
      origin = ORIGIN;
    },
    entry: new URL('../../tests/support/mortal-media-worker.ts', import.meta.url),
  });
  worker.configure([source('gate', one.url)]);
  await vi.waitFor(() => expect(reports.at(-1)?.state).toBe('live'), { timeout: 10_000 });
  const before = await worker.issueTicket('holder');
  const seat = await openVideoSeat(before.port, before.ticket, ORIGIN);
  reports.length = 0;
  origin = deadly;
  // Thrown, the error ends the worker only after it has answered; gone at once, the next one answers.
  await worker.issueTicket('holder');
  expect(await seat.closed).toBe(1006);
  await vi.waitFor(() => expect(defects).toEqual([message]));
  const after = await worker.issueTicket('holder');
  expect(after.port).toBe(before.port);
  await vi.waitFor(() => expect(reports.map((report) => report.state)).toContain('live'), { timeout: 10_000 });
  const again = await openVideoSeat(after.port, after.ticket, ORIGIN);
  seats.push(again);
  again.watch(tile(1, 'gate'));
  await vi.waitFor(() => expect(again.frames.length).toBeGreaterThan(3), { timeout: 5000 });
});

test('a camera that floods leaves the others unharmed', async () => {
  const flooding = await camera({
    play: (wire) => wire.stream(createPictureSource({ bytes: 400_000 }), 15, (packets) => [...packets, ...packets]),
  });
  const calm = await camera({ play: (wire) => wire.stream(createPictureSource(), 40) });
  const { worker } = start();
  worker.configure([source('flood', flooding.url), source('calm', calm.url)]);
  const seat = await seatOf(worker);
  seat.watch(tile(1, 'flood'), tile(2, 'calm'));
  const ofCalm = () => seat.frames.filter((frame) => frame.channel === 2);
  await vi.waitFor(() => expect(ofCalm().length).toBeGreaterThan(40), { timeout: 10_000 });
  const gaps = ofCalm()
    .slice(1)
    .map((frame, index) => frame.sequence - (ofCalm()[index]?.sequence ?? 0));
  expect(gaps.every((gap) => gap === 1)).toBe(true);
});

test('a camera that sends this side to an address that is none costs no other camera a picture', async () => {
  const evil = await camera({
    on: (_request, wire) => {
      wire.reply(302, ['Location: rtsp://a\0b/x']);
      return true;
    },
  });
  const calm = await camera();
  const defects: string[] = [];
  const { worker, reports } = start({ onDefect: (error) => defects.push(error.message) });
  // The third has the same in its own address, as an older log may hold it.
  worker.configure([source('evil', evil.url), source('calm', calm.url), source('stored', 'rtsp://a\0b/x')]);
  const seat = await seatOf(worker);
  seat.watch(tile(1, 'calm'));
  const last = (cameraId: string) => reports.findLast((report) => report.cameraId === cameraId);
  await vi.waitFor(() => expect(evil.connections()).toBeGreaterThan(2), { timeout: 10_000 });
  expect(last('evil')).toMatchObject({ state: 'offline', fault: 'protocol' });
  expect(last('stored')).toMatchObject({ state: 'offline', fault: 'noSuchStream' });
  const before = seat.frames.length;
  await vi.waitFor(() => expect(seat.frames.length).toBeGreaterThan(before + 10), { timeout: 5000 });
  expect([defects, calm.connections()]).toEqual([[], 1]);
});

test("what is thrown for one camera ends that camera's connection, is told, and costs the others nothing", async () => {
  const touchy = await camera();
  const calm = await camera();
  const ended: string[] = [];
  const borne: string[] = [];
  const { worker, reports } = start({
    onDefect: (error) => ended.push(error.message),
    onBorneDefect: (of, error) => borne.push(`${of}: ${error.message}`),
    entry: new URL('../../tests/support/touchy-media-worker.ts', import.meta.url),
  });
  worker.configure([source('touchy', touchy.url), source('calm', calm.url)]);
  const seat = await seatOf(worker);
  seat.watch(tile(1, 'calm'));
  // It is tried again and breaks again: one defect each time, and the same connection to the other camera all along.
  await vi.waitFor(() => expect(borne.length).toBeGreaterThan(1), { timeout: 10_000 });
  expect(new Set(borne)).toEqual(new Set(['touchy: as the test says']));
  expect(reports.findLast(({ cameraId, state }) => cameraId === 'touchy' && state === 'offline')?.fault).toBe(
    'protocol',
  );
  const before = seat.frames.length;
  await vi.waitFor(() => expect(seat.frames.length).toBeGreaterThan(before + 10), { timeout: 5000 });
  expect([ended, calm.connections()]).toEqual([[], 1]);
});

test('pictures end with the session that got its ticket, in all its windows, and go on for everybody else', async () => {
  const one = await camera();
  const { worker } = start();
  worker.configure([source('gate', one.url)]);
  const enter = async (holder: string): Promise<VideoSeat> => {
    const { port, ticket } = await worker.issueTicket(holder);
    const seat = await openVideoSeat(port, ticket, ORIGIN);
    seats.push(seat);
    seat.watch(tile(1, 'gate'));
    await vi.waitFor(() => expect(seat.frames.length).toBeGreaterThan(3), { timeout: 10_000 });
    return seat;
  };
  const windows = [await enter('left'), await enter('left')];
  const other = await enter('here');
  worker.dismiss('left');
  expect(await Promise.all(windows.map(({ closed }) => closed))).toEqual([1006, 1006]);
  const before = other.frames.length;
  await vi.waitFor(() => expect(other.frames.length).toBeGreaterThan(before + 10), { timeout: 5000 });
});

test.each([
  ['is not signed in to in the clear', [], 'offline', false],
  ['is, where a manager allows it', ['plainPassword'], 'live', true],
] as const)('a camera that turns from Digest to Basic %s', async (_name, allows, state, isSent) => {
  const turning = await camera({
    on: ({ headers }, wire) => {
      const said = headers.get('authorization') ?? '';
      if (said.startsWith('Basic ')) return false;
      const way = said === '' ? 'Digest realm="cam", nonce="n"' : 'Basic realm="cam"';
      wire.reply(401, [`WWW-Authenticate: ${way}`]);
      return true;
    },
  });
  const { worker, reports } = start();
  worker.configure([{ ...source('gate', turning.url), username: 'guard', password: 'pw', allows }]);
  await vi.waitFor(() => expect(reports.at(-1)?.state).toBe(state), { timeout: 10_000 });
  expect(reports.at(-1)?.fault).toBe(isSent ? null : 'plainPassword');
  expect(turning.requests.some(({ headers }) => headers.get('authorization')?.startsWith('Basic '))).toBe(isSent);
});

test('closing ends the thread, the listener and the connections, and refuses what waits', async () => {
  const one = await camera();
  const { worker, reports } = start();
  worker.configure([source('gate', one.url)]);
  await vi.waitFor(() => expect(reports.at(-1)?.state).toBe('live'), { timeout: 10_000 });
  const { port, ticket } = await worker.issueTicket('holder');
  await worker.close();
  await vi.waitFor(() => expect(one.open()).toBe(0));
  await expect(openVideoSeat(port, ticket, ORIGIN)).rejects.toThrow('ECONNREFUSED');
  await expect(worker.issueTicket('holder')).rejects.toThrow('closed');
  await worker.close();
});
