import { expect, it } from 'vitest';
import { armPosition } from './limit-switches.ts';

it.each([
  [true, false, 'open'],
  [false, true, 'closed'],
  [false, false, 'moving'],
  [true, true, 'unknown'],
  [null, false, 'unknown'],
  [null, true, 'unknown'],
  [true, null, 'unknown'],
  [true, undefined, 'open'],
  [false, undefined, 'unknown'],
  [undefined, true, 'closed'],
  [undefined, false, 'unknown'],
  [undefined, null, 'unknown'],
  [undefined, undefined, null],
] as const)('open limit %s and closed limit %s is %s', (open, closed, position) => {
  expect(armPosition({ open, closed })).toBe(position);
});
