import { fork } from 'node:child_process';
import path from 'node:path';
import type { FromStation } from './station-channel.ts';
import type { StationProcess } from './supervisor.ts';

export interface ForkOptions {
  /** Environment of the station, beside this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether what the station prints for people is shown; its errors always are. */
  readonly quiet?: boolean;
  /** Another program than the station, for tests. */
  readonly entry?: string;
}

/** The station as a child process of plain Node, talking over its IPC channel. */
export const forkStation = ({
  env = {},
  quiet = false,
  entry = path.join(import.meta.dirname, 'station-main.ts'),
}: ForkOptions = {}): StationProcess => {
  const child = fork(entry, [], {
    // Nobody opens a debugger into a running station from outside. The signal means nothing to it then.
    execArgv: [...process.execArgv.filter((argument) => argument !== '--disable-sigusr1'), '--disable-sigusr1'],
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  return {
    pid: child.pid,
    send: (message) => {
      // The child may end while the message is on its way: `onExit` tells that.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as FromStation)),
    onExit: (listener) => child.once('exit', (code) => listener(code)),
    kill: () => child.kill('SIGKILL'),
  };
};
