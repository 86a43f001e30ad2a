/** What stood on single screens and misled, was cut off, or moved under the hand. */
import type { Locator } from 'playwright';
import { describe, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
import { oneSeatEach } from './one-seat.ts';
import { usual, type Look } from './seat-page.ts';

const small: Look = { ...usual, width: 1366, height: 768 };
const smallAndLarge: Look = { ...small, lang: 'en', theme: 'light', print: 'large' };

const open = oneSeatEach();

const topOf = async (locator: Locator): Promise<number> => (await locator.boundingBox())?.y ?? Number.NaN;

describe.each([small, smallAndLarge])('a call that nobody takes, at 1366, $lang, $print print', (look) => {
  it('has its siren switched off with one press, while other calls are open', async () => {
    const { page, station } = await open(look);
    for (const button of ['help-502', 'help-201'] as const) station.press(button);
    station.armSeen('unknown');
    await page.locator('[data-action="allAlarms"], [data-action="chooseAlarm"]').first().waitFor();
    await station.moveTime(61_000);
    await page.locator('[data-action="silenceSiren"]').waitFor();
    await pressOn(page.locator('[data-action="silenceSiren"]'));
    await page.locator('[data-action="silenceSiren"]').waitFor({ state: 'detached' });
    expect(station.facts('v1.SirenSilenced')).toHaveLength(1);
  });
});

it('a note is written at once, without a press on its field', async () => {
  const { page, key } = await open(small);
  await key('n');
  await page.locator('[data-dialog="note"]').waitFor();
  await page.keyboard.type('南门灯不亮');
  expect(await page.locator('[name="noteText"]').inputValue()).toBe('南门灯不亮');
});

it('a log that nobody has checked does not say that it was checked', async () => {
  const { page, goTo } = await open(small, { signedInAs: 'p-zhang' });
  await goTo('log');
  const seal = page.locator('[data-seal="notVerified"]');
  await seal.waitFor();
  expect(await seal.locator('.facts').innerText()).not.toContain('核对过');
});

it.each([small, smallAndLarge])('a wrong PIN is said where nothing moves for it ($lang, $print)', async (look) => {
  const { page, key, goTo } = await open(look, { signedInAs: null });
  await goTo('signIn');
  await pressOn(page.locator('[data-action="chooseName"]').first());
  const parts = ['[data-action="pin-0"]', '[data-action="signInEnter"]', '[data-action="signInBack"]', '[data-stays]'];
  const places = () => Promise.all(parts.map((part) => topOf(page.locator(part))));
  const before = await places();
  await page.locator('[name="pin"]').fill('1111');
  await key('Enter');
  await page.locator('[data-refusal="wrongPin"]').waitFor();
  expect(await places()).toEqual(before);
});

it('a long line of a list leaves its button beside it', async () => {
  const { page, goTo } = await open(small, { signedInAs: 'p-zhang' });
  await goTo('people');
  await pressOn(page.locator('[data-action="show-helpPoints"]'));
  const row = page.locator('[data-row="help-502"]');
  const [words, button] = await Promise.all([row.locator('div').boundingBox(), row.locator('button').boundingBox()]);
  expect(button?.x).toBeGreaterThanOrEqual((words?.x ?? 0) + (words?.width ?? 0));
});

it('a time zone is called by its name in the language of the seat', async () => {
  const { page, station, goTo } = await open(small, { signedInAs: 'p-zhang' });
  await goTo('people');
  await station.give('p-zhang', 'setTimeZone', { timeZone: 'Asia/Urumqi' });
  await pressOn(page.locator('[data-action="show-community"]'));
  await pressOn(page.locator('[data-action="edit-community"]'));
  const offered = page.locator('[data-action="setTimeZone"]');
  expect(await offered.innerText()).toMatch(/（[^A-Za-z]*时间?）/);
  await offered.click();
  await offered.waitFor({ state: 'detached' });
  expect(station.facts('v1.TimeZoneSet')).toHaveLength(2);
});
