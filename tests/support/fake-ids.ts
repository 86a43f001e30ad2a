import { createHash } from 'node:crypto';
import type { Ids } from '../../electron/station/ports/clock.port.ts';

const sha256 = (text: string) => createHash('sha256').update(text);

/** Ids that count, so that a failing test can be read; shaped as UUIDs of version 7. Tokens repeat from run to run. */
export const createCountingIds = (): Ids => {
  let last = 0;
  const next = (): string => `00000000-0000-7000-8000-${String((last += 1)).padStart(12, '0')}`;
  return {
    next,
    hash: (text) => sha256(text).digest('hex'),
    keyPair: () => ({ publicKey: `public ${next()}`, privateKey: `private ${next()}` }),
    token: () => sha256(`token ${next()}`).digest('base64url'),
  };
};
