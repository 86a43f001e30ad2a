/** What the core thread does never delays a picture: the video lives in a worker of its own, with its own listener. */
import { afterEach, expect, it } from 'vitest';
import { createMediaWorker } from '../../native/video/create-media-worker.ts';
import { startSimulator } from '../support/simulator.ts';
import { until } from '../support/system-clock.ts';
import { openVideoSeat } from '../support/video-seat.ts';

const ORIGIN = 'app://guardroom';
const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** As long as a very slow disk holds an fsync up, milliseconds. */
const HELD_UP_MS = 1500;

it('pictures go on arriving while the core thread stands still, as it does for an fsync', async () => {
  const simulator = await startSimulator(1);
  closers.push(simulator.close);
  const [camera] = simulator.cameras;
  if (camera === undefined) throw new Error('no camera is simulated');
  const video = createMediaWorker({ allowedOrigins: [ORIGIN] });
  closers.push(video.close);
  const { username, password, rtspMain, rtspSub } = camera;
  video.configure([{ cameraId: camera.id, mainUrl: rtspMain, subUrl: rtspSub, username, password }]);
  const { port, ticket } = await video.issueTicket('holder');
  const seat = await openVideoSeat(port, ticket, ORIGIN);
  closers.push(seat.close);
  seat.watch({ channel: 0, cameraId: camera.id, quality: 'sub' });
  await until('pictures', () => seat.frames.length > 5, 30_000);

  const beganMs = Date.now();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HELD_UP_MS);
  const endedMs = Date.now();
  await until('the pictures of that time', () => (seat.frames.at(-1)?.arrivedAtMs ?? 0) > endedMs, 30_000);

  // Ten a second or more: as many as came in that time came then, and not at its end.
  const inTime = seat.frames
    .map(({ arrivedAtMs }) => arrivedAtMs)
    .filter((atMs) => atMs > beganMs && atMs < endedMs - 200);
  expect(inTime.length).toBeGreaterThan(5);
  const gaps = inTime.slice(1).map((atMs, index) => atMs - (inTime[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(HELD_UP_MS / 2);
});
