/** What the seat says is so: of a gate, of what is over, of who is here, and of what has just been done. */
import { describe, expect, it } from 'vitest';
import { pressOn, settled } from '../../support/presses.ts';
import { oneSeatEach } from './one-seat.ts';
import { usual, type Look, type OpenOptions, type OpenSeat } from './seat-page.ts';

const MINUTE = 60_000;
const soon = { timeout: 20_000 };
const small: Look = { ...usual, print: 'large', width: 1366, height: 768 };

const openOne = oneSeatEach();
const open = (options: OpenOptions = {}): Promise<OpenSeat> => openOne(small, options);

describe('a gate that was seen not to move', () => {
  it('is not said to have refused, nor to have been opened; what is over asks for nothing more', async () => {
    const { page, station, goTo } = await open();
    station.world.barriers.setStuck('gate-north', true);
    await goTo('gate');
    await pressOn(page.locator('[data-action="askOpen"]'));
    await pressOn(page.locator('[data-action="openBarrier"][data-answer="ambulance"]'));
    await page.locator('[data-stage="sent"][data-reached="true"]').waitFor();
    await station.moveTime(20_000);
    const card = page.locator('[data-alarm-card]');
    await expect.poll(() => card.innerText(), soon).toContain('不知道横杆现在在哪里');
    await pressOn(page.locator('[data-action="confirmBarrier"][data-answer="closed"]'));
    const lane = page.locator('[data-screen="gate"] [data-barrier="gate-north"]');
    await expect.poll(() => lane.innerText(), soon).toContain('有人看到横杆没有动');
    expect(await lane.innerText()).not.toContain('没有接受命令');
    expect(await lane.innerText()).toContain('李阿姨点了开闸，原因：救护车');
    await expect.poll(() => card.innerText(), soon).toContain('已经知道横杆在哪里了');
    expect(await card.innerText()).not.toMatch(/请看画面|不知道横杆/);
    station.armSeen('open');
    await expect.poll(() => lane.innerText(), soon).toContain('横杆竖着：开着');
    expect(await lane.innerText()).not.toContain('横杆没有动');
  });

  it('is opened for no reason once Esc was pressed', async () => {
    const { page, goTo, key } = await open();
    await goTo('gate');
    await pressOn(page.locator('[data-action="askOpen"]'));
    await page.locator('[data-action="openBarrier"]').first().waitFor();
    await key('Escape');
    await page.locator('[data-action="askOpen"]').waitFor();
    expect(await page.locator('[data-action="openBarrier"]').count()).toBe(0);
  });

  it('is seen large while it is closed after the ambulance', async () => {
    const { page, station } = await open();
    station.press();
    await pressOn(page.locator('[data-action="claimIncident"]'));
    const incidentId = (await page.locator('[data-incident]').getAttribute('data-incident')) ?? '';
    const widthOfGate = async (): Promise<number> =>
      (await page.locator('[data-tile="cam-1"]').boundingBox())?.width ?? 0;
    const stamp = await widthOfGate();
    for (const [step, answer] of [
      ['reach', 'noAnswer'],
      ['sendSomebody', 'onTheWay'],
      ['seen', 'seenNeedsCare'],
      ['call120', 'called'],
    ] as const)
      await station.give('p-li', 'answerStep', { incidentId, step, answer });
    await station.give('p-li', 'openBarrier', { barrierId: 'gate-north', reason: 'ambulance', note: null });
    await station.moveTime(5000);
    for (const [step, answer] of [
      ['openGate', 'opened'],
      ['withPerson', 'ambulance'],
    ] as const)
      await station.give('p-li', 'answerStep', { incidentId, step, answer });
    await page.locator('[data-step="closeGate"]').waitFor();
    await expect.poll(widthOfGate, soon).toBeGreaterThan(stamp * 2);
  });
});

describe('somebody who is here', () => {
  it('and was missed is told to take over, not to call themselves', async () => {
    const { page, station } = await open({ signedInAs: 'p-wang' });
    const endsMs = station.world.clock.nowMs() + MINUTE;
    const plan = (entryId: string, personId: string, fromMs: number, toMs: number) =>
      station.give('p-zhang', 'setRosterEntry', { entryId, personId, fromMs, toMs });
    await plan('r-1', 'p-li', endsMs - 60 * MINUTE, endsMs);
    await plan('r-2', 'p-wang', endsMs, endsMs + 120 * MINUTE);
    await station.moveTime(7 * MINUTE);
    const card = page.locator('[data-alarm-card]');
    await expect.poll(() => card.innerText(), soon).toContain('你来了，请点“去接班”');
    expect(await card.innerText()).not.toContain('打电话给王师傅');
    expect(await page.locator('[data-action="callSomebody"]').count()).toBe(0);
    expect(await page.locator('[data-action="goTo-takeover"]').getAttribute('data-look')).toBe('primary');
  });

  it('and takes over hears of a call that was left that it was left', async () => {
    const { page, station, goTo } = await open({ signedInAs: 'p-wang' });
    station.press();
    await page.locator('[data-action="claimIncident"]').waitFor();
    const incidentId = station.world.journal.rows('incidents')[0]?.key ?? '';
    await station.give('p-li', 'claimIncident', { incidentId });
    await station.moveTime(8 * MINUTE);
    await goTo('takeover');
    await pressOn(page.locator('[data-action="beginTakeover"]'));
    const item = page.locator('[data-open-item^="incident/"]');
    await expect.poll(() => item.innerText(), soon).toMatch(/没人管了：\d\d:\d\d 起没有进展，在李阿姨名下/);
    expect(await item.innerText()).not.toContain('李阿姨在处理');
  });
});

describe('what has just been done', () => {
  it('is said where the hand is: a visitor was registered', async () => {
    const { page, goTo } = await open();
    await goTo('visitors');
    await page.locator('input[name="name"]').fill('孙师傅');
    await page.locator('input[name="visiting"]').fill('3-1-502');
    const button = page.locator('[data-action="registerVisit"]');
    await pressOn(button);
    await expect.poll(() => button.innerText(), soon).toContain('孙师傅已登记');
    const { bottom } = await button.evaluate((element) => element.getBoundingClientRect());
    expect(bottom).toBeLessThan(768);
  });

  it('gives way to a call: the button that was set up last is pressed at the end of the setup', async () => {
    const { page, station } = await open({ empty: true });
    await pressOn(page.locator('[data-action="setUpOwn"]'));
    for (const [name, value] of [
      ['community', '青松小区'],
      ['managerName', '孙经理'],
      ['pin', '2580'],
      ['pinAgain', '2580'],
    ] as const)
      await page.locator(`[name="${name}"]`).fill(value);
    await pressOn(page.locator('[data-action="establishCommunity"]'));
    await page.locator('[name="written"]').check();
    await pressOn(page.locator('[data-action="recoveryWritten"]'));
    for (const step of ['camera', 'gate']) {
      await page.locator(`[data-setup-step="${step}"]`).waitFor();
      await pressOn(page.locator('[data-action="cancel"]'));
    }
    await page.locator('[data-setup-step="helpPoint"]').waitFor();
    for (const [name, value] of [
      ['place', '3-1-502'],
      ['account', '4F39'],
      ['zone', '1'],
    ] as const)
      await page.locator(`[name="${name}"]`).fill(value);
    await pressOn(page.locator('[data-action="addHelpPoint"]'));
    await page.locator('[data-setup-step="done"]').waitFor();
    await settled(page);
    station.press();
    await page.locator('[data-action="claimIncident"]').waitFor();
  });
});
