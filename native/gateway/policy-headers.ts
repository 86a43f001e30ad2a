import { PAGE_POLICY } from '../../electron/contract/page-policy.ts';

/** What every answer of the gateway carries, whoever wrote it and whatever its status. */
export const policyHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

const lines = Object.entries(policyHeaders).map(([name, value]) => `${name}: ${value}\r\n`);

/** An answer without content on a bare connection, which it ends. `status`: for example `400 Bad Request`. */
export const bareAnswer = (status: string): string =>
  `HTTP/1.1 ${status}\r\n${lines.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`;
