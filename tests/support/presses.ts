/** How a test lives with the press guard of the seat: it waits as a person does by reading, and presses again where nothing happened. */
import type { Locator, Page } from 'playwright';

/** Waits until nothing on the page is too new to be pressed. A click of Playwright waits for its own target by itself. */
export const settled = async (page: Page): Promise<void> => {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() => document.querySelector('[data-fresh-since]') === null);
};

const TRIES = 5;

/**
 * Clicks, and again where the guard ignored it because the target moved under the hand: on a busy machine a page is still making room
 * when its button is already there. What was taken is never pressed twice.
 * @throws when the guard ignored it five times.
 */
export const pressOn = async (target: Locator): Promise<void> => {
  const page = target.page();
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    await target.waitFor();
    // The guard stops what it ignores at the window, before it comes to the document.
    await page.evaluate(() => {
      document.documentElement.dataset['pressTaken'] = 'no';
      const taken = (): void => {
        document.documentElement.dataset['pressTaken'] = 'yes';
      };
      document.addEventListener('click', taken, { capture: true, once: true });
    });
    await target.click();
    if ((await page.evaluate(() => document.documentElement.dataset['pressTaken'])) !== 'no') return;
    await settled(page);
  }
  throw new Error(`the guard ignored every press on ${String(target)}`);
};

/** Presses what is there, one after the other, until nothing of it is left; each must go by its press. */
export const pressEach = async (targets: Locator): Promise<void> => {
  for (let left = await targets.count(); left > 0; left = await targets.count()) {
    await pressOn(targets.first());
    await targets.nth(left - 1).waitFor({ state: 'detached' });
  }
};
