/**
 * Basic and Digest authentication as cameras do it (RFC 7617, RFC 7616 with MD5; without `qop` the older RFC 2069 form
 * that RTSP clients use). Nonces are stateless: the time they were made, and a keyed hash of it.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export type Verdict = 'granted' | 'missing' | 'wrong' | 'stale';

export interface Authenticator {
  /** `WWW-Authenticate` values. */
  challenges(stale: boolean): string[];
  /** Judges an `Authorization` value for a request of the given method. */
  judge(authorization: string | undefined, method: string): Verdict;
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const same = (a: string, b: string): boolean => {
  const [x, y] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()];
  return timingSafeEqual(x, y);
};

const nonceLifeMs = 300_000;

/** The `name=value` pairs of a Digest header; values may be quoted. */
export const digestFields = (header: string): ReadonlyMap<string, string> =>
  new Map(
    [...header.slice(0, 4096).matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map((m) => [
      (m[1] ?? '').toLowerCase(),
      m[2] ?? m[3] ?? '',
    ]),
  );

/** Accepts one user. `qop` offers `auth` (HTTP), RTSP cameras leave it out; `accept` may be switched to refuse everybody. */
export const createAuthenticator = (options: {
  readonly realm: string;
  readonly credentials: Credentials;
  readonly qop: boolean;
  /** Schemes offered and taken, strongest first. */
  readonly schemes: readonly ('digest' | 'basic')[];
  readonly accept: () => boolean;
}): Authenticator => {
  const { realm, credentials, qop } = options;
  const secret = randomBytes(16);
  const sign = (stamp: string): string => createHmac('sha256', secret).update(stamp).digest('hex').slice(0, 24);
  const newNonce = (): string => {
    const stamp = Date.now().toString(16);
    return `${stamp}-${sign(stamp)}`;
  };
  const judgeDigest = (header: string, method: string): Verdict => {
    const fields = digestFields(header);
    const of = (name: string): string => fields.get(name) ?? '';
    const nonce = of('nonce');
    const [stamp = '', mark = ''] = nonce.split('-');
    if (of('realm') !== realm || of('username') !== credentials.username) return 'wrong';
    const first = md5(`${credentials.username}:${realm}:${credentials.password}`);
    const second = md5(`${method}:${of('uri')}`);
    const wanted = fields.has('qop')
      ? md5([first, nonce, of('nc'), of('cnonce'), of('qop'), second].join(':'))
      : md5(`${first}:${nonce}:${second}`);
    if (!same(wanted, of('response').toLowerCase())) return 'wrong';
    return same(sign(stamp), mark) && Date.now() - Number.parseInt(stamp, 16) < nonceLifeMs ? 'granted' : 'stale';
  };
  return {
    challenges: (stale) =>
      options.schemes.map((scheme) =>
        scheme === 'basic'
          ? `Basic realm="${realm}"`
          : `Digest realm="${realm}", nonce="${newNonce()}", algorithm=MD5${qop ? ', qop="auth"' : ''}${stale ? ', stale=true' : ''}`,
      ),
    judge: (authorization, method) => {
      if (authorization === undefined) return 'missing';
      if (!options.accept()) return 'wrong';
      const [scheme = ''] = authorization.split(' ', 1);
      const rest = authorization.slice(scheme.length + 1);
      const named = options.schemes.find((one) => one === scheme.toLowerCase());
      if (named === 'digest') return judgeDigest(rest, method);
      if (named === undefined) return 'wrong';
      return same(Buffer.from(rest, 'base64').toString('utf8'), `${credentials.username}:${credentials.password}`)
        ? 'granted'
        : 'wrong';
    },
  };
};
