import { randomBytes } from 'node:crypto';
import { authorization, readChallenges, type Challenge } from '../kit/digest.ts';
import type { DeviceHabits } from './device-habits.ts';

/** What a 401 means: try again with what was learned, or why trying again is of no use. */
type ChallengeOutcome = 'retry' | 'rejected' | 'noCredentials' | 'unsupported' | 'plainOnly';

/** How far the password may travel in the clear (Basic): never to a camera that has asked for Digest, unless it is allowed. */
export interface PlainPolicy {
  readonly habits: Pick<DeviceHabits, 'asksDigest'>;
  readonly allowsPlain: boolean;
}

export interface Authenticator {
  /** The `Authorization` value for a request, or `null` while nothing was asked for. */
  readonly authorization: (method: string, uri: string) => string | null;
  /** Takes the values of all `WWW-Authenticate` headers of one 401. */
  readonly challenged: (values: readonly string[]) => ChallengeOutcome;
  /** A request with credentials was answered with something else than 401. */
  readonly accepted: () => void;
}

/**
 * Answers challenges with one account. A nonce that grew old is renegotiated once; a second refusal is final, because
 * repeated failures lock the account of many cameras.
 * @param cnonce makes the client nonce; tests pass the published one.
 */
export const createAuthenticator = (
  username: string | null,
  password: string | null,
  plain: PlainPolicy = { habits: { asksDigest: false }, allowsPlain: false },
  cnonce: () => string = () => randomBytes(12).toString('hex'),
): Authenticator => {
  let current: Challenge | null = null;
  let sent = false;
  let acceptedOnce = false;
  let renegotiated = false;
  let nonceCount = 0;

  return {
    authorization: (method, uri) => {
      if (current === null || username === null) return null;
      sent = true;
      nonceCount += 1;
      const request = { method, uri, username, password: password ?? '', count: nonceCount };
      return authorization(current, { ...request, clientNonce: cnonce() });
    },
    challenged: (values) => {
      if (username === null) return 'noCredentials';
      const { best, asksDigest } = readChallenges(values);
      const asked = plain.habits.asksDigest || asksDigest;
      plain.habits.asksDigest = asked;
      if (best === null) return 'unsupported';
      if (best.scheme === 'basic' && asked && !plain.allowsPlain) return 'plainOnly';
      if (sent) {
        const nonceBefore = current?.scheme === 'digest' ? current.nonce : null;
        // Where the clear is allowed, a camera that asks for it only after it was answered safely has refused nobody yet.
        const isWorthIt =
          best.scheme === 'basic'
            ? current?.scheme === 'digest'
            : best.stale || (acceptedOnce && best.nonce !== nonceBefore);
        if (renegotiated || !isWorthIt) return 'rejected';
        renegotiated = true;
      }
      current = best;
      nonceCount = 0;
      return 'retry';
    },
    accepted: () => {
      if (!sent) return;
      acceptedOnce = true;
      renegotiated = false;
    },
  };
};
