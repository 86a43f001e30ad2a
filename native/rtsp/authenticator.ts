import { createHash, randomBytes } from 'node:crypto';
import type { DeviceHabits } from './device-habits.ts';
import { asBytes } from './rtsp-message.ts';

/** One `WWW-Authenticate` challenge (RFC 7616, RFC 7617), names in lower case. */
interface Challenge {
  readonly scheme: 'digest' | 'basic';
  readonly parameters: ReadonlyMap<string, string>;
}

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

const MAX_CHALLENGE_CHARS = 8192;

/** A name with a value in quotes or without, or a word: what stands in quotes is never taken for more than a value. */
const token = /([a-z][a-z0-9_-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s,"]+))|([a-z][a-z0-9_-]*)/gi;

/** Splits header values into challenges; several may share one header, and Hikvision sends two headers. */
export const parseChallenges = (values: readonly string[]): Challenge[] => {
  const challenges: Challenge[] = [];
  for (const value of values) {
    let parameters: Map<string, string> | null = null;
    const text = value.slice(0, MAX_CHALLENGE_CHARS);
    for (const found of text.matchAll(token)) {
      const [whole, name, inQuotes, bare, word] = found;
      if (name !== undefined) {
        parameters?.set(name.toLowerCase(), (inQuotes ?? bare ?? '').replaceAll(/\\(.)/g, '$1'));
        continue;
      }
      const scheme = (word ?? '').toLowerCase();
      if (scheme === 'digest' || scheme === 'basic') {
        parameters = new Map<string, string>();
        challenges.push({ scheme, parameters });
      } else if (/^\s+[a-z]/i.test(text.slice(found.index + whole.length))) {
        // Another way of signing in, with parameters of its own.
        parameters = null;
      }
    }
  }
  return challenges;
};

const hashByAlgorithm: Readonly<Record<string, string>> = {
  md5: 'md5',
  'md5-sess': 'md5',
  'sha-256': 'sha256',
  'sha-256-sess': 'sha256',
};

const algorithmOf = (challenge: Challenge): string => (challenge.parameters.get('algorithm') ?? 'MD5').toLowerCase();

/** Higher is safer; 0 cannot be used. */
const strength = (challenge: Challenge): number => {
  if (challenge.scheme === 'basic') return 1;
  const hash = hashByAlgorithm[algorithmOf(challenge)];
  const qop = challenge.parameters.get('qop');
  const usable = qop === undefined || qop.split(',').some((one) => one.trim().toLowerCase() === 'auth');
  if (hash === undefined || !usable || !challenge.parameters.has('nonce')) return 0;
  return hash === 'sha256' ? 3 : 2;
};

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

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

  const name = asBytes(username ?? '');
  const secret = asBytes(password ?? '');

  const digest = (challenge: Challenge, method: string, uri: string): string => {
    const algorithm = algorithmOf(challenge);
    const hash = (text: string): string =>
      createHash(hashByAlgorithm[algorithm] ?? 'md5')
        .update(text, 'latin1')
        .digest('hex');
    const realm = challenge.parameters.get('realm') ?? '';
    const nonce = challenge.parameters.get('nonce') ?? '';
    const clientNonce = cnonce();
    const account = hash(`${name}:${realm}:${secret}`);
    const a1 = algorithm.endsWith('-sess') ? hash(`${account}:${nonce}:${clientNonce}`) : account;
    const a2 = hash(`${method}:${uri}`);
    const fields = [
      `username=${quoted(name)}`,
      `realm=${quoted(realm)}`,
      `nonce=${quoted(nonce)}`,
      `uri=${quoted(uri)}`,
    ];
    if (challenge.parameters.has('qop')) {
      nonceCount += 1;
      const count = nonceCount.toString(16).padStart(8, '0');
      fields.push(
        `response="${hash(`${a1}:${nonce}:${count}:${clientNonce}:auth:${a2}`)}"`,
        'qop=auth',
        `nc=${count}`,
        `cnonce=${quoted(clientNonce)}`,
      );
    } else {
      fields.push(`response="${hash(`${a1}:${nonce}:${a2}`)}"`);
      if (algorithm.endsWith('-sess')) fields.push(`cnonce=${quoted(clientNonce)}`);
    }
    if (challenge.parameters.has('algorithm'))
      fields.push(`algorithm=${challenge.parameters.get('algorithm') ?? 'MD5'}`);
    const opaque = challenge.parameters.get('opaque');
    if (opaque !== undefined) fields.push(`opaque=${quoted(opaque)}`);
    return `Digest ${fields.join(', ')}`;
  };

  return {
    authorization: (method, address) => {
      const uri = asBytes(address);
      if (current === null || username === null) return null;
      sent = true;
      if (current.scheme === 'digest') return digest(current, method, uri);
      return `Basic ${Buffer.from(`${name}:${secret}`, 'latin1').toString('base64')}`;
    },
    challenged: (values) => {
      if (username === null) return 'noCredentials';
      const offered = parseChallenges(values);
      const best = offered.toSorted((a, b) => strength(b) - strength(a))[0];
      const asked = plain.habits.asksDigest || offered.some((one) => one.scheme === 'digest');
      plain.habits.asksDigest = asked;
      if (best === undefined || strength(best) === 0) return 'unsupported';
      if (best.scheme === 'basic' && asked && !plain.allowsPlain) return 'plainOnly';
      if (sent) {
        const isStale = best.parameters.get('stale')?.toLowerCase() === 'true';
        const isNewNonce = acceptedOnce && best.parameters.get('nonce') !== current?.parameters.get('nonce');
        // Where the clear is allowed, a camera that asks for it only after it was answered safely has refused nobody yet.
        const isWorthIt = best.scheme === 'basic' ? current?.scheme === 'digest' : isStale || isNewNonce;
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
