import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { STOP_PATIENCE_MS, stopperOf } from './follow.mjs';

/** A child that writes down what is done to it, and a patience that runs out when told to. */
const createWorld = () => {
  const done: string[] = [];
  const patiences: { readonly ms: number; readonly end: () => void }[] = [];
  const child = Object.assign(new EventEmitter(), {
    connected: true,
    send: (message: { readonly t: string }) => void done.push(message.t),
    kill: (signal: string) => void done.push(signal),
  });
  const stop = stopperOf(child, (ms, end) => void patiences.push({ ms, end }));
  return { child, stop, done, patiences };
};

it('asks a child by message where it said that it stops so, and ends it only after the patience', () => {
  const { child, stop, done, patiences } = createWorld();
  child.emit('message', { t: 'stopsByMessage' });
  stop();
  stop();
  expect(done).toEqual(['stop', 'stop']);
  expect(patiences.map(({ ms }) => ms)).toEqual([STOP_PATIENCE_MS]);
  patiences[0]?.end();
  expect(done.at(-1)).toBe('SIGKILL');
});

it('sends a signal to a child that knows no message, or whose channel is gone', () => {
  const silent = createWorld();
  silent.stop();
  expect(silent.done).toEqual(['SIGTERM']);
  const gone = createWorld();
  gone.child.emit('message', { t: 'stopsByMessage' });
  gone.child.connected = false;
  gone.stop();
  expect(gone.done).toEqual(['SIGTERM']);
});
