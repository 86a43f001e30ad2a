/** The station process: waits for its settings, composes the station, and reports to its supervisor. Knows nothing of Electron. */
import { refuseDebugger } from '../native/os/no-debugger.ts';
import { maskOthers } from '../native/os/owner-only.ts';
import { keepStandardStreams } from '../native/os/standard-streams.ts';
import { composeStation, type RunningStation } from './compose.ts';
import { failureOf } from './start-failure.ts';
import { openStationChannel, type StartedAgain, type StationChannel, type StationSettings } from './station-channel.ts';

/** Exit status of a station that cannot run at all: starting it again would not help. */
const CANNOT_RUN = 3;

/** How long the supervisor has to take note of a failure, milliseconds. */
const FAREWELL_MS = 2000;

/** Without a supervisor nobody ends a station whose stopping hangs: then it ends itself after this long, milliseconds. */
const LOST_MS = 10_000;

const main = (channel: StationChannel): void => {
  let running: RunningStation | null = null;
  let stopping = false;

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await running?.stop();
    await channel.sendLast({ t: 'stopped' });
    process.exit(0);
  };

  const start = async (settings: StationSettings, again: StartedAgain | null): Promise<void> => {
    running = await composeStation(settings, again, (busy) => channel.send({ t: 'busy', ...busy }));
    if (stopping) await running.stop();
    channel.send({ t: 'ready', port: running.gateway.port, panelPort: running.panelPort, url: running.gateway.url });
  };

  channel.onMessage((message) => {
    if (message.t === 'ping') channel.send({ t: 'pong', n: message.n });
    else if (message.t === 'stop') void stop();
    else {
      start(message.settings, message.again).catch((error: unknown) => {
        const failed = failureOf(error, message.settings.dataDir);
        if (failed !== null) channel.send({ t: 'failed', ...failed });
        else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        // A message can be lost when its sender ends at once: the supervisor ends a station that has failed, and this only where it cannot.
        setTimeout(() => process.exit(failed === null ? 1 : CANNOT_RUN), failed === null ? 0 : FAREWELL_MS);
      });
    }
  });
  channel.onLost(() => {
    setTimeout(() => process.exit(1), LOST_MS).unref();
    void stop();
  });
  // A terminal sends these to the whole group; the supervisor decides when the station stops.
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);
  process.on('SIGTERM', () => void stop());
};

keepStandardStreams();
maskOthers();
refuseDebugger();
const channel = openStationChannel();
if (channel === null) {
  process.stderr.write('The station is started by its supervisor: run `npm start`.\n');
  process.exitCode = 2;
} else {
  main(channel);
}
