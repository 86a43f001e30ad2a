/** Everything that there is, found by its name in either language, with the keyboard alone; and a bar that stays one line. */
import { describe, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
import { oneSeatEach } from './one-seat.ts';
import type { Look, OpenSeat } from './seat-page.ts';

const open = oneSeatEach();
const dialog = '[data-dialog="find"]';
const find = async ({ page, key }: OpenSeat, text: string): Promise<void> => {
  await key('Control+k');
  await page.locator(`${dialog} [name="find"]`).waitFor();
  await page.keyboard.type(text);
  await page.locator(`${dialog} [data-best]`).waitFor();
};

describe('Ctrl K', () => {
  it.each([
    ['排班', 'roster'],
    ['daozha', 'gate'],
    ['Log', 'log'],
    ['密码', 'signIn'],
    ['m', 'people'],
  ])('leads to a screen by a few letters: %s', async (text, place) => {
    const seat = await open();
    await find(seat, text);
    await seat.page.keyboard.press('Enter');
    await seat.page.locator(`[data-screen="${place}"]`).waitFor();
    await seat.page.locator(dialog).waitFor({ state: 'detached' });
    expect(seat.station.commands).toEqual([]);
  });

  it('lays something over the screen, and does what is done at once', async () => {
    const seat = await open();
    const { page, key } = seat;
    await find(seat, '记一笔');
    await page.keyboard.press('Enter');
    await page.locator('[data-dialog="note"]').waitFor();
    expect(await page.locator(dialog).count()).toBe(0);
    await key('Escape');
    await page.locator('[data-dialog]').waitFor({ state: 'detached' });
    await find(seat, 'English');
    await page.keyboard.press('Enter');
    await page.locator('html[lang="en"]').waitFor();
    expect(await page.locator('[data-action="find"]').textContent()).toBe('All');
  });

  it('goes through what was found with the arrow keys, and closes with Escape', async () => {
    const seat = await open();
    const { page, key } = seat;
    await key('Control+k');
    await page.locator(`${dialog} [name="find"]`).waitFor();
    await key('ArrowDown');
    await key('ArrowDown');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-answer') ?? null);
    expect(await focused()).toBe('gate');
    await key('ArrowUp');
    await key('ArrowUp');
    expect(await focused()).toBeNull();
    await key('Escape');
    await page.locator(dialog).waitFor({ state: 'detached' });
    expect(await page.locator('[data-screen="room"]').count()).toBe(1);
  });

  it('counts while somebody types, and throws nothing away that is half written', async () => {
    const seat = await open();
    const { page } = seat;
    await seat.goTo('visitors');
    await page.locator('[name="name"]').pressSequentially('刘');
    await find(seat, '排班');
    const roster = page.locator(`${dialog} [data-answer="roster"]`);
    expect(await roster.getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Enter');
    await seat.key('Escape');
    await page.locator(dialog).waitFor({ state: 'detached' });
    expect(await page.locator('[name="name"]').inputValue()).toBe('刘');
    expect(await page.locator('[data-screen="visitors"]').count()).toBe(1);
  });

  it('opens nothing over another dialog, and nothing that wants a person for nobody', async () => {
    const seat = await open(undefined, { signedInAs: null });
    const { page, key } = seat;
    await key('?');
    await page.locator('[data-dialog="help"]').waitFor();
    await key('Control+k');
    expect(await page.locator(dialog).count()).toBe(0);
    await key('Escape');
    await page.locator('[data-dialog]').waitFor({ state: 'detached' });
    await find(seat, '道闸');
    await page.keyboard.press('Enter');
    await seat.settled();
    expect(await page.locator(`${dialog} [data-answer="gate"]`).getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('[data-screen="signIn"]').count()).toBe(1);
  });

  it('is found by hand too, and is among the keys', async () => {
    const seat = await open();
    const { page, key } = seat;
    await pressOn(page.locator('[data-action="find"]'));
    await pressOn(page.locator(`${dialog} [data-answer="help"]`));
    await page.locator('[data-dialog="help"]').waitFor();
    expect(await page.locator('[data-keys="anywhere"]').textContent()).toContain('Ctrl K');
    await key('Escape');
  });
});

describe('the keys that "?" shows', () => {
  it('are those of the screen in front', async () => {
    const seat = await open();
    const { page, key } = seat;
    const shown = async (): Promise<readonly string[]> => {
      await key('?');
      await page.locator('[data-dialog="help"]').waitFor();
      const sections = await page
        .locator('[data-keys]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-keys') ?? ''));
      await key('Escape');
      await page.locator('[data-dialog]').waitFor({ state: 'detached' });
      return sections;
    };
    expect(await shown()).toEqual(['anywhere', 'sheet']);
    await pressOn(page.locator('[data-action="wall-4"]'));
    await page.locator('[data-wall="4"]').waitFor();
    expect(await shown()).toEqual(['screen', 'anywhere', 'sheet']);
    seat.station.press();
    await pressOn(page.locator('[data-action="claimIncident"]'));
    await page.locator('[data-step="reach"]').waitFor();
    expect(await shown()).toContain('question');
    await seat.goTo('gate');
    expect(await shown()).not.toContain('question');
  });

  it('do what they say: the wall is turned over with its own', async () => {
    const { page, key } = await open();
    await pressOn(page.locator('[data-action="wall-4"]'));
    await page.locator('[data-wall="4"]').waitFor();
    const first = () => page.locator('.wall .video-number').first().textContent();
    const before = await first();
    await key(']');
    await expect.poll(first).not.toBe(before);
    await key('[');
    await expect.poll(first).toBe(before);
  });
});

const looks: readonly Look[] = (['zh-CN', 'en'] as const).flatMap((lang) =>
  (['normal', 'large'] as const).flatMap((print) =>
    (
      [
        [1920, 1080],
        [1366, 768],
      ] as const
    ).map(([width, height]): Look => ({ lang, print, width, height, theme: 'dark' })),
  ),
);

describe('the bar', () => {
  it.each(looks)('is one line in $lang, $print print, at $width', async (look) => {
    const { page } = await open(look, { signedInAs: 'p-zhang' });
    const boxes = await page
      .locator('.action-bar button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
    const lowestTop = Math.max(...boxes.map(({ top }) => top));
    const highestBottom = Math.min(...boxes.map(({ bottom }) => bottom));
    expect(boxes.length).toBe(10);
    expect(highestBottom).toBeGreaterThan(lowestTop);
  });
});
