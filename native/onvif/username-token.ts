import { createHash, randomBytes } from 'node:crypto';
import { ns } from './namespaces.ts';
import { escapeXml } from '../kit/xml.ts';

const digestType = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest';
const base64Type = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';

/**
 * Base64 of SHA-1 over nonce, time and password (WS-Security UsernameToken Profile 1.0, section 3.1; the hash is the standard's).
 */
export const passwordDigest = (nonce: Uint8Array, created: string, password: string): string =>
  createHash('sha1').update(nonce).update(created).update(password).digest('base64');

/** The `wsse:Security` header for one request. `deviceNowMs` is the device's time: it refuses tokens of another age. */
export const usernameToken = (username: string, password: string, deviceNowMs: number): string => {
  const nonce = randomBytes(16);
  const created = new Date(deviceNowMs).toISOString();
  return [
    `<wsse:Security s:mustUnderstand="1" xmlns:wsse="${ns.wsse}" xmlns:wsu="${ns.wsu}"><wsse:UsernameToken>`,
    `<wsse:Username>${escapeXml(username)}</wsse:Username>`,
    `<wsse:Password Type="${digestType}">${passwordDigest(nonce, created, password)}</wsse:Password>`,
    `<wsse:Nonce EncodingType="${base64Type}">${nonce.toString('base64')}</wsse:Nonce>`,
    `<wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security>`,
  ].join('');
};
