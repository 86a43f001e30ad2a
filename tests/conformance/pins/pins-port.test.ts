/** One suite for PINs and recovery codes, under scrypt and in the fake that is quick. */
import { describe, expect, it } from 'vitest';
import { createPinHasher } from '../../../native/os/pin-hasher.ts';
import { createFakePins } from '../../support/fake-pins.ts';

describe.each([
  ['quick', createFakePins],
  ['scrypt', createPinHasher],
] as const)('pin hasher port: %s', (_name, open) => {
  it('knows a PIN and a recovery code again, and no other', async () => {
    const pins = open();
    for (const [right, wrong] of [
      ['2580', '2581'],
      ['K7QM-2XRD-9PWH', 'K7QM-2XRD-9PWJ'],
      ['密码', ''],
    ] as const) {
      const stored = await pins.hash(right);
      expect([await pins.verify(right, stored), await pins.verify(wrong, stored)]).toEqual([true, false]);
    }
  });

  it('takes the wide digits of a Chinese keyboard for the digits they are', async () => {
    const pins = open();
    expect(await pins.verify('２５８０', await pins.hash('2580'))).toBe(true);
  });

  it('shows nothing: not the PIN, and not who has the same one', async () => {
    const pins = open();
    const [one, other] = [await pins.hash('24681357'), await pins.hash('24681357')];
    expect(one).not.toContain('24681357');
    expect(one).not.toBe(other);
  });

  it('refuses what is no hash, and whatever is left of one', async () => {
    const pins = open();
    const stored = await pins.hash('2580');
    const withoutKey = stored.slice(0, stored.lastIndexOf('$') + 1);
    for (const text of ['', '2580', '$', 'scrypt$', 'scrypt$$$$$', stored.slice(0, -8), withoutKey])
      expect(await pins.verify('2580', text)).toBe(false);
  });
});
