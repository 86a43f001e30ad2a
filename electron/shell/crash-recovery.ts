import { app, type BrowserWindow } from 'electron';
import { SHELL_ORIGIN } from '../contract/page-policy.ts';
import { afterGpuLoss, HANG_PATIENCE_MS, isOrdinaryEnd, pageAfterDeath } from './crash-rules.ts';

const complain = (message: string): void => {
  process.stderr.write(`${message}\n`);
};

const load = (window: BrowserWindow, address: string): void => {
  if (window.isDestroyed()) return;
  window.loadURL(address).catch((error: unknown) => complain(`The page did not load: ${String(error)}`));
};

/** Ends the process of a page that stays without an answer; what follows is a death like any other. */
const endHangs = (window: BrowserWindow): void => {
  let patience: NodeJS.Timeout | undefined;
  const answered = (): void => clearTimeout(patience);
  window.on('unresponsive', () => {
    answered();
    patience = setTimeout(() => {
      complain("The seat's page does not answer and is loaded again.");
      if (!window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
    }, HANG_PATIENCE_MS);
  });
  window.on('responsive', answered);
  window.on('closed', answered);
  window.webContents.on('render-process-gone', answered);
};

/** Loads the seat and brings it back when its process dies or hangs: Chromium does not. */
export const keepPage = (window: BrowserWindow, address: string): void => {
  const recovery = `${SHELL_ORIGIN}/recovery.html${new URL(address).search}`;
  const deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (isOrdinaryEnd(details.reason)) return;
    const nowMs = performance.now();
    deaths.push(nowMs);
    complain(`The seat's page ended (${details.reason}).`);
    const next = pageAfterDeath(deaths, nowMs);
    setTimeout(() => load(window, next.page === 'seat' ? address : recovery), next.afterMs);
  });
  endHangs(window);
  load(window, address);
};

/** Counts losses of the GPU process and starts the program again without GPU when there are too many. */
export const keepGpu = (): void => {
  if (app.commandLine.hasSwitch('disable-gpu')) return;
  const losses: number[] = [];
  let isLeaving = false;
  app.on('child-process-gone', (_event, details) => {
    if (isLeaving || details.type !== 'GPU' || isOrdinaryEnd(details.reason)) return;
    const nowMs = performance.now();
    losses.push(nowMs);
    if (afterGpuLoss(losses, nowMs) === 'carryOn') return;
    // Each call of `relaunch` would start one more program.
    isLeaving = true;
    app.relaunch({ args: [...process.argv.slice(1), '--disable-gpu'] });
    app.quit();
  });
};
