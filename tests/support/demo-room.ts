/** The demo community as a newcomer meets it: a supervised station with its simulators, and a page in a real Chromium. */
import { AxeBuilder } from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { launchChromium } from './chromium.ts';
import { pressOn } from './presses.ts';
import { startSupervisedStation, type SupervisedStation } from './supervised-station.ts';

export type Language = 'zh-CN' | 'en';

export interface DemoRoom {
  readonly station: SupervisedStation;
  readonly page: Page;
  /** Errors that the page wrote to its console or threw; a journey ends with none. */
  readonly errors: readonly string[];
  /** A button by what it does, and by its answer where several do the same. */
  readonly button: (action: string, answer?: string) => Locator;
  readonly press: (action: string, answer?: string) => Promise<void>;
  /** Causes something at the simulators: `press`, `cameraFault`, `barrierFault` … */
  readonly cause: (action: string, body: Readonly<Record<string, string | number | boolean>>) => Promise<void>;
  /** Serious and critical violations that axe finds on the screen as it is. */
  readonly violations: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export interface DemoRoomOptions {
  readonly lang: Language;
  readonly width?: number;
  readonly height?: number;
  /** Lines of the console that the journey causes on purpose (a station that is killed refuses connections). */
  readonly expected?: RegExp;
  /** Environment of the station process, beside this one's. */
  readonly env?: NodeJS.ProcessEnv;
}

const controlOf = (dataDir: string): string => {
  const parsed: unknown = JSON.parse(readFileSync(path.join(dataDir, 'demo.json'), 'utf8'));
  if (typeof parsed !== 'object' || parsed === null || !('control' in parsed))
    throw new Error('demo.json names no control');
  return String(parsed.control);
};

/** Starts everything and opens the room; the page is the demo volunteer's. */
export const openDemoRoom = async ({
  lang,
  width = 1920,
  height = 1080,
  expected,
  env = {},
}: DemoRoomOptions): Promise<DemoRoom> => {
  const station = await startSupervisedStation({ demo: 'demo', lang, env });
  let browser: Browser | null = null;
  try {
    browser = await launchChromium();
    const context = await browser.newContext({ viewport: { width, height }, locale: lang });
    const page = await context.newPage();
    const errors: string[] = [];
    const note = (text: string): void => {
      if (expected?.test(text) !== true) errors.push(text);
    };
    page.on('console', (message) => {
      if (message.type() === 'error') note(message.text());
    });
    page.on('pageerror', (error) => note(error.message));
    await page.goto(`${station.address.url}&lang=${lang}`);
    const control = controlOf(station.dataDir);
    const opened = browser;
    const button = (action: string, answer?: string): Locator =>
      page.locator(`button[data-action="${action}"]${answer === undefined ? '' : `[data-answer="${answer}"]`}`).first();
    return {
      station,
      page,
      errors,
      button,
      press: (action, answer) => pressOn(button(action, answer)),
      cause: async (action, body) => {
        const reply = await fetch(new URL(`/api/${action}`, control), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        if (!reply.ok) throw new Error(`${action}: ${reply.status} ${await reply.text()}`);
      },
      violations: async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
      },
      close: async () => {
        await opened.close();
        await station.remove();
      },
    };
  } catch (error) {
    await browser?.close();
    await station.remove();
    throw error;
  }
};
