/** The seats themselves: a manager names one and takes one out of use, and what such a seat shows. */
import { describe, expect, it } from 'vitest';
import { pressOn, settled } from '../../support/presses.ts';
import { oneSeatEach } from './one-seat.ts';
import { usual } from './seat-page.ts';

const soon = { timeout: 20_000 };
const openOne = oneSeatEach();

describe('the seats', () => {
  it('are named and taken out of use by a manager, who cannot take out the one they sit at', async () => {
    const { page, station, goTo } = await openOne({ ...usual, width: 1366, height: 768 }, { signedInAs: 'p-zhang' });
    await station.give('p-wang', 'addNote', { text: '北门一切正常' });
    const other = station.facts('v1.NoteAdded').at(-1)?.seat ?? '';
    await goTo('people');
    await pressOn(page.locator('[data-action="show-seats"]'));
    await pressOn(page.locator(`[data-row="${other}"] [data-action="edit-seats"]`));
    await page.locator('[data-form="changeSeat"] [name="name"]').fill('北门岗');
    await settled(page);
    await pressOn(page.locator('[data-form="changeSeat"] [data-action="changeSeat"]'));
    await expect.poll(() => page.locator(`[data-row="${other}"]`).innerText(), soon).toContain('北门岗');
    await pressOn(page.locator(`[data-row="${other}"] [data-action="edit-seats"]`));
    await settled(page);
    await pressOn(page.locator('[data-action="revokeSeat"]'));
    await pressOn(page.locator('[data-action="revokeSeat"]'));
    await page.locator(`[data-row="${other}"][data-tone="off"]`).waitFor();
    expect(station.facts('v1.SeatRevoked').map(({ entityId }) => entityId)).toEqual([other]);
    expect(await page.locator(`[data-row="${other}"] [data-action="edit-seats"]`).count()).toBe(0);
    const own = station.facts('v1.SeatChanged').at(-1)?.seat ?? '';
    await pressOn(page.locator(`[data-row="${own}"] [data-action="edit-seats"]`));
    await page.locator('[data-form="changeSeat"]').waitFor();
    expect(await page.locator('[data-action="revokeSeat"]').count()).toBe(0);
    await goTo('log');
    const line = page.locator('[data-log-type="v1.SeatRevoked"]').first();
    await expect.poll(() => line.innerText(), soon).toContain('张建国停用了席位“北门岗”。');
  });

  it('that is out of use says so, and shows nothing else any more', async () => {
    const { page, station, key } = await openOne(usual, { signedInAs: 'p-li' });
    await key('n');
    await page.locator('[name="noteText"]').fill('楼道灯坏了');
    await pressOn(page.locator('[data-action="addNote"]'));
    await page.locator('[data-dialog="note"]').waitFor({ state: 'detached' });
    const seatId = station.facts('v1.NoteAdded').at(-1)?.seat ?? '';
    await station.give('p-zhang', 'revokeSeat', { seatId });
    await expect.poll(() => page.locator('[data-screen="waiting"]').innerText(), soon).toContain('这个席位已经停用');
    expect(await page.locator('[data-place]').count()).toBe(0);
    await page.reload();
    await expect.poll(() => page.locator('[data-screen="waiting"]').innerText(), soon).toContain('这个席位已经停用');
  });
});
