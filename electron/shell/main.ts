/** The desktop shell: a window around a supervised station. It decides nothing about the community. */
import { app, dialog } from 'electron';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { SHELL_ORIGIN } from '../contract/page-policy.ts';
import { failureText } from '../failure-text.ts';
import { parseStartOptions, type StartOptions } from '../start-options.ts';
import { createSupervisor, StationFailed, type StationAddress, type Supervisor } from '../supervisor.ts';
import { keepGpu, keepPage } from './crash-recovery.ts';
import { closeDoors } from './doors.ts';
import { keepAwake } from './power.ts';
import { registerPageScheme, servePage } from './page-scheme.ts';
import { openDeviceKey } from './secrets.ts';
import { forkStation } from './station-process.ts';
import { createSeatWindow } from './windows.ts';

// `dist/shell/main.js` when it runs; the page lies beside it.
const pageDir = path.resolve(import.meta.dirname, '..', 'renderer');

const seatAddress = (address: StationAddress, token: string, options: StartOptions): string => {
  const query = new URLSearchParams({ station: `ws://127.0.0.1:${address.port}/seat`, token });
  if (options.lang !== null) query.set('lang', options.lang);
  return `${SHELL_ORIGIN}/?${query.toString()}`;
};

const startStation = (options: StartOptions, token: string): Supervisor => {
  const dataDir = path.resolve(options.dataDir ?? path.join(app.getPath('appData'), 'guardroom'));
  return createSupervisor({
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
      deviceKey: openDeviceKey(dataDir),
    },
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    nowMs: () => performance.now(),
    say: (message) => process.stderr.write(`${message}\n`),
  });
};

const run = async (options: StartOptions): Promise<void> => {
  await app.whenReady();
  const token = randomBytes(24).toString('base64url');
  const supervisor = startStation(options, token);
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void supervisor.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
  servePage(pageDir);
  closeDoors();
  keepAwake();
  const address = await supervisor.ready;
  process.stdout.write(`Guardroom ready: ${address.url}\n`);
  const window = createSeatWindow();
  keepPage(window, seatAddress(address, token, options));
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
};

const begin = (): void => {
  // `--disable-gpu` is the shell's own, given at a relaunch (crash-recovery.ts).
  const options = parseStartOptions(process.argv.slice(app.isPackaged ? 1 : 2).filter((argument) => argument !== '--disable-gpu'));
  if (!options.ok) {
    process.stderr.write(`${options.error}\n`);
    app.exit(2);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  // Chromium takes decoders from pages that it thinks idle; a wall is never idle.
  app.commandLine.appendSwitch('disable-features', 'ReclaimInactiveWebCodecs');
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  registerPageScheme();
  keepGpu();
  app.on('window-all-closed', () => app.quit());
  run(options.value).catch((error: unknown) => {
    dialog.showErrorBox('值守台 · Guardroom', error instanceof StationFailed ? failureText(error) : String(error));
    app.exit(1);
  });
};

begin();
