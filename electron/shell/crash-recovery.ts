import { app, type BrowserWindow } from 'electron';
import { SHELL_ORIGIN } from '../contract/page-policy.ts';
import { afterGpuLoss, afterPageDeath, isOrdinaryEnd } from './crash-rules.ts';

/** Loads the seat and brings it back when its process dies: Chromium does not. */
export const keepPage = (window: BrowserWindow, address: string): void => {
  const deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (isOrdinaryEnd(details.reason)) return;
    const now = performance.now();
    deaths.push(now);
    process.stderr.write(`The seat's page ended (${details.reason}).\n`);
    const query = new URL(address).search;
    void window.loadURL(afterPageDeath(deaths, now) === 'reload' ? address : `${SHELL_ORIGIN}/recovery.html${query}`);
  });
  window.on('unresponsive', () => window.webContents.forcefullyCrashRenderer());
  void window.loadURL(address);
};

/** Counts losses of the GPU process and starts the program again without GPU when there are too many. */
export const keepGpu = (): void => {
  let losses = 0;
  app.on('child-process-gone', (_event, details) => {
    if (details.type !== 'GPU' || isOrdinaryEnd(details.reason)) return;
    losses += 1;
    if (afterGpuLoss(losses) === 'carryOn' || process.argv.includes('--disable-gpu')) return;
    app.relaunch({ args: [...process.argv.slice(1), '--disable-gpu'] });
    app.quit();
  });
};
