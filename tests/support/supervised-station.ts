/** A real station under a real supervisor, in a data folder of its own: what the journeys and the faults talk to. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { forkStation } from '../../electron/fork-station.ts';
import type { StationSettings } from '../../electron/station-channel.ts';
import { createSupervisor, type StationAddress } from '../../electron/supervisor.ts';
import { createFastClock } from './fast-clock.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface SupervisedStation {
  readonly address: StationAddress;
  readonly token: string;
  readonly dataDir: string;
  /** Process id of the station that runs now. */
  readonly pid: () => number | undefined;
  readonly restarts: () => number;
  /** Stops it and keeps the data folder. */
  readonly stop: () => Promise<'inOrder' | 'byForce'>;
  /** Stops it and removes the data folder. */
  readonly remove: () => Promise<void>;
}

export interface StationRequest extends Partial<Omit<StationSettings, 'token'>> {
  /** Environment of the station process, beside this one's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Shortens all of the supervisor's waits, its patience with a station that does not answer too; 1 as they are. */
  readonly timeScale?: number;
  /** A station that ended is started again at once, so that many restarts fit into a test; the supervisor is as patient as ever. */
  readonly restartsAtOnce?: boolean;
}

/** Starts a station and waits until it is ready. Without a folder it gets a new one whose name has a space and Chinese in it. */
export const startSupervisedStation = async (request: StationRequest = {}): Promise<SupervisedStation> => {
  const { env = {}, timeScale = 1, restartsAtOnce = false, ...given } = request;
  const token = randomBytes(16).toString('base64url');
  const dataDir = given.dataDir ?? mkdtempSync(path.join(tmpdir(), 'guardroom 值守 '));
  const supervisor = createSupervisor({
    fork: () => forkStation({ env, quiet: true }),
    settings: {
      port: 0,
      panelPort: 0,
      panelHost: '127.0.0.1',
      panelSources: ['127.0.0.1'],
      demo: 'real',
      lang: null,
      staticDir: path.join(root, 'dist', 'renderer'),
      extraOrigins: [],
      version: 'test',
      deviceKey: null,
      ...given,
      dataDir,
      token,
    },
    clock: createFastClock(1 / timeScale),
    ...(restartsAtOnce ? { restartDelays: { firstMs: 5, longestMs: 100 } } : {}),
    say: () => undefined,
  });
  const address = await supervisor.ready;
  return {
    address,
    token,
    dataDir,
    pid: supervisor.stationPid,
    restarts: supervisor.restarts,
    stop: supervisor.stop,
    remove: async () => {
      await supervisor.stop();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
