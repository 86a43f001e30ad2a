/** The page that the shell shows when the seat has died too often, under the policy it is served with. */
import { AxeBuilder } from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PAGE_POLICY } from '../../../electron/contract/page-policy.ts';
import { fileOfPage, typeOfFile } from '../../../electron/shell/page-files.ts';
import { launchChromium } from '../../support/chromium.ts';
import { listenOnLoopback } from '../../support/loopback.ts';

const folder = path.resolve(import.meta.dirname, '../../../renderer/public');

/** Serves `renderer/public` as the shell does; the seat itself is a sentence here. */
const servePublic = async (): Promise<number> => {
  const server = createServer((request, response) => {
    const headers = { 'content-security-policy': PAGE_POLICY };
    const file = fileOfPage(`app://guardroom${request.url ?? '/'}`, folder);
    if (file === null || file.endsWith('index.html')) {
      response
        .writeHead(200, { ...headers, 'content-type': typeOfFile('index.html') })
        .end('<!doctype html><title>seat</title>the seat');
      return;
    }
    readFile(file).then(
      (bytes) => response.writeHead(200, { ...headers, 'content-type': typeOfFile(file) }).end(bytes),
      () => response.writeHead(204, headers).end(),
    );
  });
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return listenOnLoopback(server);
};

it('says what happened and leads back to the same station by keyboard alone', async () => {
  const port = await servePublic();
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1024, height: 700 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  const query = '?station=ws%3A%2F%2F127.0.0.1%3A4711%2Fseat&token=start-token&lang=en';
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`http://127.0.0.1:${port}/recovery.html${query}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
  const words = await page.locator('main').innerText();
  expect(words).toMatch(/警报器照样会响/);
  expect(words).toMatch(/the siren still sounds/);
  const box = await page.locator('#back').boundingBox();
  expect(box?.height ?? 0).toBeGreaterThanOrEqual(60);
  await page.keyboard.press('Enter');
  await page.waitForURL(`http://127.0.0.1:${port}/${query}`);
  expect(errors).toEqual([]);
});
