/** The desktop program itself, where there is an Electron: the room in its window, a killed station, a crashed page, an orderly end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { expect, it, onTestFinished } from 'vitest';
import { leaveOut } from '../../support/requires.ts';
import { findElectronHere } from './electron-here.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const LIVE_MS = 60_000;
const BACK_MS = 30_000;

/** Process id of the station as Chromium knows it, `null` while there is none. */
const stationPid = (program: ElectronApplication): Promise<number | null> =>
  program.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Guardroom station')?.pid ?? null);

/** Frames painted so far by each living tile, asked for through the window: it survives the death of its page, a `Page` does not. */
const liveFrames = async (program: ElectronApplication): Promise<readonly number[]> => {
  const frames = await program.evaluate(({ BrowserWindow }): Promise<unknown> => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return Promise.resolve([]);
    return contents.executeJavaScript(
      '[...document.querySelectorAll(\'[data-tile][data-state="live"]\')].map((tile) => Number(tile.dataset.frames))',
    );
  });
  return Array.isArray(frames) ? frames.map(Number) : [];
};

/** All sixteen pictures move from here on. */
const seeSixteenMove = async (program: ElectronApplication, withinMs: number): Promise<void> => {
  await expect.poll(async () => (await liveFrames(program)).length, { timeout: withinMs }).toBe(16);
  const before = await liveFrames(program);
  await expect
    .poll(async () => (await liveFrames(program)).filter((count, index) => count > (before[index] ?? 0) + 20).length, {
      timeout: withinMs,
    })
    .toBe(16);
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    // ESRCH: nobody has this number any more.
    return false;
  }
};

it('opens the room, outlives its station and its page, and ends in order', async (context) => {
  const here = findElectronHere(root);
  if ('missing' in here) return leaveOut(context, here.missing);

  const [code]: unknown[] = await once(
    spawn(process.execPath, [path.join(root, 'resources/tooling/build.ts')], { cwd: root, stdio: 'inherit' }),
    'close',
  );
  expect(code).toBe(0);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'guardroom 窗口 '));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  // Chromium refuses its sandbox to root (a container); everybody else runs with it.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const program = await _electron.launch({
    executablePath: here.executablePath,
    args: [...asRoot, root, '--demo', '--lang', 'en', '--data', dataDir, '--panel-port', '0'],
    cwd: root,
  });
  let hasEnded = false;
  const ended = once(program.process(), 'exit').finally(() => {
    hasEnded = true;
  });
  onTestFinished(() => {
    if (!hasEnded) program.process().kill('SIGKILL');
  });
  const page = await program.firstWindow({ timeout: LIVE_MS });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.locator('[data-screen="room"]').waitFor({ timeout: LIVE_MS });
  expect(page.url()).toMatch(/^app:\/\/guardroom\/(?!.*token)/);
  await seeSixteenMove(program, LIVE_MS);
  expect(await page.evaluate(() => 'process' in globalThis || 'require' in globalThis)).toBe(false);

  const first = await stationPid(program);
  if (first === null) throw new Error('Electron knows no station process');
  process.kill(first, 'SIGKILL');
  await expect.poll(async () => ![null, first].includes(await stationPid(program)), { timeout: BACK_MS }).toBe(true);
  await seeSixteenMove(program, BACK_MS);
  expect(errors).toEqual([]);

  await program.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('render-process-gone', () => resolve());
        contents?.forcefullyCrashRenderer();
      }),
  );
  await seeSixteenMove(program, BACK_MS);

  const second = await stationPid(program);
  if (second === null) throw new Error('Electron knows no station process');
  await program.close();
  await ended;
  await expect.poll(() => isAlive(second), { timeout: BACK_MS }).toBe(false);
});
