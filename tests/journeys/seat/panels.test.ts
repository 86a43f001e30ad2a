/** What a volunteer reads of a panel's alarms, and how a manager sets where help receivers call. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
import type { PanelMeaning } from '../../../electron/station/ports/devices.port.ts';
import { buildSeat, openSeat, usual, type BuiltSeat, type OpenSeat } from './seat-page.ts';

let built: BuiltSeat;
let seat: OpenSeat | null = null;
const open = async (...more: [look?: Parameters<typeof openSeat>[1], options?: Parameters<typeof openSeat>[2]]) => {
  seat = await openSeat(built, ...more);
  return seat;
};
beforeAll(async () => {
  built = await buildSeat();
});
afterEach(async () => {
  expect(seat?.errors ?? []).toEqual([]);
  await seat?.close();
  seat = null;
});
afterAll(() => built.close());

const reports = ({ station }: OpenSeat, meaning: PanelMeaning, zone: string): void => {
  const event = { account: '4F39', code: 'XX', protocol: 'SIA-DCS', restored: false } as const;
  station.world.panels.sendEvent({ ...event, meaning, zone });
};

describe('an alarm of a panel', () => {
  it('that is a fire is called one, with what to do first, and never a help button', async () => {
    const opened = await open();
    const { page } = opened;
    reports(opened, 'fire', '1');
    await page.locator('[data-incident]').waitFor();
    const column = page.locator('aside.column');
    await expect.poll(() => column.innerText()).toContain('火警');
    expect(await column.innerText()).toContain('119');
    expect(await column.innerText()).not.toContain('求助按钮');
  });

  it.each([
    ['panic', '1', '紧急求救'],
    ['burglary', '1', '有人闯入'],
    ['unclear', '1', '看不出是哪一种警报'],
    ['help', '77', '位置 77'],
    ['burglary', '77', '有人闯入（位置 77）'],
    ['fire', '78', '不知道是哪一家'],
  ] as const)('%s of place %s says so', async (meaning, zone, words) => {
    const opened = await open();
    reports(opened, meaning, zone);
    const column = opened.page.locator('aside.column');
    await expect.poll(() => column.innerText()).toContain(words);
    expect(await column.innerText()).not.toContain('按了求助按钮');
    expect(await column.innerText()).not.toMatch(/4F39/);
  });

  it('that a seat has no words for yet is shown loudly', async () => {
    const opened = await open();
    reports(opened, 'water', '1');
    await expect.poll(() => opened.page.locator('aside.column').innerText()).toContain('漏水');
  });
});

describe('a manager who sets where help receivers call', () => {
  it('sees how it stands, picks an address, and the station moves there', async () => {
    const { page, station, goTo } = await open(usual, { signedInAs: 'p-zhang' });
    await goTo('people');
    await pressOn(page.locator('[data-action="show-helpPoints"]'));
    await page.locator('[data-panel="receiver"] [data-receiver="simulated"]').waitFor();
    await pressOn(page.locator('[data-action="openReceiver"]'));
    await pressOn(page.locator('[data-choice="192.0.2.77"]'));
    expect(await page.locator('input[name="sources"]').inputValue()).toBe('192.0.2.0/24');
    await page.locator('input[name="port"]').fill('80');
    expect(await page.locator('[data-form="setReceiver"]').innerText()).toContain('1024');
    await page.locator('input[name="port"]').fill('12128');
    await pressOn(page.locator('button[data-action="setReceiver"]'));
    await page.locator('[data-panel="receiver"]').waitFor();
    expect(station.world.panels.place()).toEqual({ host: '192.0.2.77', port: 12_128, sources: ['192.0.2.0/24'] });
  });

  it('presses a button for a trial, sees what came, and takes its numbers', async () => {
    const opened = await open(usual, { signedInAs: 'p-zhang' });
    const { page, goTo } = opened;
    await goTo('people');
    await pressOn(page.locator('[data-action="show-helpPoints"]'));
    await pressOn(page.locator('[data-action="new-helpPoints"]'));
    await page.locator('[data-trial="none"]').waitFor();
    await page.locator('input[name="account"]').fill('7777');
    const event = { account: '4F39', code: 'RX', protocol: 'SIA-DCS', restored: false } as const;
    opened.station.world.panels.sendEvent({ ...event, meaning: 'test', zone: '9' });
    await page.locator('[data-trial="other"]').waitFor();
    await pressOn(page.locator('[data-action="takeTrial"]'));
    await page.locator('[data-trial="same"]').waitFor();
    expect(await page.locator('input[name="account"]').inputValue()).toBe('4F39');
    expect(await page.locator('input[name="zone"]').inputValue()).toBe('9');
  });

  it('is told in the wizard and in the header that no button gets through, until it is set', async () => {
    const { page, station } = await open(usual, { empty: true });
    const press = (action: string): Promise<void> => pressOn(page.locator(`button[data-action="${action}"]`).first());
    const fill = (name: string, value: string): Promise<void> => page.locator(`input[name="${name}"]`).fill(value);
    await press('setUpOwn');
    await fill('community', '试验小区');
    await fill('managerName', '1-1-101 管理员');
    await fill('pin', '2580');
    await fill('pinAgain', '2580');
    await press('establishCommunity');
    await page.locator('input[type="checkbox"]').check();
    await press('recoveryWritten');
    for (const step of ['camera', 'gate']) {
      await page.locator(`[data-setup-step="${step}"]`).waitFor();
      await press('cancel');
    }
    await page.locator('[data-panel="receiver"] [data-receiver="notSet"]').waitFor();
    await fill('place', '1-1-101');
    await fill('account', '4F39');
    await press('addHelpPoint');
    await press('setupDone');
    await page.locator('.station[data-tone="noReceiver"]').waitFor();
    station.world.panels.tell({ kind: 'silent', account: '4F39', sinceMs: 0 });
    await pressOn(page.locator('.alarm-row', { hasText: '没有信号' }));
    const card = page.locator('[data-alarm-card]');
    await expect.poll(() => card.innerText()).toContain('没有办法连到这台电脑');
    expect(await card.innerText()).not.toContain('网线');
    await page.evaluate(() => {
      location.hash = '#/people';
    });
    await press('show-helpPoints');
    await press('openReceiver');
    await pressOn(page.locator('button[data-action="setReceiver"]'));
    await page.locator('[data-receiver="ok"]').waitFor();
    await expect.poll(() => page.locator('.station').getAttribute('data-tone')).not.toBe('noReceiver');
    expect(station.world.panels.place()).toMatchObject({ host: '192.0.2.77', port: 12_128 });
  });
});
