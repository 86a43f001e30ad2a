/** How a test waits for the press guard of the seat, as a person does by reading. */
import type { Page } from 'playwright';

/** Waits until nothing on the page is too new to be pressed. A click of Playwright waits for its own target by itself. */
export const settled = async (page: Page): Promise<void> => {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() => document.querySelector('[data-fresh-since]') === null);
};
