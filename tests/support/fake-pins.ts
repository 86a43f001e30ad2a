import { hash } from 'node:crypto';
import type { PinHasher } from '../../electron/station/ports/clock.port.ts';

/** Salted, and not slow: the salt counts. */
export const createFakePins = (): PinHasher => {
  let salts = 0;
  const under = (salt: number, pin: string): string =>
    `fake$${salt}$${hash('sha256', `${salt} ${pin.normalize('NFKC')}`, 'hex')}`;
  return {
    hash: async (pin) => under((salts += 1), pin),
    verify: async (pin, stored) => under(Number(stored.split('$')[1]), pin) === stored,
  };
};
