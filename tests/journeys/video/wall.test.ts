/** The seat's video path in a real Chromium against a server that speaks the wire with H.264 of ffmpeg's making. */
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findFfmpeg } from '../../../native/ffmpeg/find-ffmpeg.ts';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { leaveOut } from '../../support/requires.ts';
import { makeClip } from '../../support/video-clip.ts';
import { servePage } from '../../support/video-page.ts';
import type { ServedPage } from '../../support/video-page.ts';
import { createWireServer } from '../../support/video-wire-server.ts';
import type { WireServer } from '../../support/video-wire-server.ts';
import { darkestWhile, hidePage, openWall, readTiles, stateOf, waitForTiles } from '../../support/video-wall.ts';

const ffmpeg = findFfmpeg();
const missing = findChromium() === null ? 'no Chromium' : ffmpeg.kind === 'missing' ? 'no ffmpeg' : null;

const PATIENT = { timeout: 5000 };

let browser: Browser | undefined;
let server: WireServer;
let served: ServedPage;
let page: Page;
let errors: string[];

beforeAll(async () => {
  if (ffmpeg.kind === 'missing' || missing !== null) return;
  const [sub, main] = await Promise.all([
    makeClip(ffmpeg.path, { width: 640, height: 360, fps: 15, seconds: 8 }),
    makeClip(ffmpeg.path, { width: 1280, height: 720, fps: 15, seconds: 8 }),
  ]);
  server = await createWireServer({ sub, main });
  let ticket = 0;
  served = await servePage(path.join(import.meta.dirname, 'page'), {
    '/ticket': () => `ws://127.0.0.1:${server.port}/video?ticket=${(ticket += 1)}`,
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
  await server?.close();
});

const open = async (query: string): Promise<void> => {
  if (browser === undefined) throw new Error('No browser.');
  ({ page, errors } = await openWall(browser, `${served.url}?${query}`));
};

afterEach(async () => {
  await page?.context().close();
  server?.accept();
});

/** Set `GUARDROOM_SHOTS` to a folder to look at what the tests saw. */
const shoot = async (name: string): Promise<void> => {
  const folder = process.env['GUARDROOM_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`) });
};

describe('the wall', () => {
  test('sixteen tiles go live, and the frames painted go on counting', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=16');
    await waitForTiles(page, 16, 'live');
    const beganMs = performance.now();
    const before = await readTiles(page);
    const gained = async (): Promise<number[]> =>
      (await readTiles(page)).map(({ frames }, index) => frames - (before[index]?.frames ?? 0));
    await expect.poll(async () => Math.min(...(await gained())), { timeout: 15_000 }).toBeGreaterThan(45);
    // No more than the cameras sent, at 15 a second: what is counted is painted, and painted once.
    const most = Math.max(...(await gained()));
    expect(most).toBeLessThan(((performance.now() - beganMs) / 1000) * 15 + 12);
    await shoot('live');
    await expect
      .poll(
        async () => (await readTiles(page)).every(({ latencyMs }) => latencyMs !== null && latencyMs < 3000),
        PATIENT,
      )
      .toBe(true);
    expect(errors).toEqual([]);
  });

  test('a stream that freezes behind a healthy connection is called still within three seconds, and recovers', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=4');
    await waitForTiles(page, 4, 'live');
    server.freeze('cam-2', true);
    const frozenMs = Date.now();
    await page.waitForFunction(stateOf, { cameraId: 'cam-2', state: 'stalled' });
    expect(Date.now() - frozenMs).toBeLessThan(3000);
    const tiles = await readTiles(page);
    expect(tiles.map(({ state }) => state)).toEqual(['live', 'stalled', 'live', 'live']);
    expect(tiles[1]?.says).toMatch(/^Standing still since \d\d:\d\d:\d\d$/);
    await shoot('stalled');
    server.freeze('cam-2', false);
    await waitForTiles(page, 4, 'live');
    expect((await readTiles(page))[1]?.says).toBe('');
    expect(errors).toEqual([]);
  });

  test('the server says why a camera is gone, and the tile passes it on', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=4');
    await waitForTiles(page, 4, 'live');
    const sinceMs = Date.now();
    server.say('cam-3', { state: 'offline', sinceMs, fault: 'credentials' });
    await page.waitForFunction(stateOf, { cameraId: 'cam-3', state: 'offline' });
    expect((await readTiles(page))[2]?.says).toContain('(credentials)');
    server.say('cam-3', { state: 'live', sinceMs: Date.now() });
    await waitForTiles(page, 4, 'live');
    expect(errors).toEqual([]);
  });

  test('enlarging a tile changes to the main stream without a black or still moment', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=4');
    await waitForTiles(page, 4, 'live');
    const usual = await darkestWhile(page, 'cam-1', async () => await page.waitForTimeout(2000));
    const seen = await darkestWhile(page, 'cam-1', async () => {
      await page.locator('[data-tile="cam-1"]').dblclick();
      await page.locator('[data-tile="cam-1"][data-quality="main"]').waitFor();
      await page.waitForTimeout(500);
      await page.locator('[data-tile="cam-1"]').dblclick();
      await page.locator('[data-tile="cam-1"][data-quality="sub"]').waitFor();
    });
    await shoot('enlarged');
    expect(seen.widths).toEqual([640, 1280, 640]);
    expect(seen.darkest).toBeGreaterThan(60);
    // Against what is usual on this machine just now: the change itself may cost a few frames, not a group of pictures.
    expect(seen.longestStillMs).toBeLessThan(600 + 2 * usual.longestStillMs);
    expect(seen.states).toEqual(['live']);
    expect(seen.elements).toBe(1);
    expect(errors).toEqual([]);
  });

  test('a main stream that gives nothing leaves the sub-stream moving', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    server.mute('main', true);
    await open('tiles=4');
    await waitForTiles(page, 4, 'live');
    await page.locator('[data-tile="cam-1"]').dblclick();
    await expect.poll(() => server.watched().some(({ quality }) => quality === 'main'), PATIENT).toBe(true);
    const before = (await readTiles(page))[0]?.frames ?? 0;
    await page.waitForTimeout(2500);
    const [tile] = await readTiles(page);
    server.mute('main', false);
    expect(tile).toMatchObject({ state: 'live', quality: 'sub' });
    expect((tile?.frames ?? 0) - before).toBeGreaterThan(15);
    expect(errors).toEqual([]);
  });

  test('tiles that change places take their picture along', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=9');
    await waitForTiles(page, 9, 'live');
    const videos = await page.locator('video').evaluateAll((all) => all.length);
    const asked = server.watched().map(({ channel }) => channel);
    const seen = await darkestWhile(page, 'cam-1', async () => {
      await page.getByRole('button', { name: 'Other places' }).click();
      await waitForTiles(page, 9, 'live');
    });
    expect(seen.darkest).toBeGreaterThan(60);
    expect(server.watched().map(({ channel }) => channel)).toEqual(asked);
    expect(await page.locator('video').evaluateAll((all) => all.length)).toBe(videos);
    expect((await readTiles(page))[0]?.cameraId).toBe('cam-9');
    expect(errors).toEqual([]);
  });

  test('another camera in a tile never shows a frame of the one before', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=4');
    await waitForTiles(page, 4, 'live');
    server.mute('sub', true);
    const another = page.getByRole('button', { name: 'Another camera' });
    await another.click();
    // Longer than a detached picture lingers: the next camera gets a picture of the pool that has shown another one.
    await page.waitForTimeout(600);
    await another.click();
    await page.waitForTimeout(600);
    const videos = page.locator('[data-tile="guest-2"] video');
    expect(await videos.evaluateAll((all) => all.map((video) => getComputedStyle(video).visibility))).toEqual([
      'hidden',
    ]);
    expect(
      await videos.evaluateAll((all) => all.map((video) => video instanceof HTMLVideoElement && video.videoWidth)),
    ).toEqual([640]);
    server.mute('sub', false);
    await waitForTiles(page, 4, 'live');
    expect(await videos.evaluateAll((all) => all.map((video) => getComputedStyle(video).visibility))).toEqual([
      'visible',
    ]);
    expect(errors).toEqual([]);
  });

  test('a cut connection is said on every tile, and all come back', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=9');
    await waitForTiles(page, 9, 'live');
    const before = server.connections();
    server.cut(true);
    await waitForTiles(page, 9, 'stalled');
    expect((await readTiles(page)).every(({ says }) => says.startsWith('No connection to the station.'))).toBe(true);
    await shoot('cut');
    server.accept();
    await waitForTiles(page, 9, 'live');
    expect(server.connections()).toBe(before + 1);
    expect(errors.filter((line) => !line.includes('WebSocket connection to'))).toEqual([]);
  });

  test('a decode worker that dies is replaced, and the same elements go on', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=4');
    await waitForTiles(page, 4, 'live');
    await page.locator('video').evaluateAll((all) => all.forEach((video) => (video.id = 'as-before')));
    await page.evaluate(() => dispatchEvent(new Event('kill-worker')));
    await waitForTiles(page, 4, 'stalled');
    await waitForTiles(page, 4, 'live');
    expect(await page.locator('video#as-before').evaluateAll((all) => all.length)).toBe(4);
    expect(errors).toEqual([]);
  });

  test('a hidden page and a tile out of sight ask for nothing, and resume at once', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=4');
    await waitForTiles(page, 4, 'live');
    await hidePage(page, true);
    await expect.poll(() => server.watched(), PATIENT).toEqual([]);
    await hidePage(page, false);
    const shownMs = Date.now();
    await waitForTiles(page, 4, 'live');
    expect(Date.now() - shownMs).toBeLessThan(1500);
    await page
      .locator('[data-tile="cam-4"]')
      .evaluate((tile) => tile.style.setProperty('transform', 'translateY(3000px)'));
    await expect
      .poll(() => server.watched().map(({ cameraId }) => cameraId), PATIENT)
      .toEqual(['cam-1', 'cam-2', 'cam-3']);
    await page.waitForFunction(stateOf, { cameraId: 'cam-4', state: 'connecting' });
    expect(errors).toEqual([]);
  });

  test('where track generators are missing, a canvas shows the same', async (context) => {
    if (missing !== null) leaveOut(context, missing);
    await open('tiles=4&surface=canvas');
    await waitForTiles(page, 4, 'live');
    expect(await page.locator('canvas.video-picture').evaluateAll((all) => all.length)).toBe(4);
    server.freeze('cam-1', true);
    await page.waitForFunction(stateOf, { cameraId: 'cam-1', state: 'stalled' });
    await shoot('canvas');
    server.freeze('cam-1', false);
    await waitForTiles(page, 4, 'live');
    expect(errors).toEqual([]);
  });
});
