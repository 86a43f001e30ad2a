import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a connection was not let in; `null` lets it in. */
export type AdmissionRefusal = 'host' | 'origin' | 'token' | 'path' | null;

/** What the gateway compares a connection with. */
export interface Admission {
  /** `host:port` values under which the gateway may be addressed: a foreign one means DNS rebinding. */
  readonly hosts: readonly string[];
  /** Origins of pages that may connect. */
  readonly origins: readonly string[];
  readonly token: string;
}

export const SEAT_SUBPROTOCOL = 'guardroom.v1';
const TOKEN_PREFIX = 'token.';

/** Compares two secrets in constant time, whatever their lengths. */
export const sameSecret = (left: string, right: string): boolean =>
  timingSafeEqual(createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest());

/** Whether the `Host` header names this gateway. */
export const hostAllowed = (request: IncomingMessage, hosts: readonly string[]): boolean =>
  hosts.includes(request.headers.host ?? '');

/** Decides about a WebSocket upgrade to `/seat`: Host, Origin and the start token in the subprotocols (RFC 6455 section 1.9). */
export const admitSeat = (request: IncomingMessage, admission: Admission): AdmissionRefusal => {
  if (!hostAllowed(request, admission.hosts)) return 'host';
  if (!admission.origins.includes(request.headers.origin ?? '')) return 'origin';
  if ((request.url ?? '').split('?')[0] !== '/seat') return 'path';
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((entry) => entry.trim());
  if (!offered.includes(SEAT_SUBPROTOCOL)) return 'token';
  const token = offered.find((entry) => entry.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length) ?? '';
  return sameSecret(token, admission.token) ? null : 'token';
};
