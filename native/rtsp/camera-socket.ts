/** The socket of a camera, plain or over TLS. */
import { constants } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import type { StreamAddress } from '../../electron/contract/kernel/stream-address.ts';

/** Bytes taken from the socket at once, into one buffer that is used again: no allocation per read. */
const READ_BYTES = 65_536;
/** What TLS before version 1.2 and keys of 1024 bits need; a library that knows no such levels connects without. */
const oldTls: tls.ConnectionOptions = {
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT:@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
};

const openTls = (target: StreamAddress, allowsOld: boolean): tls.TLSSocket => {
  // Cameras sign their own certificates: encrypted without proof of identity, and never worse than plain rtsp.
  const usual: tls.ConnectionOptions = {
    host: target.host,
    port: target.port,
    rejectUnauthorized: false,
    ...(net.isIP(target.host) === 0 ? { servername: target.host } : {}),
  };
  if (!allowsOld) return tls.connect(usual);
  try {
    return tls.connect({ ...usual, ...oldTls });
  } catch {
    // Electron's library has no security levels: old versions can still be asked for.
    return tls.connect({ ...usual, minVersion: 'TLSv1' });
  }
};

/**
 * Opens it. `take` is given the bytes that came, valid only during the call; `ready` is called when requests can be sent, for TLS after its
 * handshake.
 */
export const openSocket = (
  target: StreamAddress,
  allowsOldTls: boolean,
  take: (buffer: Buffer, length: number) => void,
  ready: () => void,
): net.Socket => {
  if (target.secure) {
    const secure = openTls(target, allowsOldTls);
    secure.on('data', (chunk: Buffer) => take(chunk, chunk.length));
    secure.on('secureConnect', ready);
    return secure;
  }
  const reused = Buffer.allocUnsafeSlow(READ_BYTES);
  const plain = net.connect({
    host: target.host,
    port: target.port,
    noDelay: true,
    onread: {
      buffer: reused,
      callback: (length) => {
        take(reused, length);
        return true;
      },
    },
  });
  plain.on('connect', ready);
  return plain;
};
