/** Cold start of everything to the first and the last live tile, against a browser that opens a blank page. */
import { launchChromium } from '../support/chromium.ts';
import { openDemoRoom } from '../support/demo-room.ts';
import { median, print, progress } from './bench.ts';

const ROUNDS = 3;
const LIVE_MS = 60_000;

const blankPage = async (): Promise<number> => {
  const start = performance.now();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto('about:blank');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    return performance.now() - start;
  } finally {
    await browser.close();
  }
};

const liveRoom = async (): Promise<{ first: number; last: number }> => {
  const start = performance.now();
  const room = await openDemoRoom({ lang: 'zh-CN' });
  const live = async (count: number): Promise<number> => {
    await room.page.waitForFunction(
      (wanted) => document.querySelectorAll('[data-tile][data-state="live"]').length >= wanted,
      count,
      { timeout: LIVE_MS },
    );
    return performance.now() - start;
  };
  try {
    return { first: await live(1), last: await live(16) };
  } finally {
    await room.close();
  }
};

/** Prints how long a cold start takes: station, simulators, seed, browser and page from nothing. */
export const benchStart = async (): Promise<void> => {
  const rounds: { blank: number; first: number; last: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    progress(`start: round ${round + 1} of ${ROUNDS}`);
    const blank = await blankPage();
    rounds.push({ blank, ...(await liveRoom()) });
  }
  const blank = median(rounds.map((round) => round.blank));
  for (const which of ['first', 'last'] as const) {
    print({
      name: `cold start to the ${which} live tile (station, simulators, seed, browser, page)`,
      value: median(rounds.map((round) => round[which])),
      unit: 'ms',
      ratio: median(rounds.map((round) => round[which] / round.blank)),
      against: `the same browser opening a blank page (${blank.toFixed(0)} ms)`,
    });
  }
};
