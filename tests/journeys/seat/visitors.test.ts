/** The visitor book at the window: what was begun there is found again. */
import { describe, expect, it } from 'vitest';
import { pressOn } from '../../support/presses.ts';
import { oneSeatEach } from './one-seat.ts';

const open = oneSeatEach();

describe('a visitor', () => {
  it('is found half written in again after an alarm, and by nobody else', async () => {
    const { page, station, goTo, key } = await open();
    await goTo('visitors');
    await page.locator('[name="name"]').fill('刘师傅');
    await pressOn(page.locator('[data-choice="repair"]'));
    station.press();
    await goTo('room');
    await goTo('visitors');
    const name = page.locator('[name="name"]');
    expect(await name.inputValue()).toBe('刘师傅');
    await page.locator('[name="visiting"]').fill('1-2-301');
    await key('Enter');
    await page.locator('[data-visit]', { hasText: '刘师傅' }).waitFor();
    expect(station.commands).toMatchObject([{ type: 'registerVisit', kind: 'repair', name: '刘师傅' }]);
    // The row may come before the answer that empties the form.
    await expect.poll(() => name.inputValue()).toBe('');
    await name.fill('何师傅');
    await goTo('signIn');
    await pressOn(page.locator('[data-answer="p-wang"]'));
    await page.keyboard.type('2580');
    await key('Enter');
    await page.locator('[data-screen="room"]').waitFor();
    await goTo('visitors');
    expect(await name.inputValue()).toBe('');
  });
});
