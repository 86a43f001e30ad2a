import { expect, it } from 'vitest';
import { createListeners } from './listeners.ts';

it('tells each listener once, in order, until it leaves', () => {
  const listeners = createListeners<[string]>();
  const heard: string[] = [];
  const first = (word: string): void => void heard.push(`first ${word}`);
  const leave = listeners.add(first);
  listeners.add(first);
  listeners.add((word) => void heard.push(`second ${word}`));
  listeners.tell('a');
  leave();
  listeners.tell('b');
  listeners.clear();
  listeners.tell('c');
  expect(heard).toEqual(['first a', 'second a', 'second b']);
});
