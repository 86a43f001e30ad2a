import { expect, it } from 'vitest';
import { settle } from '../../tests/support/station-harness.ts';
import { createVoice } from './voice.ts';

/** The browser's locks, shared by all windows, as far as the voice needs them. */
const createLocks = () => {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, { signal }: LockOptions, hold: () => Promise<void>): Promise<void> => {
    const mine = last.then(async () => {
      if (signal?.aborted !== true) await hold();
    });
    last = mine;
    return mine;
  };
  return { request } as unknown as Pick<LockManager, 'request'>;
};

it('is one of the windows that can be heard, and goes on to the next one', async () => {
  const locks = createLocks();
  const [first, second] = [createVoice(locks), createVoice(locks)];
  expect([first.isOurs(), second.isOurs()]).toEqual([false, false]);
  first.want(true);
  second.want(true);
  await settle();
  expect([first.isOurs(), second.isOurs()]).toEqual([true, false]);
  first.want(false);
  await settle();
  expect([first.isOurs(), second.isOurs()]).toEqual([false, true]);
  first.want(true);
  await settle();
  expect([first.isOurs(), second.isOurs()]).toEqual([false, true]);
});

it('is every window where the browser cannot tell them apart', () => {
  expect(createVoice(undefined).isOurs()).toBe(true);
});
