/** The built seat in a real browser, on a real station in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import { launchChromium } from '../../support/chromium.ts';
import { settled } from '../../support/presses.ts';
import { createSeatStation, type SeatStation } from '../../support/seat-station.ts';

export interface BuiltSeat {
  readonly browser: Browser;
  readonly staticDir: string;
  readonly close: () => Promise<void>;
}

export interface Look {
  readonly lang: 'zh-CN' | 'en';
  readonly theme: 'dark' | 'light';
  readonly print: 'normal' | 'large';
  readonly width?: number;
  readonly height?: number;
}

export const usual: Look = { lang: 'zh-CN', theme: 'dark', print: 'normal' };

export interface OpenSeat {
  readonly page: Page;
  readonly station: SeatStation;
  /** Errors of the page's console and uncaught ones, those of a station that is away left out. */
  readonly errors: readonly string[];
  /** Waits, as a person does by reading, until what changed on screen takes presses again. */
  readonly settled: () => Promise<void>;
  /** Presses a key once the screen is settled, wherever the focus is. */
  readonly key: (key: string) => Promise<void>;
  /** Goes to a screen as its address does, and waits for it. */
  readonly goTo: (place: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Builds the seat as the product does, into a folder of its own. */
export const buildSeat = async (): Promise<BuiltSeat> => {
  const staticDir = await mkdtemp(path.join(tmpdir(), 'guardroom-seat-'));
  const root = path.resolve(import.meta.dirname, '../../..');
  await build({
    configFile: path.join(root, 'vite.config.ts'),
    root: path.join(root, 'renderer'),
    logLevel: 'error',
    build: { outDir: staticDir, emptyOutDir: true },
  });
  const browser = await launchChromium();
  return {
    browser,
    staticDir,
    close: async () => {
      await browser.close();
      await rm(staticDir, { recursive: true, force: true });
    },
  };
};

/** A station that refuses the socket is reported by the browser itself; nothing else may be. */
const ofAStationAway = (text: string): boolean => /WebSocket connection to .* failed/.test(text);

export interface OpenOptions {
  /** Nothing has been set up. */
  readonly empty?: boolean;
  /** Who is signed in: `p-li` by herself (a volunteer, who has the watch), `p-wang` (volunteer), `p-chen` (guard), `p-zhang` (manager); `null` nobody. */
  readonly signedInAs?: 'p-li' | 'p-wang' | 'p-chen' | 'p-zhang' | null;
  /** A station that another seat has open, which closes it. */
  readonly station?: SeatStation;
}

/** What the page finds in its storage when it is opened. */
const keptBy = async (station: SeatStation, look: Look, person: OpenOptions['signedInAs']) => ({
  'guardroom.look': JSON.stringify({ theme: look.theme, print: look.print, wall: 16 }),
  ...(person === undefined ? {} : { 'guardroom.touched': '1' }),
  ...(typeof person === 'string' ? { 'guardroom.session': await station.sessionOf(person) } : {}),
});

/** Opens a seat in a browser of its own, on a station of its own unless it is given one. */
export const openSeat = async (built: BuiltSeat, look: Look = usual, options: OpenOptions = {}): Promise<OpenSeat> => {
  const station =
    options.station ?? (await createSeatStation({ staticDir: built.staticDir, empty: options.empty === true }));
  const context = await built.browser.newContext({
    viewport: { width: look.width ?? 1920, height: look.height ?? 1080 },
  });
  // Once: what the seat itself keeps later is not undone by loading the page again, or by a second window.
  await context.addInitScript(
    (kept) => {
      if (localStorage.getItem('test.kept') !== null) return;
      for (const [key, value] of Object.entries({ ...kept, 'test.kept': '1' })) localStorage.setItem(key, value);
    },
    await keptBy(station, look, options.signedInAs),
  );
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !ofAStationAway(message.text())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(station.url(`lang=${look.lang}`));
  await page.locator('[data-screen]:not([data-screen="waiting"])').waitFor();
  return {
    page,
    station,
    errors,
    settled: () => settled(page),
    key: async (key) => {
      await settled(page);
      await page.keyboard.press(key);
    },
    goTo: async (place) => {
      await page.evaluate((name) => {
        location.hash = `#/${name}`;
      }, place);
      await page.locator(`[data-screen="${place}"]`).waitFor();
    },
    close: async () => {
      await context.close();
      if (options.station === undefined) await station.close();
    },
  };
};
