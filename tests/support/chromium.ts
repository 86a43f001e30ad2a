/** Finds the Chromium a browser test runs in, and starts it the way the product is meant to be started. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import type { Browser, LaunchOptions } from 'playwright';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The executable: `CHROMIUM_BIN`, then Playwright's own, then an installed one; `null` when there is none. */
export const findChromium = (): string | null => {
  const named = process.env['CHROMIUM_BIN'];
  const candidates = [...(named === undefined || named === '' ? [] : [named]), chromium.executablePath(), ...INSTALLED];
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
};

const FLAGS = [
  '--disable-features=ReclaimInactiveWebCodecs',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--autoplay-policy=no-user-gesture-required',
];

/** Starts it without a window. Throws when there is no Chromium: ask `findChromium` first. */
export const launchChromium = async (options: LaunchOptions = {}): Promise<Browser> => {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium: set CHROMIUM_BIN or install one.');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launch({ executablePath, ...options, args: [...FLAGS, ...asRoot, ...(options.args ?? [])] });
};
