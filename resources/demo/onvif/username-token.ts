/** WS-UsernameToken with a password digest (WSS UsernameToken Profile 1.1; ONVIF Core section 5.12). */
import { createHash } from 'node:crypto';
import type { Credentials } from '../wire/auth.ts';
import { type Element, child, textAt } from './xml.ts';

const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const digestType = '#PasswordDigest';

/** A token may be this old or this far ahead by the device's clock. */
const clockSlackMs = 300_000;

export type TokenVerdict = 'granted' | 'missing' | 'wrong' | 'old' | 'replayed';

export const createTokenJudge = (credentials: Credentials): ((header: Element | undefined) => TokenVerdict) => {
  const seen = new Map<string, number>();
  return (header) => {
    const security = header?.children.find((one) => one.name === 'Security' && one.ns === wsse);
    const token = child(security, 'UsernameToken');
    if (!token) return 'missing';
    const password = child(token, 'Password');
    const [nonce, created] = [textAt(token, 'Nonce'), textAt(token, 'Created')];
    if (
      textAt(token, 'Username') !== credentials.username ||
      !(password?.attributes.get('Type') ?? '').endsWith(digestType)
    )
      return 'wrong';
    const digest = createHash('sha1')
      .update(Buffer.from(nonce, 'base64'))
      .update(created)
      .update(credentials.password)
      .digest('base64');
    if (digest !== password?.text) return 'wrong';
    const now = Date.now();
    if (!(Math.abs(now - Date.parse(created)) <= clockSlackMs)) return 'old';
    for (const [one, until] of seen) if (until < now) seen.delete(one);
    // A client that asks twice within a second with one token is common; the same token a minute later is a replay.
    const first = seen.get(nonce + created);
    if (first !== undefined && now > first - 2 * clockSlackMs + 60_000) return 'replayed';
    if (first === undefined) seen.set(nonce + created, now + 2 * clockSlackMs);
    return 'granted';
  };
};
