import { expect, it } from 'vitest';
import { createPinHasher } from './pin-hasher.ts';

const pins = createPinHasher();

it('knows the PIN again and no other', async () => {
  const stored = await pins.hash('2580');
  expect(await pins.verify('2580', stored)).toBe(true);
  expect(await pins.verify('2581', stored)).toBe(false);
});

it('stores neither the PIN nor the same text twice', async () => {
  const [first, second] = await Promise.all([pins.hash('2580'), pins.hash('2580')]);
  expect(first).not.toBe(second);
  expect(first).not.toContain('2580');
});

it('refuses what is no hash', async () => {
  expect(await pins.verify('2580', '2580')).toBe(false);
});
