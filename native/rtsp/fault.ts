import type { StreamFault } from '../../electron/contract/kernel/video-wire.ts';

/** Why a session ended. `detail` is one English sentence for logs and the probe; it never holds a credential. */
export interface RtspFault {
  readonly kind: StreamFault;
  readonly detail: string;
}

/** Makes a fault. */
export const fault = (kind: StreamFault, detail: string): RtspFault => ({ kind, detail });

const kindByStatus: Readonly<Record<number, StreamFault>> = {
  401: 'credentials',
  403: 'credentials',
  404: 'noSuchStream',
  410: 'noSuchStream',
  415: 'unsupported',
  453: 'busy',
  454: 'closed',
  461: 'unsupported',
  501: 'unsupported',
  503: 'busy',
  505: 'unsupported',
  551: 'unsupported',
};

const sentenceByKind: Readonly<Partial<Record<StreamFault, string>>> = {
  credentials: 'The camera refused access',
  noSuchStream: 'The camera has no stream under this address',
  unsupported: 'The camera cannot deliver the stream in the way that is needed (RTP over the same TCP connection)',
  closed: 'The camera no longer knows the session',
  busy: 'The camera or recorder is busy: it has no room for another viewer',
};

/** The fault behind a status code that is not 2xx (RFC 2326 section 7.1.1). */
export const faultOfStatus = (method: string, status: number): RtspFault => {
  const kind = kindByStatus[status] ?? 'protocol';
  return fault(
    kind,
    `${sentenceByKind[kind] ?? 'The camera could not do what was asked'} (${method} was answered with status ${status}).`,
  );
};

/** What OpenSSL and BoringSSL say when the other side knows only what is held unsafe today. */
const tooOld =
  /unsupported.protocol|protocol.version|key.too.small|md.too.weak|wrong.signature.type|no.(?:shared|suitable|protocols|ciphers)|handshake.failure|insufficient.security|legacy|bad.dh|unknown.cipher|wrong.cipher|dh.p.too/i;

/** The fault behind an error of the socket; the text of the system error is left out, only its code is kept. */
export const faultOfSocketError = (error: Error & { readonly code?: string }): RtspFault => {
  const code = error.code ?? 'unknown';
  if (code === 'ECONNREFUSED')
    return fault('refused', 'The camera refused the connection: nothing listens on that port.');
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    if (tooOld.test(`${code} ${error.message}`))
      return fault(
        'oldEncryption',
        'The camera encrypts its connection only in an old way that is no longer safe (TLS below 1.2, or short keys); allow it for this camera, or use its rtsp:// address.',
      );
    return fault(
      'encryption',
      'The camera and this side cannot agree on an encrypted connection (TLS); the rtsp:// address may be the right one.',
    );
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') return fault('closed', 'The camera broke the connection off.');
  return fault('unreachable', `The camera cannot be reached (${code.replaceAll(/[^A-Z0-9_]/g, '').slice(0, 40)}).`);
};

/** A fault of our own in what was done for one camera: it ends that camera's connection and nothing else. */
export const faultOfDefect = (): RtspFault =>
  fault('protocol', 'Something the camera sent broke the reading of it; the connection was given up.');
