/** Signing in to a device over HTTP or RTSP: Digest and Basic (RFC 7616, RFC 7617, RFC 2069). Challenges and answers are header bytes (`header-text.ts`). */
import { createHash, randomBytes } from 'node:crypto';
import { asBytes } from './header-text.ts';

/** What a device offers with 401 and we can answer. */
export type Challenge =
  | {
      readonly scheme: 'digest';
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | null;
      readonly qop: boolean;
      readonly hash: 'md5' | 'sha256';
      /** As the device wrote it, to be said back; `null` where it named none, as most cameras do. */
      readonly algorithm: string | null;
      readonly session: boolean;
      readonly stale: boolean;
    }
  | { readonly scheme: 'basic' };

/** One offer as it was written, names in lower case. */
interface Offer {
  readonly scheme: 'digest' | 'basic';
  readonly parameters: ReadonlyMap<string, string>;
}

/** Longer headers are cut. */
const MAX_CHALLENGE_CHARS = 8192;

/** A name with a value in quotes or without, or a word: what stands in quotes is never taken for more than a value. */
const token = /([a-z][a-z0-9_-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s,"]+))|([a-z][a-z0-9_-]*)/gi;

/** Splits header values into offers; several may share one header, and Hikvision sends two headers. */
const readOffers = (values: readonly string[]): readonly Offer[] => {
  const offers: Offer[] = [];
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
        offers.push({ scheme, parameters });
      } else if (/^\s+[a-z]/i.test(text.slice(found.index + whole.length))) {
        // Another way of signing in, with parameters of its own.
        parameters = null;
      }
    }
  }
  return offers;
};

const hashes: Readonly<Record<string, 'md5' | 'sha256'>> = { md5: 'md5', 'sha-256': 'sha256' };

/** The offer as we can answer it, or `null`: another algorithm, no nonce, or only `auth-int`. */
const toChallenge = ({ scheme, parameters }: Offer): Challenge | null => {
  if (scheme === 'basic') return { scheme };
  const algorithm = parameters.get('algorithm') ?? null;
  const [name = '', session] = (algorithm ?? 'MD5').toLowerCase().split(/-(?=sess$)/);
  const hash = hashes[name];
  const qop = parameters.get('qop');
  const nonce = parameters.get('nonce');
  const isUsable = qop === undefined || qop.split(',').some((one) => one.trim().toLowerCase() === 'auth');
  if (hash === undefined || nonce === undefined || !isUsable) return null;
  return {
    scheme,
    realm: parameters.get('realm') ?? '',
    nonce,
    opaque: parameters.get('opaque') ?? null,
    qop: qop !== undefined,
    hash,
    algorithm,
    session: session !== undefined,
    stale: parameters.get('stale')?.toLowerCase() === 'true',
  };
};

/** Higher is safer. */
const strength = (challenge: Challenge): number =>
  challenge.scheme === 'basic' ? 0 : challenge.hash === 'md5' ? 1 : 2;

export interface Asked {
  /** The safest that can be answered, or `null`: Digest SHA-256, then Digest MD5, then Basic. */
  readonly best: Challenge | null;
  /** Digest was among it, also where it cannot be answered: then the device knows better than to ask in the clear. */
  readonly asksDigest: boolean;
}

/** What is asked for by the values of all `WWW-Authenticate` headers of one 401. */
export const readChallenges = (values: readonly string[]): Asked => {
  const offers = readOffers(values);
  const usable = offers.map(toChallenge).filter((challenge) => challenge !== null);
  return {
    best: usable.toSorted((one, other) => strength(other) - strength(one))[0] ?? null,
    asksDigest: offers.some(({ scheme }) => scheme === 'digest'),
  };
};

export interface DigestRequest {
  readonly method: string;
  /** As in the request line: for HTTP path and query, for RTSP the whole address. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  /** How often this nonce has been used, from 1. */
  readonly count: number;
  /** For tests; random when left out. */
  readonly clientNonce?: string;
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** The `Authorization` header that answers a challenge (RFC 7616 section 3.4, RFC 7617), as header bytes. */
export const authorization = (challenge: Challenge, request: DigestRequest): string => {
  const [username, password, uri] = [request.username, request.password, request.uri].map(asBytes);
  if (challenge.scheme === 'basic')
    return `Basic ${Buffer.from(`${username}:${password}`, 'latin1').toString('base64')}`;
  const { realm, nonce, opaque, algorithm, session, qop } = challenge;
  const hash = (text: string): string => createHash(challenge.hash).update(text, 'latin1').digest('hex');
  const clientNonce = request.clientNonce ?? randomBytes(12).toString('hex');
  const count = request.count.toString(16).padStart(8, '0');
  const account = hash(`${username}:${realm}:${password}`);
  const first = session ? hash(`${account}:${nonce}:${clientNonce}`) : account;
  const second = hash(`${request.method}:${uri}`);
  const response = hash(
    qop ? `${first}:${nonce}:${count}:${clientNonce}:auth:${second}` : `${first}:${nonce}:${second}`,
  );
  return [
    `Digest username=${quoted(username ?? '')}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri ?? '')}`,
    `response="${response}"`,
    ...(qop ? ['qop=auth', `nc=${count}`] : []),
    ...(qop || session ? [`cnonce=${quoted(clientNonce)}`] : []),
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
  ].join(', ');
};
