import { createHash, randomBytes } from 'node:crypto';

/** What a server asked for with 401. */
export type Challenge =
  | {
      readonly scheme: 'digest';
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | null;
      readonly qop: boolean;
      readonly algorithm: 'MD5' | 'SHA-256';
      readonly session: boolean;
      readonly stale: boolean;
    }
  | { readonly scheme: 'basic' };

/** `name=value` pairs, quoted or not; a quote inside is escaped by a backslash (RFC 9110 section 11.2). */
const parameters = (text: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const match of text.matchAll(/([A-Za-z0-9-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)) {
    found.set((match[1] ?? '').toLowerCase(), match[2]?.replaceAll(/\\(.)/g, '$1') ?? match[3] ?? '');
  }
  return found;
};

const toChallenge = (header: string): Challenge | null => {
  const text = header.slice(0, 2048);
  if (/^\s*basic\b/i.test(text)) return { scheme: 'basic' };
  if (!/^\s*digest\b/i.test(text)) return null;
  const found = parameters(text);
  const [name = '', suffix] = (found.get('algorithm') ?? 'MD5').toUpperCase().split(/-(?=SESS$)/);
  const algorithm = name === 'MD5' || name === 'SHA-256' ? name : null;
  const qop = found.get('qop');
  const nonce = found.get('nonce');
  if (algorithm === null || nonce === undefined) return null;
  // Only `auth-int` is asked for: not offered here.
  if (qop !== undefined && !qop.split(',').some((value) => value.trim() === 'auth')) return null;
  return {
    scheme: 'digest',
    realm: found.get('realm') ?? '',
    nonce,
    opaque: found.get('opaque') ?? null,
    qop: qop !== undefined,
    algorithm,
    session: suffix === 'SESS',
    stale: found.get('stale')?.toLowerCase() === 'true',
  };
};

/**
 * The challenge to answer out of the `WWW-Authenticate` headers (Hikvision sends two): Digest SHA-256, then Digest MD5, then Basic.
 * Null when none can be answered.
 */
export const chooseChallenge = (headers: readonly string[]): Challenge | null => {
  const offered = headers
    .flatMap((header) => header.split(/,\s*(?=(?:Digest|Basic)\s)/i))
    .map((header) => toChallenge(header))
    .filter((challenge) => challenge !== null);
  const rank = (challenge: Challenge): number =>
    challenge.scheme === 'basic' ? 0 : challenge.algorithm === 'MD5' ? 1 : 2;
  return offered.reduce<Challenge | null>(
    (best, next) => (best === null || rank(next) > rank(best) ? next : best),
    null,
  );
};

export interface DigestRequest {
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  /** How often this nonce has been used, from 1. */
  readonly count: number;
  /** For tests; random when left out. */
  readonly clientNonce?: string;
}

/** The `Authorization` header that answers a challenge (RFC 7616 section 3.4, RFC 7617). */
export const authorization = (challenge: Challenge, request: DigestRequest): string => {
  const { method, uri, username, password } = request;
  if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const hash = (text: string): string =>
    createHash(challenge.algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const clientNonce = request.clientNonce ?? randomBytes(12).toString('hex');
  const count = request.count.toString(16).padStart(8, '0');
  const plain = hash(`${username}:${challenge.realm}:${password}`);
  const first = challenge.session ? hash(`${plain}:${challenge.nonce}:${clientNonce}`) : plain;
  const second = hash(`${method}:${uri}`);
  const response = hash(
    challenge.qop
      ? `${first}:${challenge.nonce}:${count}:${clientNonce}:auth:${second}`
      : `${first}:${challenge.nonce}:${second}`,
  );
  const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return [
    `Digest username=${quoted(username)}`,
    `realm=${quoted(challenge.realm)}`,
    `nonce=${quoted(challenge.nonce)}`,
    `uri=${quoted(uri)}`,
    `algorithm=${challenge.algorithm}${challenge.session ? '-sess' : ''}`,
    ...(challenge.qop ? ['qop=auth', `nc=${count}`, `cnonce="${clientNonce}"`] : []),
    ...(challenge.opaque === null ? [] : [`opaque=${quoted(challenge.opaque)}`]),
    `response="${response}"`,
  ].join(', ');
};
