/** Reads a video wall in the browser: what each tile says, and what its pixels show. */
import type { Browser, Page } from 'playwright';

export interface SeenTile {
  readonly cameraId: string;
  readonly state: string;
  readonly quality: string;
  readonly frames: number;
  readonly latencyMs: number | null;
  /** The sentence over the picture, empty when there is none. */
  readonly says: string;
}

/** Opens the wall and gathers every console error, uncaught one and policy violation. */
export const openWall = async (browser: Browser, url: string): Promise<{ page: Page; errors: string[] }> => {
  const context = await browser.newContext({ viewport: { width: 1600, height: 920 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  // Nothing outside a page can end its workers, so the page's workers listen to the test.
  await page.addInitScript(() => {
    const Plain = window.Worker;
    window.Worker = class extends Plain {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        addEventListener('kill-worker', () => this.terminate(), { once: true });
      }
    };
  });
  await page.goto(url);
  return { page, errors };
};

export const readTiles = async (page: Page): Promise<SeenTile[]> =>
  await page.locator('[data-tile]').evaluateAll((tiles) =>
    tiles.map((tile) => ({
      cameraId: tile.getAttribute('data-tile') ?? '',
      state: tile.getAttribute('data-state') ?? '',
      quality: tile.getAttribute('data-quality') ?? '',
      frames: Number(tile.getAttribute('data-frames')),
      latencyMs: tile.getAttribute('data-latency') === '' ? null : Number(tile.getAttribute('data-latency')),
      says: tile.querySelector('.video-says:not([hidden])')?.textContent ?? '',
    })),
  );

/** For `page.waitForFunction`. */
export const stateOf = ({ cameraId, state }: { cameraId: string; state: string }): boolean =>
  document.querySelector(`[data-tile="${cameraId}"]`)?.getAttribute('data-state') === state;

/** Waits until that many tiles, and no other, are in this state. */
export const waitForTiles = async (page: Page, count: number, state: string): Promise<void> => {
  await page.waitForFunction(
    ({ count, state }) => {
      const tiles = [...document.querySelectorAll('[data-tile]')];
      return tiles.length === count && tiles.every((tile) => tile.getAttribute('data-state') === state);
    },
    { count, state },
    { timeout: 20_000 },
  );
};

/** A page without a window cannot be hidden (Chromium keeps it visible, measured), so the document says it is. */
export const hidePage = async (page: Page, hidden: boolean): Promise<void> =>
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

export interface SeenPicture {
  /** Mean brightness (0 to 255) of the darkest moment: a black or empty picture is near 0. */
  readonly darkest: number;
  /** Widths of the picture, in the order in which they came. */
  readonly widths: readonly number[];
  readonly states: readonly string[];
  /** How many different elements showed it. */
  readonly elements: number;
  /** The longest time between two changes of its pixels, milliseconds. */
  readonly longestStillMs: number;
}

/** Looks at the pixels of a tile's picture on every animation frame while `act` runs. */
export const darkestWhile = async (page: Page, cameraId: string, act: () => Promise<void>): Promise<SeenPicture> => {
  const watching = await page.evaluateHandle((cameraId) => {
    const probe = new OffscreenCanvas(16, 9).getContext('2d', { willReadFrequently: true });
    const seen = {
      darkest: 255,
      widths: [] as number[],
      states: [] as string[],
      elements: new Set<Element>(),
      longestStillMs: 0,
      stop: false,
    };
    let pixels = '';
    let changedMs = performance.now();
    const look = (): void => {
      const tile = document.querySelector(`[data-tile="${cameraId}"]`);
      const video = tile?.querySelector('video') ?? null;
      const shown = video !== null && getComputedStyle(video).visibility === 'visible' && video.checkVisibility();
      if (probe === null || video === null || !shown) seen.darkest = 0;
      else {
        probe.drawImage(video, 0, 0, 16, 9);
        const { data } = probe.getImageData(0, 0, 16, 9);
        let sum = 0;
        for (let at = 0; at < data.length; at += 4)
          sum += ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
        seen.darkest = Math.min(seen.darkest, sum / (data.length / 4));
        const now = data.join(' ');
        seen.longestStillMs = Math.max(seen.longestStillMs, performance.now() - changedMs);
        if (now !== pixels) changedMs = performance.now();
        pixels = now;
        if (seen.widths.at(-1) !== video.videoWidth) seen.widths.push(video.videoWidth);
        seen.elements.add(video);
      }
      const state = tile?.getAttribute('data-state') ?? 'none';
      if (!seen.states.includes(state)) seen.states.push(state);
      if (!seen.stop) requestAnimationFrame(look);
    };
    look();
    return seen;
  }, cameraId);
  await act();
  return await watching.evaluate((seen) => {
    seen.stop = true;
    return { ...seen, elements: seen.elements.size };
  });
};
