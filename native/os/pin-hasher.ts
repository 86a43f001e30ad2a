import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import type { PinHasher } from '../../electron/station/ports/clock.port.ts';

/** 16 MB and about 50 ms on an office PC: a stolen file costs minutes for a 4-digit PIN and weeks for an 8-digit one (scrypt, RFC 7914). */
const cost = { N: 16_384, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
/** What `hash` writes, whole: a hash whose key was cut short would be right for more than one PIN. */
const format = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]{22})\$([\w-]{43})$/;

const derive = (pin: string, salt: Buffer, bytes: number, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(pin.normalize('NFKC'), salt, bytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

/** PINs and recovery codes under scrypt; the parameters are stored with each hash, so that they can grow. */
export const createPinHasher = (): PinHasher => ({
  hash: async (pin) => {
    const salt = randomBytes(16);
    const key = await derive(pin, salt, KEY_BYTES, cost);
    return `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
  },
  verify: async (pin, stored) => {
    const [, n, r, p, salt = '', key = ''] = format.exec(stored) ?? [];
    if (key === '') return false;
    const expected = Buffer.from(key, 'base64url');
    const options = { N: Number(n), r: Number(r), p: Number(p) };
    const actual = await derive(pin, Buffer.from(salt, 'base64url'), expected.length, options);
    return timingSafeEqual(actual, expected);
  },
});
