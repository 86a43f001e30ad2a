/** An empty folder becomes one's own community: manager, camera, gate, help point; and the first call comes in. */
import type { Browser } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { pressOn } from '../support/presses.ts';
import { launchChromium } from '../support/chromium.ts';
import { startSimulator, type Simulator } from '../support/simulator.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';

const SOON_MS = 15_000;

let station: SupervisedStation | null = null;
let simulator: Simulator | null = null;
let browser: Browser | null = null;
afterEach(async () => {
  await browser?.close();
  await simulator?.close();
  await station?.remove();
});

it('is set up by hand on real devices, and hears its first call', async () => {
  simulator = await startSimulator(2);
  station = await startSupervisedStation({ demo: 'ask' });
  browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const press = (action: string): Promise<void> => pressOn(page.locator(`button[data-action="${action}"]`).first());
  const fill = (name: string, value: string): Promise<void> => page.locator(`input[name="${name}"]`).fill(value);
  const at = (step: string): Promise<void> => page.locator(`[data-setup-step="${step}"]`).waitFor({ timeout: SOON_MS });
  const [camera] = simulator.cameras;
  const { barrier, sia } = simulator;
  if (camera === undefined) throw new Error('the simulator has no camera');

  await page.goto(`${station.address.url}&lang=zh-CN`);
  await at('choose');
  await press('setUpOwn');
  await fill('community', '试验小区');
  await fill('managerName', '1-1-101 管理员');
  await fill('pin', '2580');
  await fill('pinAgain', '2580');
  await press('establishCommunity');
  await at('code');
  expect(await page.locator('body').innerText()).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await page.locator('input[type="checkbox"]').check();
  await press('recoveryWritten');

  // The device itself tells its streams; nobody types them.
  await at('camera');
  await fill('onvifAddress', camera.onvif);
  await fill('username', camera.username);
  await fill('password', camera.password);
  await press('describeDevice');
  await expect
    .poll(() => page.locator('input[name="mainUrl"]').inputValue(), { timeout: SOON_MS })
    .toBe(camera.rtspMain);
  expect(await page.locator('input[name="subUrl"]').inputValue()).toBe(camera.rtspSub);
  // People name it: the maker's model is no name that anybody would know.
  expect(await page.locator('input[name="name"]').inputValue()).toBe('');
  await fill('name', '北门');
  await fill('place', '北门');
  await press('addCamera');

  await at('gate');
  await fill('name', '北门');
  await fill('openRelay', barrier.openRelay);
  await fill('closeRelay', barrier.closeRelay);
  await fill('openInput', barrier.openInput);
  await fill('closedInput', barrier.closedInput);
  await press('addBarrier');

  await at('helpPoint');
  await fill('place', '3-1-502');
  await fill('account', sia.account);
  await fill('zone', '1');
  await press('addHelpPoint');
  await at('done');
  await press('setupDone');

  await page.locator('[data-screen="room"]').waitFor({ timeout: SOON_MS });
  await expect.poll(() => page.locator('[data-tile][data-state="live"]').count(), { timeout: SOON_MS }).toBe(1);
  await simulator.cause('siaTarget', { port: station.address.panelPort });
  await simulator.cause('press', { residence: '3-1-502' });
  await page.locator('[data-incident]').first().waitFor({ timeout: SOON_MS });
  expect(await page.locator('body').innerText()).toContain('3-1-502');
  await press('gate');
  await expect
    .poll(() => page.locator('[data-screen="gate"] [data-barrier]').first().getAttribute('data-position'), {
      timeout: SOON_MS,
    })
    .toBe('closed');
  expect(errors).toEqual([]);
});
