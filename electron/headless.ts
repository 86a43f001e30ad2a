/** The station with no window: a supervisor and its child process, and one line that says where the seat is. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createBusyTeller } from './busy-text.ts';
import { forkStation } from './fork-station.ts';
import { parseStartOptions, START_USAGE, type StartOptions } from './start-options.ts';
import type { StationSettings } from './station-channel.ts';
import { createSupervisor, StationFailed } from './supervisor.ts';
import { failureText } from './failure-text.ts';
import { defaultDataFolder } from '../native/os/data-folder.ts';
import { refuseDebugger } from '../native/os/no-debugger.ts';
import { keepStandardStreams } from '../native/os/standard-streams.ts';
import { onStopWish } from '../native/os/stop-wish.ts';
import { createSystemClock } from '../native/kit/system-clock.ts';

const root = path.resolve(import.meta.dirname, '..');

const readVersion = (): string => {
  const parsed: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '0';
};

const settingsOf = (options: StartOptions): StationSettings => ({
  dataDir: path.resolve(options.dataDir ?? defaultDataFolder()),
  port: options.port,
  token: randomBytes(24).toString('base64url'),
  demo: options.demo,
  staticDir: path.join(root, 'dist', 'renderer'),
  extraOrigins: [],
  panelPort: options.panelPort,
  panelHost: options.panelHost,
  panelSources: options.panelSources,
  lang: options.lang,
  version: readVersion(),
  deviceKey: null,
});

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const run = async (options: StartOptions): Promise<void> => {
  const settings = settingsOf(options);
  if (!existsSync(path.join(settings.staticDir, 'index.html'))) {
    throw new StationFailed('notBuilt', settings.staticDir);
  }
  const supervisor = createSupervisor({
    fork: () => forkStation(),
    settings,
    clock: createSystemClock(),
    say,
    onBusy: createBusyTeller(say),
  });
  refuseDebugger();
  onStopWish(() => void supervisor.stop().then(() => process.exit(0)));
  const address = await supervisor.ready;
  process.stdout.write(`Guardroom ready: ${address.url}${options.lang === null ? '' : `&lang=${options.lang}`}\n`);
};

keepStandardStreams();
const options = parseStartOptions(process.argv.slice(2));
if (!options.ok) {
  process.stderr.write(`${options.error}\n\n${START_USAGE}\n`);
  process.exitCode = 2;
} else {
  run(options.value).catch((error: unknown) => {
    process.stderr.write(`${error instanceof StationFailed ? failureText(error) : String(error)}\n`);
    process.exit(1);
  });
}
