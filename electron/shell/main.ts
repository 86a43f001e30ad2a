/** The desktop shell: a window around a supervised station. It decides nothing about the community. */
import { app, dialog } from 'electron';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { defaultDataFolder } from '../../native/os/data-folder.ts';
import type { Busy } from '../contract/messages.schema.ts';
import { SHELL_ORIGIN } from '../contract/page-policy.ts';
import { failureText } from '../failure-text.ts';
import { parseStartOptions, type StartOptions } from '../start-options.ts';
import { createSupervisor, StationFailed, type StationAddress, type Supervisor } from '../supervisor.ts';
import { keepGpu, keepPage } from './crash-recovery.ts';
import { closeDoors } from './doors.ts';
import { keepAwake } from './power.ts';
import { registerPageScheme, servePage } from './page-scheme.ts';
import { KeychainClosed, openDeviceKey } from './secrets.ts';
import { ownArguments } from './start-arguments.ts';
import { forkStation } from './station-process.ts';
import { createProgressSign } from './progress-sign.ts';
import { createSeatWindow, dropMenu, sayNotReady } from './windows.ts';
import { refuseDebugger } from '../../native/os/no-debugger.ts';
import { maskOthers } from '../../native/os/owner-only.ts';
import { keepStandardStreams } from '../../native/os/standard-streams.ts';
import { onStopWish } from '../../native/os/stop-wish.ts';
import { createSystemClock } from '../../native/kit/system-clock.ts';

// `dist/shell/main.js` when it runs; the page lies beside it.
const pageDir = path.resolve(import.meta.dirname, '..', 'renderer');

/** Checking a large journal takes seconds, the demo's simulators up to twenty. */
const START_PATIENCE_MS = 60_000;

const seatAddress = (address: StationAddress, token: string, options: StartOptions): string => {
  const query = new URLSearchParams({ station: `ws://127.0.0.1:${address.port}/seat`, token });
  if (options.lang !== null) query.set('lang', options.lang);
  return `${SHELL_ORIGIN}/?${query.toString()}`;
};

const startStation = (
  options: StartOptions,
  dataDir: string,
  token: string,
  deviceKey: string | null,
  onBusy: (busy: Busy | null) => void,
): Supervisor =>
  createSupervisor({
    onBusy,
    fork: () => forkStation(path.join(import.meta.dirname, 'station-main.js')),
    settings: {
      dataDir,
      port: options.port,
      token,
      demo: options.demo,
      staticDir: pageDir,
      extraOrigins: [SHELL_ORIGIN],
      panelPort: options.panelPort,
      panelHost: options.panelHost,
      panelSources: options.panelSources,
      lang: options.lang,
      version: app.getVersion(),
      deviceKey,
    },
    clock: createSystemClock(),
    say: (message) => process.stderr.write(`${message}\n`),
  });

/** Whoever wants the program to end waits until the station has stopped in order. Answers whether that has begun. */
const stopStationFirst = (supervisor: Supervisor): (() => boolean) => {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    void supervisor.stop().then(() => {
      state = 'stopped';
      app.quit();
    });
  });
  return () => state !== 'running';
};

const run = async (options: StartOptions, dataDir: string): Promise<void> => {
  await app.whenReady();
  if (!existsSync(path.join(pageDir, 'index.html'))) throw new StationFailed('notBuilt', pageDir);
  const token = randomBytes(24).toString('base64url');
  const progress = createProgressSign();
  const supervisor = startStation(options, dataDir, token, await openDeviceKey(dataDir), progress.tell);
  const isQuitting = stopStationFirst(supervisor);
  servePage(pageDir);
  closeDoors();
  dropMenu();
  keepAwake();
  const patience = setTimeout(() => sayNotReady(dataDir, progress.text()), START_PATIENCE_MS);
  const address = await supervisor.ready.finally(() => clearTimeout(patience));
  process.stdout.write(`Guardroom ready: ${address.url}\n`);
  const window = createSeatWindow(isQuitting);
  progress.showOn(window);
  keepPage(window, seatAddress(address, token, options));
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
};

/** Chromium's own files go into the data folder too: so there is one program for each data folder, and two folders do not share a seat. */
const takeFolder = (dataDir: string): void => {
  const profile = path.join(dataDir, 'window');
  try {
    mkdirSync(profile, { recursive: true });
  } catch (error) {
    throw new StationFailed('notWritable', error instanceof Error ? error.message : dataDir);
  }
  app.setPath('userData', profile);
};

const addSwitches = (): void => {
  // Chromium takes decoders from pages that it thinks idle; a wall is never idle. What was switched off at the start stays so.
  const off = ['ReclaimInactiveWebCodecs', app.commandLine.getSwitchValue('disable-features')].filter(
    (name) => name !== '',
  );
  app.commandLine.appendSwitch('disable-features', off.join(','));
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  // On Linux Chromium speaks only when it is told to (electron issue 4452).
  if (process.platform === 'linux') app.commandLine.appendSwitch('enable-speech-dispatcher');
};

const giveUp = (error: unknown): void => {
  const reason =
    error instanceof StationFailed
      ? failureText(error)
      : error instanceof KeychainClosed
        ? error.message
        : String(error);
  dialog.showErrorBox('值守台 · Guardroom', reason);
  app.exit(1);
};

const begin = (): void => {
  const options = parseStartOptions(ownArguments(process.argv, app.isPackaged));
  if (!options.ok) {
    process.stderr.write(`${options.error}\n`);
    app.exit(2);
    return;
  }
  const dataDir = path.resolve(options.value.dataDir ?? defaultDataFolder());
  try {
    takeFolder(dataDir);
  } catch (error) {
    giveUp(error);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('值守台已经打开，请看它的窗口。Guardroom is open already: see its window.\n');
    app.exit(0);
    return;
  }
  addSwitches();
  registerPageScheme();
  keepGpu();
  app.on('window-all-closed', () => app.quit());
  onStopWish(() => app.quit());
  run(options.value, dataDir).catch(giveUp);
};

keepStandardStreams();
maskOthers();
refuseDebugger();
begin();
