import { expect, it } from 'vitest';
import { createOpeningTickets } from './opening-tickets.ts';

it('are good once, for two minutes, and no two are alike', () => {
  let now = 0;
  const tickets = createOpeningTickets(() => now);
  const [first, second] = [tickets.make(), tickets.make()];
  expect(first).not.toBe(second);
  expect([tickets.spend(first), tickets.spend(first)]).toEqual([true, false]);
  now = 120_001;
  expect(tickets.spend(second)).toBe(false);
  expect(tickets.spend('made up')).toBe(false);
});

it('are bounded: the oldest of too many is forgotten', () => {
  const tickets = createOpeningTickets(() => 0);
  const made = Array.from({ length: 17 }, () => tickets.make());
  expect(made.map(tickets.spend)).toEqual([false, ...Array.from({ length: 16 }, () => true)]);
});
