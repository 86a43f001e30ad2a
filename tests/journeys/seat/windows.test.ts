/** Two windows of one seat: both are live, one is heard; nobody sits at a seat by knowing its name. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
import { buildSeat, openSeat, type BuiltSeat } from './seat-page.ts';

let built: BuiltSeat;
beforeAll(async () => {
  built = await buildSeat();
});
afterAll(() => built.close());

const soon = { timeout: 20_000 };

/** Counts the notes that a window plays. */
const listen = (): void => {
  const play = AudioContext.prototype.createOscillator;
  Reflect.set(globalThis, 'notes', 0);
  AudioContext.prototype.createOscillator = function counted(this: AudioContext) {
    Reflect.set(globalThis, 'notes', Number(Reflect.get(globalThis, 'notes')) + 1);
    return play.call(this);
  };
};
const notes = (page: Page): Promise<number> => page.evaluate(() => Number(Reflect.get(globalThis, 'notes')));

it('are both live, one of them sounds, and closing one leaves the other as it was', async () => {
  const seat = await openSeat(built);
  const { page, station } = seat;
  const context = page.context();
  await context.addInitScript(listen);
  await page.reload();
  await page.locator('[data-screen="room"]').waitFor();
  const second = await context.newPage();
  await second.goto(station.url());
  await second.locator('[data-screen="room"]').waitFor();
  for (const window of [page, second]) await pressOn(window.locator('.wall-says'));
  expect(station.seats()).toBe(2);
  station.press();
  for (const window of [page, second]) await window.locator('[data-incident][data-work="open"]').waitFor();
  await expect.poll(async () => (await notes(page)) + (await notes(second)), soon).toBeGreaterThan(4);
  expect([await notes(page), await notes(second)]).toContain(0);
  await pressOn(second.locator('[data-action="claimIncident"]'));
  await pressOn(page.locator('[data-step="reach"] [data-answer="answered"]'));
  await second.locator('[data-step="needAmbulance"]').waitFor();
  await second.close();
  await expect.poll(() => station.seats(), soon).toBe(1);
  station.press('help-201');
  await expect.poll(() => page.locator('[data-alarm]').count(), soon).toBe(2);
  const before = await notes(page);
  await expect.poll(() => notes(page), soon).toBeGreaterThan(before);
  expect(seat.errors).toEqual([]);
  await seat.close();
});
