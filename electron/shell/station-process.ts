import { utilityProcess } from 'electron';
import type { FromStation } from '../station-channel.ts';
import type { StationProcess } from '../supervisor.ts';

/**
 * The station in Electron's utility process: plain Node, ended with the shell. What is sent before the station listens is kept for it
 * (`parentPort` queues until its first listener).
 */
export const forkStation = (entry: string): StationProcess => {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Guardroom station', stdio: 'inherit' });
  let hasEnded = false;
  // The first listener: whoever hears of the end later must not send any more, for that brings the shell down (electron issue 53923).
  child.once('exit', () => {
    hasEnded = true;
  });
  const end = (): void => {
    if (hasEnded || child.pid === undefined) return;
    try {
      // Not `child.kill()`: that is SIGTERM, which the station takes as a wish and one that hangs never hears.
      process.kill(child.pid, 'SIGKILL');
    } catch {
      // It has ended already and its `exit` is on the way.
      child.kill();
    }
  };
  return {
    // Known from `spawn` on, and unknown again after `exit`.
    get pid() {
      return child.pid;
    },
    send: (message) => {
      if (!hasEnded) child.postMessage(message);
    },
    onMessage: (listener) => child.on('message', (message: FromStation) => listener(message)),
    onExit: (listener) => child.once('exit', (code) => listener(code)),
    kill: () => {
      if (child.pid === undefined) child.once('spawn', end);
      else end();
    },
  };
};
