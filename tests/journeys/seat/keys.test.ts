/** Keys count where what they do is in front of the person; typed text is never thrown away by one. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
import { buildSeat, openSeat, usual, type BuiltSeat, type OpenSeat } from './seat-page.ts';

let built: BuiltSeat;
let seat: OpenSeat | null = null;
const open = async (options: Parameters<typeof openSeat>[2] = {}): Promise<OpenSeat> => {
  seat = await openSeat(built, usual, options);
  return seat;
};
/** A call that has been taken, with its first question before the person. */
const asked = async (): Promise<OpenSeat> => {
  const opened = await open();
  opened.station.press();
  await pressOn(opened.page.locator('[data-action="claimIncident"]'));
  await opened.page.locator('[data-step="reach"]').waitFor();
  await opened.settled();
  return opened;
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

const given = (opened: OpenSeat): readonly string[] => opened.station.commands.map(({ type }) => type);

describe('an answer key', () => {
  it.each(['visitors', 'gate', 'takeover', 'roster', 'log', 'people', 'signIn'])(
    'does nothing on another screen: %s',
    async (place) => {
      const opened = await asked();
      await opened.goTo(place);
      await opened.settled();
      await opened.page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
      await opened.page.keyboard.type('13800138000ukba23');
      await opened.settled();
      expect(given(opened)).toEqual(['claimIncident']);
      expect(await opened.page.locator(`[data-screen="${place}"]`).count()).toBe(1);
    },
  );

  it('does nothing beside a field in the room', async () => {
    const opened = await asked();
    const { page } = opened;
    await pressOn(page.locator('[data-action="park"]'));
    await page.locator('[name="parkReason"]').waitFor();
    await opened.settled();
    await pressOn(page.locator('.wall-says'));
    await page.keyboard.type('13800138000');
    await opened.settled();
    expect(given(opened)).toEqual(['claimIncident']);
  });

  it('does nothing in the moment after typing: the field went away, the number goes on', async () => {
    const opened = await asked();
    const { page } = opened;
    await opened.key('n');
    await page.locator('[name="noteText"]').fill('电话');
    await page.keyboard.press('Escape');
    await page.locator('[data-dialog]').waitFor({ state: 'detached' });
    await page.keyboard.type('1');
    await opened.settled();
    expect(given(opened)).toEqual(['claimIncident']);
    await opened.key('1');
    await page.locator('[data-step="needAmbulance"]').waitFor();
  });

  it('is named on its button only where it counts', async () => {
    const opened = await asked();
    const key = opened.page.locator('[data-press="answer1"]');
    expect(await key.getAttribute('aria-keyshortcuts')).toBe('1');
    await opened.goTo('visitors');
    expect(await key.getAttribute('aria-keyshortcuts')).toBeNull();
  });
});

describe('the help of keys', () => {
  it('shows those of the screen in front, and says nothing of what is not there', async () => {
    const opened = await asked();
    const { page } = opened;
    const shown = async (): Promise<string> => {
      await opened.key('?');
      const text = await page.locator('[data-dialog="help"]').innerText();
      await page.keyboard.press('Escape');
      await page.locator('[data-dialog]').waitFor({ state: 'detached' });
      return text;
    };
    expect(await shown()).toContain('选第一个回答');
    await opened.goTo('visitors');
    const elsewhere = await shown();
    expect(elsewhere).not.toContain('选第一个回答');
    expect(elsewhere).toContain('道闸');
  });
});

describe('a single stray key', () => {
  it('changes neither language, nor theme, nor print, nor the person', async () => {
    const opened = await open();
    const root = opened.page.locator('html');
    const look = () =>
      root.evaluate((html) => ['lang', 'data-theme', 'data-print'].map((name) => html.getAttribute(name)));
    const before = await look();
    for (const key of ['e', 'd', '+', 'E', 'D']) await opened.key(key);
    expect(await look()).toEqual(before);
    expect(opened.station.facts('v1.SignedOut')).toEqual([]);
    await opened.key('?');
    await opened.key('d');
    await expect.poll(look).not.toEqual(before);
  });

  it('leads away from no half-written form', async () => {
    const opened = await open();
    const { page } = opened;
    await opened.goTo('visitors');
    await page.locator('[name="name"]').pressSequentially('刘');
    await pressOn(page.locator('h2').first());
    await opened.settled();
    for (const key of ['g', 'w', 'l', 'n', 'Escape']) await opened.key(key);
    expect(await page.locator('[name="name"]').inputValue()).toBe('刘');
    expect(await page.locator('[data-dialog]').count()).toBe(0);
  });
});

describe('Escape', () => {
  it('closes the reasons of the gate, and only then leads to the wall', async () => {
    const opened = await open();
    const { page } = opened;
    await opened.goTo('gate');
    await pressOn(page.locator('[data-action="askOpen"]'));
    await page.locator('.reasons').waitFor();
    await opened.key('Escape');
    await page.locator('.reasons').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-screen="gate"]').count()).toBe(1);
    await opened.key('Escape');
    await page.locator('[data-screen="room"]').waitFor();
    expect(given(opened)).toEqual([]);
  });

  it('closes an empty form, and leaves one with something written in it', async () => {
    const opened = await open({ signedInAs: 'p-zhang' });
    const { page } = opened;
    await opened.goTo('people');
    await pressOn(page.locator('[data-action="show-contacts"]'));
    for (const text of ['', '夜班']) {
      await pressOn(page.locator('[data-action="new-contacts"]'));
      await page.locator('form.form [name="name"]').fill(text);
      await opened.key('Escape');
      if (text === '') await page.locator('form.form').waitFor({ state: 'detached' });
    }
    expect(await page.locator('form.form [name="name"]').inputValue()).toBe('夜班');
  });

  it('closes a note and keeps what was written, for the same person', async () => {
    const opened = await open();
    const { page } = opened;
    await opened.key('n');
    await page.locator('[name="noteText"]').fill('楼道灯坏了');
    await opened.key('Escape');
    await page.locator('[data-dialog="note"]').waitFor({ state: 'detached' });
    await opened.key('n');
    expect(await page.locator('[name="noteText"]').inputValue()).toBe('楼道灯坏了');
    await pressOn(page.locator('[data-action="addNote"]'));
    await page.locator('[data-dialog="note"]').waitFor({ state: 'detached' });
    await opened.key('n');
    expect(await page.locator('[name="noteText"]').inputValue()).toBe('');
  });
});
