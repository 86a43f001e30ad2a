import { utilityProcess } from 'electron';
import type { FromStation } from '../station-channel.ts';
import type { StationProcess } from '../supervisor.ts';

/** The station in Electron's utility process: plain Node, ended with the shell. */
export const forkStation = (entry: string): StationProcess => {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Guardroom station', stdio: 'inherit' });
  return {
    pid: child.pid,
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', (message: FromStation) => listener(message)),
    onExit: (listener) => child.once('exit', (code) => listener(code)),
    kill: () => child.kill(),
  };
};
