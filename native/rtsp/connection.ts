import net from 'node:net';
import tls from 'node:tls';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import { fault, faultOfSocketError, type RtspFault } from './fault.ts';
import { header, type RtspMessage } from './rtsp-message.ts';
import type { RtspTarget } from './rtsp-url.ts';
import { createStreamParser } from './stream-parser.ts';
import type { Cancel, Timers } from './timers.ts';

/** Bytes taken from the socket at once, into one buffer that is used again: no allocation per read. */
const READ_BYTES = 65_536;
/** How long a body may stand still before it is taken as it is, since some cameras lie about Content-Length (ms). */
const BODY_PATIENCE_MS = 700;

export interface ConnectionOptions {
  readonly target: RtspTarget;
  readonly timers: Timers;
  /** How long connecting, and each answer, may take (ms). */
  readonly answerMs: number;
  readonly onPacket: (channel: number, buffer: Buffer, start: number, end: number) => void;
  /** Once, when the connection has ended for another reason than `close`. */
  readonly onEnd: (fault: RtspFault) => void;
}

/** One TCP or TLS connection to a camera, one request at a time. */
export interface Connection {
  /** Sends a request and waits for its answer. */
  readonly exchange: (
    method: string,
    uri: string,
    headers: readonly string[],
  ) => Promise<Result<RtspMessage, RtspFault>>;
  readonly expect: (channels: readonly number[], payloadType: number) => void;
  /** Sends a last request without waiting for its answer, and closes. */
  readonly close: (farewell?: {
    readonly method: string;
    readonly uri: string;
    readonly headers: readonly string[];
  }) => void;
}

const requestText = (method: string, uri: string, cseq: number, headers: readonly string[]): string =>
  [`${method} ${uri} RTSP/1.0`, `CSeq: ${cseq}`, 'User-Agent: Guardroom', ...headers, '', ''].join('\r\n');

/** Opens a connection; requests may be given at once and wait for it. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const { target, timers } = options;
  let isEnded = false;
  let isConnected = false;
  let cseq = 0;
  let ending: RtspFault | null = null;
  let pending: { readonly cseq: number; readonly settle: (result: Result<RtspMessage, RtspFault>) => void } | null =
    null;
  let cancelAnswer: Cancel | null = null;
  let cancelBody: Cancel | null = null;

  const settle = (result: Result<RtspMessage, RtspFault>): void => {
    const waiting = pending;
    pending = null;
    cancelAnswer?.();
    cancelAnswer = null;
    waiting?.settle(result);
  };

  const end = (reason: RtspFault, isOwn: boolean): void => {
    if (isEnded) return;
    isEnded = true;
    ending = reason;
    parser.stop();
    cancelBody?.();
    settle(err(reason));
    if (!isOwn) {
      socket.destroy();
      options.onEnd(reason);
    }
  };

  const answer = (message: RtspMessage): void => {
    if (message.method !== null) {
      const number = header(message, 'cseq') ?? '0';
      if (!isEnded) socket.write(`RTSP/1.0 200 OK\r\nCSeq: ${number.replaceAll(/\D/g, '').slice(0, 10)}\r\n\r\n`);
      if (message.method === 'TEARDOWN' || message.method === 'REDIRECT')
        end(fault('closed', 'The camera ended the session.'), false);
      return;
    }
    if (pending === null || message.status === null || message.status < 200) return;
    // Some cameras answer without CSeq; an answer to an earlier request that came too late is not for this one.
    const number = header(message, 'cseq');
    if (number !== null && Number(number) !== pending.cseq) return;
    settle(ok(message));
  };

  const parser = createStreamParser({
    onPacket: options.onPacket,
    onMessage: answer,
    onOverflow: (what) => end(fault('protocol', `The camera sent more than can be right (${what}).`), false),
  });

  const take = (chunk: Buffer, length: number): void => {
    if (isEnded) return;
    parser.push(chunk, length);
    if (cancelBody !== null) cancelBody();
    cancelBody = parser.isBodyPending() ? timers.schedule(BODY_PATIENCE_MS, () => parser.flushBody()) : null;
  };

  const onReady = (): void => {
    isConnected = true;
  };
  const open = (): net.Socket => {
    const address = { host: target.host, port: target.port };
    if (target.secure) {
      // Cameras sign their own certificates: encrypted without proof of identity, and never worse than plain rtsp.
      const secure = tls.connect({
        ...address,
        rejectUnauthorized: false,
        ...(net.isIP(target.host) === 0 ? { servername: target.host } : {}),
      });
      secure.on('data', (chunk: Buffer) => take(chunk, chunk.length));
      secure.on('secureConnect', onReady);
      return secure;
    }
    const reused = Buffer.allocUnsafeSlow(READ_BYTES);
    const plain = net.connect({
      ...address,
      noDelay: true,
      onread: {
        buffer: reused,
        callback: (length) => {
          take(reused, length);
          return true;
        },
      },
    });
    plain.on('connect', onReady);
    return plain;
  };
  const socket = open();
  socket.on('error', (error) => end(faultOfSocketError(error), false));
  socket.on('close', () => end(fault('closed', 'The camera closed the connection.'), false));

  return {
    exchange: (method, uri, headers) =>
      new Promise((resolve) => {
        if (ending !== null) {
          resolve(err(ending));
          return;
        }
        cseq += 1;
        pending = { cseq, settle: resolve };
        cancelAnswer = timers.schedule(options.answerMs, () => {
          const what = isConnected
            ? `The camera did not answer ${method}.`
            : 'The camera cannot be reached: no connection in time.';
          settle(err(fault('unreachable', what)));
        });
        socket.write(requestText(method, uri, cseq, headers));
      }),
    expect: parser.expect,
    close: (farewell) => {
      const canSpeak = isConnected && !isEnded && farewell !== undefined;
      end(fault('closed', 'Closed by this side.'), true);
      cseq += 1;
      if (canSpeak)
        socket.write(requestText(farewell.method, farewell.uri, cseq, farewell.headers), () => socket.destroy());
      else socket.destroy();
    },
  };
};
