/** A small ONVIF caller of the tests' own: WS-UsernameToken or HTTP Digest, raw answers. */
import { createHash, randomBytes } from 'node:crypto';

export interface SoapAnswer {
  readonly status: number;
  readonly text: string;
  readonly challenge: string;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

export const spaces = {
  tds: 'http://www.onvif.org/ver10/device/wsdl',
  trt: 'http://www.onvif.org/ver10/media/wsdl',
  tev: 'http://www.onvif.org/ver10/events/wsdl',
  tmd: 'http://www.onvif.org/ver10/deviceIO/wsdl',
  wsnt: 'http://docs.oasis-open.org/wsn/b-2',
} as const;

/** A WS-Security header; `at` is the caller's clock. */
export const tokenHeader = (username: string, password: string, at: Date): string => {
  const nonce = randomBytes(16);
  const created = at.toISOString();
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  const base = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
  return `<Security s:mustUnderstand="1" xmlns="${base}-wssecurity-secext-1.0.xsd"><UsernameToken><Username>${username}</Username><Password Type="${base}-username-token-profile-1.0#PasswordDigest">${digest}</Password><Nonce EncodingType="${base}-soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</Nonce><Created xmlns="${base}-wssecurity-utility-1.0.xsd">${created}</Created></UsernameToken></Security>`;
};

const declared = Object.entries(spaces)
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

export const envelopeOf = (body: string, header = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema" ${declared}><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

/** Posts a text as it is. */
export const post = async (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<SoapAnswer> => {
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/soap+xml; charset=utf-8', ...headers },
    signal: AbortSignal.timeout(8000),
  });
  return { status: answer.status, text: await answer.text(), challenge: answer.headers.get('www-authenticate') ?? '' };
};

export interface Caller {
  /** Calls an operation; `path` replaces the path of the device's address. */
  call(body: string, path?: string): Promise<SoapAnswer>;
}

/** Calls with WS-UsernameToken. */
export const createCaller = (device: {
  readonly onvif: string;
  readonly username: string;
  readonly password: string;
}): Caller => ({
  call: (body, path) =>
    post(
      path === undefined ? device.onvif : new URL(path, device.onvif).href,
      envelopeOf(body, tokenHeader(device.username, device.password, new Date())),
    ),
});

/** The `Authorization` of HTTP Digest with `qop=auth` for a challenge. */
export const digestHeader = (
  challenge: string,
  method: string,
  uri: string,
  username: string,
  password: string,
): string => {
  const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const cnonce = randomBytes(8).toString('hex');
  const [realm, nonce] = [field('realm'), field('nonce')];
  const response = md5(
    `${md5(`${username}:${realm}:${password}`)}:${nonce}:00000001:${cnonce}:auth:${md5(`${method}:${uri}`)}`,
  );
  return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", qop=auth, nc=00000001, cnonce="${cnonce}", response="${response}"`;
};

/** All texts between `<…:name>` and its end. */
export const textsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)</`, 'g'))].map((m) => m[1] ?? '');
