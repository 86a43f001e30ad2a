/** The station process: waits for its settings, composes the station, and reports to its supervisor. Knows nothing of Electron. */
import { JournalOpenError } from '../native/sqlite/open-error.ts';
import { composeStation, type RunningStation } from './compose.ts';
import { openStationChannel, type StationChannel, type StationFailure, type StationSettings } from './station-channel.ts';
import { RealCommunityError } from './station/station.ts';
import { JournalError } from './station/ports/journal.port.ts';

/** Exit status of a station that cannot run at all: starting it again would not help. */
const CANNOT_RUN = 3;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What kept the station from running, or `null` for a defect. */
const failureOf = (error: unknown): StationFailure | null => {
  if (error instanceof RealCommunityError) return 'realCommunity';
  if (error instanceof JournalOpenError) return error.fault.kind === 'inUse' ? 'inUse' : 'newerSchema';
  if (error instanceof JournalError) return error.fault.kind === 'damaged' ? 'damaged' : 'notWritable';
  const code = codeOf(error);
  if (code === 'EADDRINUSE' || code === 'EACCES') return 'portTaken';
  if (code === 'EROFS' || code === 'EPERM' || code === 'ENOSPC' || code === 'ENOTDIR') return 'notWritable';
  if (error instanceof Error && error.message.startsWith('the simulators')) return 'demoFailed';
  return null;
};

const main = (channel: StationChannel): void => {
  let running: RunningStation | null = null;
  let stopping = false;

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await running?.stop();
    process.exit(0);
  };

  const start = async (settings: StationSettings): Promise<void> => {
    running = await composeStation(settings);
    if (stopping) await running.stop();
    channel.send({ t: 'ready', port: running.gateway.port, panelPort: running.panelPort, url: running.gateway.url });
  };

  channel.onMessage((message) => {
    if (message.t === 'ping') channel.send({ t: 'pong', n: message.n });
    else if (message.t === 'stop') void stop();
    else {
      start(message.settings).catch((error: unknown) => {
        const failure = failureOf(error);
        const detail = failure === 'realCommunity' || failure === null ? message.settings.dataDir : String(error instanceof Error ? error.message : error);
        if (failure !== null) channel.send({ t: 'failed', failure, detail });
        else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        // The message to the supervisor goes out before the process ends.
        setImmediate(() => process.exit(failure === null ? 1 : CANNOT_RUN));
      });
    }
  });
  channel.onLost(() => void stop());
  // A terminal sends these to the whole group; the supervisor decides when the station stops.
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);
  process.on('SIGTERM', () => void stop());
};

const channel = openStationChannel();
if (channel === null) {
  process.stderr.write('The station is started by its supervisor: run `npm start`.\n');
  process.exitCode = 2;
} else {
  main(channel);
}
