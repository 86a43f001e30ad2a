import { describe, expect, it } from 'vitest';
import { authorization, readChallenges } from './digest.ts';
import { passwordDigest } from '../onvif/username-token.ts';

/** RFC 7616 section 3.9.1, both algorithms. */
const rfc = (algorithm: string): string =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
const request = {
  method: 'GET',
  uri: '/dir/index.html',
  username: 'Mufasa',
  password: 'Circle of Life',
  count: 1,
  clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};
const respond = (headers: readonly string[]): string => {
  const challenge = readChallenges(headers).best;
  return challenge === null ? 'none' : authorization(challenge, request);
};

describe('HTTP Digest', () => {
  it('gives the responses of RFC 7616', () => {
    expect(respond([rfc('MD5')])).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
    expect(respond([rfc('SHA-256')])).toContain(
      'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
    );
  });

  it('prefers SHA-256, then MD5, then Basic, in one header or in several', () => {
    expect(respond([rfc('MD5'), rfc('SHA-256'), 'Basic realm="x"'])).toContain('algorithm=SHA-256');
    expect(respond([`${rfc('MD5')}, ${rfc('SHA-256')}`])).toContain('algorithm=SHA-256');
    expect(respond(['Basic realm="x"', rfc('MD5')])).toContain('algorithm=MD5');
    expect(respond(['Basic realm="x"'])).toBe(`Basic ${Buffer.from('Mufasa:Circle of Life').toString('base64')}`);
  });

  it('answers old servers without qop (RFC 2069) and leaves out what they did not send', () => {
    const header = respond(['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"']);
    expect(header).not.toMatch(/qop|nc=|opaque|algorithm/);
    expect(header).toMatch(/response="[0-9a-f]{32}"/);
  });

  it('does not answer what it cannot', () => {
    expect(respond(['Digest realm="x", nonce="n", qop="auth-int"'])).toBe('none');
    expect(respond(['Digest realm="x", nonce="n", algorithm=SHA-512-256'])).toBe('none');
    expect(respond(['Negotiate'])).toBe('none');
    expect(respond([])).toBe('none');
  });

  it('cannot be made to break out of its header', () => {
    expect(respond(['Digest realm="a\\"b", nonce="n"'])).toContain(String.raw`realm="a\"b"`);
  });
});

it("WS-UsernameToken digests as in the ONVIF application programmer's guide", () => {
  const nonce = Buffer.from('LKqI6G/AikKCQrN0zqZFlg==', 'base64');
  expect(passwordDigest(nonce, '2010-09-16T07:50:45Z', 'userpassword')).toBe('tuOSpGlFlIXsozq4HFNeeGeFLEI=');
});
