import { expect, it } from 'vitest';
import { createSystemIds, uuidV7 } from './system-ids.ts';

it('makes UUIDs of version 7 and variant 10', () => {
  expect(uuidV7(0x0123456789ab, Buffer.alloc(10, 0xff))).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
});

it('sorts by time', () => {
  const early = uuidV7(1000, Buffer.alloc(10, 0xff));
  const late = uuidV7(1001, Buffer.alloc(10, 0));
  expect(early < late).toBe(true);
});

it('never repeats a token', () => {
  const ids = createSystemIds(() => 0);
  const tokens = new Set(Array.from({ length: 1000 }, () => ids.token()));
  expect(tokens.size).toBe(1000);
  expect(Math.min(...[...tokens].map((token) => token.length))).toBe(43);
});
