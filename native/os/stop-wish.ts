/** What whoever started a program sends it in place of a signal, and what the program says first to be sent it. The words of `resources/tooling/follow.mjs`. */
const isStop = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 't' in message && message.t === 'stop';

/**
 * Calls back each time somebody wishes this program to stop in order: by a signal; by the message `{t: 'stop'}` of whoever started it, which
 * also a Windows hears, where SIGTERM from another program ends this one at once; or because whoever started it is gone.
 */
export const onStopWish = (listener: () => void): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
  if (process.send === undefined) return;
  process.on('message', (message) => {
    if (isStop(message)) listener();
  });
  process.once('disconnect', listener);
  process.send({ t: 'stopsByMessage' });
};
