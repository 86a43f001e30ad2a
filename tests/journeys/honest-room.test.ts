/** What goes wrong is said on screen, and what comes back comes back by itself. */
import { afterEach, expect, it } from 'vitest';
import { openDemoRoom, type DemoRoom } from '../support/demo-room.ts';

let room: DemoRoom | null = null;
afterEach(async () => {
  await room?.close();
  room = null;
});

const LIVE_MS = 40_000;
const SOON_MS = 15_000;

const tileState = ({ page }: DemoRoom, id: string) =>
  page.locator(`[data-tile="${id}"]`).first().getAttribute('data-state');
const liveTiles = ({ page }: DemoRoom) => page.locator('[data-tile][data-state="live"]').count();

it('says that a picture stands still, that a camera is gone, and sees both come back', async () => {
  room = await openDemoRoom({ lang: 'zh-CN' });
  const open = room;
  await expect.poll(() => liveTiles(open), { timeout: LIVE_MS }).toBe(16);

  // The connection lives on and no picture comes: only the pictures themselves tell.
  await open.cause('cameraFault', { camera: 'camera-09', fault: 'stall' });
  await expect.poll(() => tileState(open, 'camera-09'), { timeout: SOON_MS }).not.toBe('live');
  await open.cause('cameraFault', { camera: 'camera-13', fault: 'refuse' });
  await open.cause('dropCamera', { camera: 'camera-13' });
  await expect.poll(() => tileState(open, 'camera-13'), { timeout: SOON_MS }).not.toBe('live');
  // The others go on.
  expect(await tileState(open, 'camera-01')).toBe('live');

  // After half a minute a missing camera is an alarm: somebody has to look.
  await expect.poll(() => open.page.locator('[data-alarm]').count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);

  await open.cause('cameraFault', { camera: 'camera-09', fault: 'none' });
  await open.cause('cameraFault', { camera: 'camera-13', fault: 'none' });
  await expect.poll(() => liveTiles(open), { timeout: 60_000 }).toBe(16);
  expect(open.errors).toEqual([]);
});

it('does not say that the gate is open when only the controller said yes', async () => {
  room = await openDemoRoom({ lang: 'en' });
  const { page, press, cause, errors } = room;
  await page.locator('[data-screen="room"]').waitFor();
  await cause('barrierFault', { fault: 'stuck' });
  await press('gate');
  const lane = page.locator('[data-screen="gate"] [data-barrier]').first();
  await expect.poll(() => lane.getAttribute('data-position'), { timeout: SOON_MS }).toBe('closed');
  await press('askOpen');
  await press('openBarrier', 'ambulance');
  await expect.poll(() => lane.getAttribute('data-command-state'), { timeout: SOON_MS }).toBe('accepted');
  expect(await lane.getAttribute('data-position')).toBe('closed');
  await expect.poll(() => lane.getAttribute('data-command-state'), { timeout: SOON_MS }).toBe('unconfirmed');
  expect(await lane.getAttribute('data-position')).toBe('closed');
  await page.locator('[data-alarm]').first().waitFor({ timeout: SOON_MS });
  // A person looks, and says what they see.
  await press('confirmBarrier', 'closed');
  await expect.poll(() => lane.getAttribute('data-command-state'), { timeout: SOON_MS }).toBe('failed');
  expect(errors).toEqual([]);
});

it('outlives a killed station: says so, and is back on the same address, signed in, with every picture', async () => {
  room = await openDemoRoom({ lang: 'zh-CN', expected: /WebSocket connection|ERR_CONNECTION/ });
  const open = room;
  await expect.poll(() => liveTiles(open), { timeout: LIVE_MS }).toBe(16);
  const pid = open.station.pid();
  if (pid === undefined) throw new Error('no station runs');
  const said = open.page.locator('[data-station="silent"]').first().waitFor({ timeout: SOON_MS });
  process.kill(pid, 'SIGSTOP');
  await said;
  process.kill(pid, 'SIGKILL');
  await open.page.locator('[data-station="ok"]').first().waitFor({ timeout: 30_000 });
  await expect.poll(() => liveTiles(open), { timeout: 60_000 }).toBe(16);
  expect(await open.page.locator('[data-screen="room"]').count()).toBe(1);
  await open.press('note');
  await open.page.locator('textarea').first().fill('回来了');
  await open.press('addNote');
  await open.press('log');
  await open.page.locator('[data-log-type="v1.NoteAdded"]').first().waitFor({ timeout: SOON_MS });
  expect(open.errors).toEqual([]);
});
