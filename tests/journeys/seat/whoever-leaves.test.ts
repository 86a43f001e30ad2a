/** Whoever works here no more: what is said, what the roster shows and what the log names. */
import { describe, expect, it } from 'vitest';
import { pressOn, settled } from '../../support/presses.ts';
import { oneSeatEach } from './one-seat.ts';
import { usual } from './seat-page.ts';

const HOUR = 3_600_000;
const soon = { timeout: 20_000 };

const openOne = oneSeatEach();

describe('somebody who leaves', () => {
  it.each([
    { lang: 'zh-CN', open: '原来排的 2 个班现在没有人', left: /张建国修改了人员王师傅：已经离开。/ },
    { lang: 'en', open: 'Shifts that nobody has now: 2', left: /张建国 changed 王师傅: has left\./ },
  ] as const)(
    'leaves shifts that are counted, shown once, and told in the log ($lang)',
    async ({ lang, open, left }) => {
      const seat = await openOne({ ...usual, lang, width: 1366, height: 768 }, { signedInAs: 'p-zhang' });
      const { page, station, goTo } = seat;
      const fromMs = (Math.ceil(station.world.clock.nowMs() / HOUR) + 20) * HOUR;
      const plan = { entryId: 'r-9', personId: 'p-wang', fromMs, toMs: fromMs + 8 * HOUR };
      await station.give('p-zhang', 'setRosterEntry', plan);
      await goTo('people');
      await pressOn(page.locator('[data-row="p-wang"] [data-action="edit-people"]'));
      await page.locator('[data-form="addPerson"]').waitFor();
      await settled(page);
      await pressOn(page.locator('[data-choice="no"]'));
      await page.locator('[name="active"][value="no"]:checked').waitFor();
      await pressOn(page.locator('[data-form="addPerson"] [data-action="addPerson"]'));
      await expect.poll(() => page.locator('[data-saved]').innerText(), soon).toContain(open);
      await goTo('roster');
      await page.locator('[data-roster-entry="r-9"][data-standing="open"]').waitFor();
      const starts = await page.locator('[data-gap]').evaluateAll((rows) => rows.map((row) => row.dataset['gap']));
      expect(starts).not.toContain(String(fromMs));
      await goTo('log');
      const line = page.locator('[data-log-type="v1.PersonChanged"]').first();
      await expect.poll(() => line.innerText(), soon).toMatch(left);
    },
  );
});
