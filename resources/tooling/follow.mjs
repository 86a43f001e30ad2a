/** How the programs of the tooling end with their child, and it with them. Plain JavaScript of Node 20, as all that runs before an install. */
import { say, stop } from './install.mjs';
import { windows } from './installed.mjs';

/** How long a program that was asked to stop may take, milliseconds: the supervisor's own patience with its station, and a little. */
export const STOP_PATIENCE_MS = 15_000;

/** The child's standard streams, and a channel for the wish to stop. */
export const withChannel = ['inherit', 'inherit', 'inherit', 'ipc'];

const systemAfter = (delayMs, callback) => {
  const timer = setTimeout(callback, delayMs);
  timer.unref();
};

/**
 * Returns the way to ask a child to stop. One that said so (`native/os/stop-wish.ts`) is asked by message and ends in its own order on every
 * system; another one gets SIGTERM, which on Windows ends it at once (Node documents it). A child that is still there after the patience is ended.
 */
export const stopperOf = (child, after = systemAfter) => {
  let stopsByMessage = false;
  let asked = false;
  child.on('message', (message) => {
    if (message?.t === 'stopsByMessage') stopsByMessage = true;
  });
  return () => {
    if (stopsByMessage && child.connected) child.send({ t: 'stop' }, () => undefined);
    else child.kill('SIGTERM');
    if (asked) return;
    asked = true;
    after(STOP_PATIENCE_MS, () => {
      say('It did not stop when it was asked to, and is ended. 没有按要求停下，已强制结束。');
      child.kill('SIGKILL');
    });
  };
};

/** Ends with the child, passes on the wish to stop, and stops the child when whoever started us is gone (npm does not always say so). */
export const follow = (child) => {
  const stopChild = stopperOf(child);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stopChild);
  // Node would open a debugger to whoever sends it.
  process.on('SIGUSR1', () => undefined);
  const parent = process.ppid;
  const watch = windows
    ? null
    : setInterval(() => {
        if (process.ppid === parent) return;
        clearInterval(watch);
        stopChild();
      }, 1000);
  child.on('error', (error) => stop(error.message));
  child.on('close', (code) => {
    if (watch !== null) clearInterval(watch);
    process.exit(code ?? 1);
  });
};
