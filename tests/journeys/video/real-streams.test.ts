/** The whole way of a picture: simulated camera, RTSP, our intake in the media worker, the video socket, the painted tile. */
import path from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoPort } from '../../../electron/station/ports/video.port.ts';
import { createMediaWorker } from '../../../native/video/create-media-worker.ts';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { leaveOut } from '../../support/requires.ts';
import { startSimulator } from '../../support/simulator.ts';
import type { Simulator } from '../../support/simulator.ts';
import { servePage } from '../../support/video-page.ts';
import type { ServedPage } from '../../support/video-page.ts';
import { openWall, readTiles, stateOf, waitForTiles } from '../../support/video-wall.ts';

const CAMERAS = 4;

let browser: Browser | undefined;
let simulator: Simulator;
let media: VideoPort;
let served: ServedPage;

beforeAll(async () => {
  if (findChromium() === null) return;
  simulator = await startSimulator(CAMERAS);
  media = createMediaWorker({ allowedOrigins: () => [new URL(served.url).origin] });
  media.configure(
    simulator.cameras.map(({ rtspMain, rtspSub, username, password }, index) => ({
      cameraId: `cam-${index + 1}`,
      mainUrl: rtspMain,
      subUrl: rtspSub,
      username,
      password,
    })),
  );
  served = await servePage(path.join(import.meta.dirname, 'page'), {
    '/ticket': async () => {
      const { port, ticket } = await media.issueTicket('holder');
      return `ws://127.0.0.1:${port}/video?ticket=${ticket}`;
    },
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
  await media?.close();
  await simulator?.close();
});

test('simulated cameras are painted; one that stalls and one that dies are called so, and return', async (context) => {
  if (browser === undefined) return leaveOut(context, 'no Chromium');
  const { page, errors } = await openWall(browser, `${served.url}?tiles=${CAMERAS}`);
  await waitForTiles(page, CAMERAS, 'live');
  const shots = process.env['GUARDROOM_SHOTS'];
  if (shots !== undefined) await page.screenshot({ path: path.join(shots, 'real.png') });

  const [first, second] = simulator.cameras;
  if (first === undefined || second === undefined) throw new Error('Too few cameras.');
  await simulator.cause('cameraFault', { camera: first.id, fault: 'stall' });
  await page.waitForFunction(stateOf, { cameraId: 'cam-1', state: 'stalled' });
  expect((await readTiles(page)).map(({ state }) => state)).toEqual(['stalled', 'live', 'live', 'live']);
  await simulator.cause('cameraFault', { camera: first.id, fault: 'none' });
  await simulator.cause('cameraFault', { camera: second.id, fault: 'refuse' });
  await simulator.cause('dropCamera', { camera: second.id });
  await page.waitForFunction(stateOf, { cameraId: 'cam-2', state: 'offline' });
  await page.waitForFunction(stateOf, { cameraId: 'cam-1', state: 'live' });
  await simulator.cause('cameraFault', { camera: second.id, fault: 'none' });
  await waitForTiles(page, CAMERAS, 'live');

  await page.locator('[data-tile="cam-3"]').dblclick();
  await page.locator('[data-tile="cam-3"][data-quality="main"]').waitFor();
  expect((await readTiles(page))[2]?.state).toBe('live');
  expect(errors).toEqual([]);
  await page.context().close();
});
