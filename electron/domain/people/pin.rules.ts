import type { Refusal } from '../kernel/machine.ts';

const steps = (digits: readonly number[]): readonly number[] =>
  digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);

/** One digit throughout, counting up or down, or one pair of digits again and again. */
const isTrivial = (pin: string): boolean => {
  const between = new Set(steps(Array.from(pin, Number)));
  const pair = pin.slice(0, 2);
  const [only] = between;
  return (between.size === 1 && (only === 0 || only === 1 || only === 9)) || pair.repeat(pin.length).startsWith(pin);
};

/** Why a PIN is not taken: `pinFormat` (4 to 8 digits), `pinTrivial` (0000, 1234, 8765, 1212 …). `null`: it is. */
export const refusesPin = (pin: string): Refusal | null => {
  if (!/^\d{4,8}$/.test(pin)) return { kind: 'pinFormat', details: { least: 4, most: 8 } };
  return isTrivial(pin) ? { kind: 'pinTrivial' } : null;
};
