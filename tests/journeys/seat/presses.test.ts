/** A press meant for the screen before never counts on the one after; a press on what did not change always does. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
import { rememberChanges, stampInput, type StampedInput } from '../../support/stamped-input.ts';
import { buildSeat, openSeat, usual, type BuiltSeat, type OpenSeat } from './seat-page.ts';

let built: BuiltSeat;
let seat: OpenSeat | null = null;
const open = async (
  ...more: [options?: Parameters<typeof openSeat>[2]]
): Promise<OpenSeat & { readonly input: StampedInput }> => {
  const opened = await openSeat(built, usual, ...more);
  seat = opened;
  await opened.page.addInitScript(rememberChanges);
  await opened.page.reload();
  await opened.page.locator('[data-screen]:not([data-screen="waiting"])').waitFor();
  return { ...opened, input: await stampInput(opened.page) };
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

const soon = { timeout: 20_000 };
const askOpen = '[data-action="askOpen"]';
const reason = '[data-action="openBarrier"][data-answer="resident"]';

/** Four ways to press a button that has the focus, or that a key stands for. */
const ways = {
  mouse: (input: StampedInput, selector: string, atMs: number) => input.mouse(selector, atMs),
  touch: (input: StampedInput, selector: string, atMs: number) => input.touch(selector, atMs),
  Enter: (input: StampedInput, _selector: string, atMs: number) => input.key('Enter', atMs),
  Space: (input: StampedInput, _selector: string, atMs: number) => input.key(' ', atMs),
} as const;

describe.each(Object.entries(ways))('a press by %s', (_way, press) => {
  it('does not count for 700 ms on what has just come, is not kept, and counts after that', async () => {
    const { page, station, goTo, input } = await open();
    await goTo('gate');
    await pressOn(page.locator(askOpen));
    const at = await input.changedAt(reason);
    await page.locator(reason).focus();
    for (const afterMs of [-50, 100, 400, 650]) await press(input, reason, at + afterMs);
    // Nothing was kept for later either: the list of reasons still stands there when its time has come.
    await seat?.settled();
    expect(station.commands).toEqual([]);
    expect(await page.locator(reason).count()).toBe(1);
    await press(input, reason, at + 705);
    await expect.poll(() => station.commands.map(({ type }) => type), soon).toEqual(['openBarrier']);
  });

  it('does not count as the second of two taps for 600 ms', async () => {
    const { page, station, goTo, input } = await open();
    await goTo('gate');
    const close = '[data-action="closeBarrier"]';
    await pressOn(page.locator(close));
    await page.locator(`${close}[data-armed]`).waitFor();
    const at = await input.changedAt(close);
    await page.locator(close).focus();
    for (const afterMs of [100, 400, 590]) await press(input, close, at + afterMs);
    await seat?.settled();
    expect(station.commands).toEqual([]);
    await press(input, close, at + 605);
    await expect.poll(() => station.commands.map(({ type }) => type), soon).toEqual(['closeBarrier']);
  });
});

describe('an answer', () => {
  it('is not given to the next question by a key that was on its way', async () => {
    const { page, station, key, input } = await open();
    station.press();
    await page.locator('[data-action="claimIncident"]').waitFor();
    await key('a');
    const first = '[data-press="answer1"]';
    await page.locator(first).waitFor();
    const asked = await input.changedAt(first);
    for (const afterMs of [100, 400, 650]) await input.key('1', asked + afterMs);
    await seat?.settled();
    expect(station.commands.map(({ type }) => type)).toEqual(['claimIncident']);
    await input.key('1', asked + 705);
    await expect.poll(() => station.commands.length, soon).toBe(2);
    await expect.poll(() => input.changedAt(first), soon).toBeGreaterThan(asked);
    const next = await input.changedAt(first);
    for (const afterMs of [100, 400, 650]) await input.key('1', next + afterMs);
    await seat?.settled();
    expect(station.commands).toHaveLength(2);
  });

  it('is not given by a second click on the same place, nor by a key that is held down', async () => {
    const { page, station, key } = await open();
    station.press();
    await page.locator('[data-action="claimIncident"]').waitFor();
    await key('a');
    await page.locator('[data-press="answer1"]').dblclick();
    await expect.poll(() => station.commands.length, soon).toBe(2);
    const answered = page.locator('[data-press="answer1"]');
    await seat?.settled();
    await answered.focus();
    for (let times = 0; times < 4; times += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect.poll(() => station.commands.length, soon).toBe(3);
    await seat?.settled();
    expect(station.commands).toHaveLength(3);
  });
});

describe('a press on what did not change', () => {
  it('counts at once, as often as it is pressed', async () => {
    const { page, goTo, input } = await open({ signedInAs: null });
    await goTo('signIn');
    await pressOn(page.locator('[data-answer="p-zhang"]'));
    await page.locator('[name="pin"]').waitFor();
    await seat?.settled();
    const at = await page.evaluate(() => performance.now());
    for (const [index, digit] of ['1', '1', '4', '1'].entries())
      await input.mouse(`[data-action="pin-${digit}"]`, at + index * 40);
    expect(await page.locator('[name="pin"]').inputValue()).toBe('1141');
    await input.mouse('[data-action="signInEnter"]', at + 200);
    await page.locator('[data-refusal="wrongPin"]').waitFor();
  });

  it('counts while something else on the screen changes', async () => {
    const { page, station, goTo, input } = await open();
    await goTo('gate');
    await page.locator(askOpen).waitFor();
    await seat?.settled();
    station.press();
    await page.locator('[data-incident]').waitFor();
    const came = await input.changedAt('[data-action="claimIncident"]');
    await input.mouse(askOpen, came + 50);
    await page.locator(reason).waitFor();
  });
});

describe('a choice that has just come', () => {
  it.each(['mouse', 'touch'] as const)(
    'takes a press on its words together with its box, or neither (%s)',
    async (way) => {
      const { page, goTo, input } = await open();
      await goTo('visitors');
      const choice = '[data-choice="repair"]';
      const box = page.locator(`${choice} input`);
      const at = await input.changedAt(choice);
      await input[way](choice, at + 650);
      await seat?.settled();
      expect(await box.isChecked()).toBe(false);
      await input[way](choice, at + 705);
      await expect.poll(() => box.isChecked(), soon).toBe(true);
    },
  );

  it('takes Space on its box, once it counts', async () => {
    const { page, goTo, input } = await open();
    await goTo('visitors');
    const choice = '[data-choice="repair"]';
    const box = page.locator(`${choice} input`);
    const at = await input.changedAt(choice);
    await box.focus();
    await input.key(' ', at + 650);
    await seat?.settled();
    await seat?.settled();
    expect(await box.isChecked()).toBe(false);
    await input.key(' ', at + 705);
    await expect.poll(() => box.isChecked(), soon).toBe(true);
  });
});

describe('the screen before', () => {
  it('does not sign a second visitor out where the first one stood', async () => {
    const { page, station, goTo } = await open();
    for (const name of ['刘师傅', '何师傅'])
      await station.give('p-li', 'registerVisit', { kind: 'repair', name, phone: null, plate: null, visiting: '1-1' });
    await goTo('visitors');
    await expect.poll(() => page.locator('[data-visit][data-state="inside"]').count(), soon).toBe(3);
    const left = page.locator('[data-action="visitorLeft"]').first();
    await seat?.settled();
    const box = await left.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 10];
    await page.mouse.click(x, y);
    await expect.poll(() => page.locator('[data-visit][data-state="inside"]').count(), soon).toBe(2);
    await page.mouse.click(x, y);
    await seat?.settled();
    expect(station.commands.map(({ type }) => type)).toEqual(['visitorLeft']);
    // And what was pressed by mistake is taken back.
    await pressOn(page.locator('[data-action="takeBackDeparture"]').first());
    await expect.poll(() => page.locator('[data-visit][data-state="inside"]').count(), soon).toBe(3);
    expect(station.facts('v1.DepartureTakenBack')).toHaveLength(1);
  });

  it('does not press through a dialog that has just closed', async () => {
    const { page, station, goTo, key, input } = await open();
    await goTo('gate');
    await key('n');
    const close = page.locator('[data-dialog="note"] [data-action="close"]');
    await close.waitFor();
    await seat?.settled();
    await close.click();
    await page.locator('[data-dialog]').waitFor({ state: 'detached' });
    const at = await input.changedAt(askOpen);
    await input.mouse(askOpen, at + 100);
    await input.key('v', at + 400);
    await seat?.settled();
    expect(await page.locator(reason).count()).toBe(0);
    expect(await page.locator('[data-screen="gate"]').count()).toBe(1);
    expect(station.commands).toEqual([]);
  });

  it('is told from the one after by a time that a seat may choose', async () => {
    const { page, goTo, key, input } = await open();
    await key('?');
    await pressOn(page.locator('[data-choice="1500"]'));
    await pressOn(page.locator('[data-dialog] [data-action="close"]'));
    await goTo('gate');
    await pressOn(page.locator(askOpen));
    const at = await input.changedAt(reason);
    await input.mouse(reason, at + 1450);
    expect(await page.locator(reason).count()).toBe(1);
    await seat?.settled();
    await input.mouse(reason, at + 1505);
    await page.locator(reason).waitFor({ state: 'detached' });
  });
});
