import { expect, test } from 'vitest';
import { createKeptGroup } from './kept-group.ts';

const frame = (number: number, key = false) => ({
  key,
  data: new Uint8Array(10),
  arrivedAtMs: number,
  receivedMs: number,
});

test('frames come out in order, once, and again after a rewind', () => {
  const group = createKeptGroup();
  group.add(frame(1, true));
  group.add(frame(2));
  expect([group.next(), group.next(), group.next()].map((kept) => kept?.arrivedAtMs)).toEqual([1, 2, undefined]);
  expect(group.rewind()).toBe(true);
  expect(group.peek()?.arrivedAtMs).toBe(1);
});

test('a key frame replaces the group and says what it pushed out', () => {
  const group = createKeptGroup();
  group.add(frame(1, true));
  group.next();
  group.add(frame(2));
  group.add(frame(3));
  expect(group.add(frame(4, true))).toBe(2);
  expect(group.next()?.arrivedAtMs).toBe(4);
});

test('beyond its bound the decoded part is let go, and it cannot be fed again', () => {
  const group = createKeptGroup(25);
  group.add(frame(1, true));
  group.next();
  group.add(frame(2));
  group.add(frame(3));
  expect(group.next()?.arrivedAtMs).toBe(2);
  expect(group.rewind()).toBe(false);
  expect(group.next()).toBeNull();
});
