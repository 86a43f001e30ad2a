import { describe, expect, test } from 'vitest';
import { readChallenges } from '../kit/digest.ts';
import { createAuthenticator } from './authenticator.ts';

const responseOf = (value: string | null): string | undefined => /response="([0-9a-f]+)"/.exec(value ?? '')?.[1];

describe('the published examples', () => {
  test('RFC 2617 section 3.5, MD5 with qop', () => {
    const auth = createAuthenticator('Mufasa', 'Circle Of Life', undefined, () => '0a4f113b');
    const asked =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
    expect(auth.challenged([asked])).toBe('retry');
    const sent = auth.authorization('GET', '/dir/index.html');
    expect(responseOf(sent)).toBe('6629fae49393a05397450978507c4ef1');
    expect(sent).toContain('nc=00000001');
    expect(sent).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
  });

  test('RFC 7616 section 3.9.1, SHA-256 preferred to MD5', () => {
    const auth = createAuthenticator(
      'Mufasa',
      'Circle of Life',
      undefined,
      () => 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    );
    const rest =
      'realm="http-auth@example.org", qop="auth", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="x"';
    expect(auth.challenged([`Digest ${rest}, algorithm=MD5`, `Digest ${rest}, algorithm=SHA-256`])).toBe('retry');
    const sent = auth.authorization('GET', '/dir/index.html');
    expect(responseOf(sent)).toBe('753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1');
    expect(sent).toContain('algorithm=SHA-256');
  });

  test('RFC 2069 form without qop, as most cameras still use it', () => {
    const auth = createAuthenticator('Mufasa', 'CircleOfLife');
    auth.challenged(['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"']);
    // RFC 2069 errata 749.
    expect(responseOf(auth.authorization('GET', '/dir/index.html'))).toBe('1949323746fe6a43ef61f9606e7febea');
  });

  test('RFC 7617 section 2, Basic', () => {
    const auth = createAuthenticator('Aladdin', 'open sesame');
    expect(auth.authorization('DESCRIBE', 'rtsp://camera/')).toBeNull();
    expect(auth.challenged(['Basic realm="WallyWorld"'])).toBe('retry');
    expect(auth.authorization('DESCRIBE', 'rtsp://camera/')).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
  });
});

test('two challenges, in two headers or in one, and the safer is taken', () => {
  const basic = 'Basic realm="IP Camera, Digest of nothing"';
  const digest = 'Digest realm="IP Camera", nonce="ab\\"c", stale=FALSE';
  for (const values of [[basic, digest], [digest, basic], [`${digest}, ${basic}`]]) {
    expect(readChallenges(values)).toMatchObject({ best: { scheme: 'digest' }, asksDigest: true });
    const auth = createAuthenticator('guard', 'secret');
    expect(auth.challenged(values)).toBe('retry');
    expect(auth.authorization('OPTIONS', '*')).toMatch(/^Digest .*nonce="ab\\"c"/);
  }
});

describe('refusals', () => {
  const digest = (nonce: string, extra = ''): string[] => [`Digest realm="r", nonce="${nonce}", qop="auth"${extra}`];
  const started = () => {
    const auth = createAuthenticator('guard', 'secret');
    auth.challenged(digest('one'));
    auth.authorization('DESCRIBE', 'rtsp://c/');
    return auth;
  };

  test('a second 401 is final', () => {
    expect(started().challenged(digest('two'))).toBe('rejected');
  });

  test('an old nonce is renegotiated, once', () => {
    const auth = started();
    expect(auth.challenged(digest('two', ', stale=true'))).toBe('retry');
    expect(auth.authorization('DESCRIBE', 'rtsp://c/')).toContain('nonce="two"');
    expect(auth.challenged(digest('three', ', stale=true'))).toBe('rejected');
  });

  test('after success a changed nonce counts as old, also without saying so', () => {
    const auth = started();
    auth.accepted();
    expect(auth.challenged(digest('two'))).toBe('retry');
    auth.authorization('PLAY', 'rtsp://c/');
    auth.accepted();
    expect(auth.challenged(digest('three'))).toBe('retry');
  });

  test('no account, and nothing that can be answered', () => {
    expect(createAuthenticator(null, null).challenged(digest('one'))).toBe('noCredentials');
    expect(createAuthenticator('guard', 'x').challenged(['Negotiate'])).toBe('unsupported');
    expect(createAuthenticator('guard', 'x').challenged(['Digest realm="r", nonce="n", algorithm=SHA-512-256'])).toBe(
      'unsupported',
    );
    expect(createAuthenticator('guard', 'x').challenged([])).toBe('unsupported');
  });
});

describe('the password is not sent in the clear to a camera that asked for it safely', () => {
  const digest = 'Digest realm="cam", nonce="n", qop="auth"';
  const basic = 'Basic realm="cam"';

  test('once Digest, never Basic, over all connections', () => {
    const habits = { asksDigest: false };
    const first = createAuthenticator('guard', 'pw', { habits, allowsPlain: false });
    expect(first.challenged([digest])).toBe('retry');
    expect(first.challenged([basic])).toBe('plainOnly');
    const next = createAuthenticator('guard', 'pw', { habits, allowsPlain: false });
    expect(next.challenged([basic])).toBe('plainOnly');
    expect(next.authorization('OPTIONS', 'rtsp://c/')).toBeNull();
    const allowed = createAuthenticator('guard', 'pw', { habits, allowsPlain: true });
    expect(allowed.challenged([basic])).toBe('retry');
  });

  test('Basic after an answered Digest, where it is allowed: once, and then it is refused', () => {
    const auth = createAuthenticator('guard', 'pw', { habits: { asksDigest: false }, allowsPlain: true });
    expect(auth.challenged([digest])).toBe('retry');
    expect(auth.authorization('OPTIONS', 'rtsp://c/')).toMatch(/^Digest /);
    expect(auth.challenged([basic])).toBe('retry');
    expect(auth.authorization('OPTIONS', 'rtsp://c/')).toMatch(/^Basic /);
    expect(auth.challenged([basic])).toBe('rejected');
  });

  test('a camera that only ever knew Basic is signed in to', () => {
    const auth = createAuthenticator('guard', 'pw');
    expect(auth.challenged([basic])).toBe('retry');
    expect(auth.authorization('OPTIONS', 'rtsp://c/')).toBe(`Basic ${Buffer.from('guard:pw').toString('base64')}`);
  });

  test('what stands in quotes is no other way of signing in', () => {
    const auth = createAuthenticator('guard', 'pw');
    expect(auth.challenged(['Digest realm="a, Basic realm=b", nonce="n"'])).toBe('retry');
    expect(auth.authorization('OPTIONS', 'rtsp://c/')).toMatch(/^Digest username="guard", realm="a, Basic realm=b"/);
    expect(auth.challenged(['Digest realm="cam", nonce="n", algorithm=SHA-512-256', basic])).toBe('plainOnly');
  });

  test('a realm that is not English is sent back byte for byte', () => {
    const auth = createAuthenticator('值班', 'pw');
    const realm = Buffer.from('摄像头', 'utf8').toString('latin1');
    auth.challenged([`Digest realm="${realm}", nonce="n"`]);
    const sent = Buffer.from(auth.authorization('OPTIONS', 'rtsp://c/') ?? '', 'latin1').toString('utf8');
    expect(sent).toContain('username="值班", realm="摄像头"');
  });
});
