import { constants } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { hasControlCharacter, type StreamAddress } from '../../electron/contract/kernel/stream-address.ts';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { DeviceHabits } from './device-habits.ts';
import { fault, faultOfDefect, faultOfSocketError, type RtspFault } from './fault.ts';
import { asBytes, fromBytes } from '../kit/header-text.ts';
import { header, type RtspMessage } from './rtsp-message.ts';
import { createStreamParser } from './stream-parser.ts';
import type { Cancel, Clock } from '../../electron/domain/kernel/clock.ts';

/** Bytes taken from the socket at once, into one buffer that is used again: no allocation per read. */
const READ_BYTES = 65_536;
/** A camera that asks without end and reads no answer gets no more of them (bytes). */
const MAX_UNREAD_BYTES = 65_536;
/** How long a body may stand still before it is taken as it is, since some cameras lie about Content-Length (ms). */
const BODY_PATIENCE_MS = 700;
/** An answer that bears the number of an earlier request is taken for this one when no better comes within this time (ms). */
const DOUBT_MS = 150;
/** What TLS before version 1.2 and keys of 1024 bits need; a library that knows no such levels connects without. */
const oldTls: tls.ConnectionOptions = {
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT:@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
};

export interface ConnectionOptions {
  readonly target: StreamAddress;
  readonly clock: Clock;
  /** How long connecting, and each answer, may take (ms). */
  readonly answerMs: number;
  readonly habits: Pick<DeviceHabits, 'misnumbers'>;
  /** Ways of encrypting that are held unsafe today are taken as well. */
  readonly allowsOldTls: boolean;
  /** Called when something thrown here has ended the connection. */
  readonly onDefect: (error: unknown) => void;
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
  /** What is to be said when nobody waits any longer: what the camera left unanswered, or `null` when it owes nothing. */
  readonly silence: () => RtspFault | null;
  /** The longest that an answer took so far (ms). */
  readonly slowestMs: () => number;
  /** Sends a last request without waiting for its answer, and closes. */
  readonly close: (farewell?: {
    readonly method: string;
    readonly uri: string;
    readonly headers: readonly string[];
  }) => void;
}

/** One request as the bytes of its text, or `null` when something in it would end a line: it would be another request then. */
const requestText = (method: string, uri: string, cseq: number, headers: readonly string[]): string | null => {
  const lines = [`${method} ${asBytes(uri)} RTSP/1.0`, `CSeq: ${cseq}`, 'User-Agent: Guardroom', ...headers];
  return lines.some((line) => hasControlCharacter(fromBytes(line))) ? null : [...lines, '', ''].join('\r\n');
};

/** Opens a connection; requests may be given at once and wait for it. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const { target, clock } = options;
  let isEnded = false;
  let isConnected = false;
  let cseq = 0;
  let ending: RtspFault | null = null;
  let pending: {
    readonly cseq: number;
    readonly method: string;
    readonly settle: (result: Result<RtspMessage, RtspFault>) => void;
  } | null = null;
  let cancelAnswer: Cancel | null = null;
  let cancelBody: Cancel | null = null;
  let cancelDoubt: Cancel | null = null;
  let askedMs = 0;
  let slowestMs = 0;

  const settle = (result: Result<RtspMessage, RtspFault>): void => {
    const waiting = pending;
    pending = null;
    cancelAnswer?.();
    cancelAnswer = null;
    cancelDoubt?.();
    cancelDoubt = null;
    if (result.ok) slowestMs = Math.max(slowestMs, clock.monotonicMs() - askedMs);
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
      if (!isEnded && socket.writableLength < MAX_UNREAD_BYTES)
        socket.write(`RTSP/1.0 200 OK\r\nCSeq: ${number.replaceAll(/\D/g, '').slice(0, 10)}\r\n\r\n`);
      if (message.method === 'TEARDOWN' || message.method === 'REDIRECT')
        end(fault('closed', 'The camera ended the session.'), false);
      return;
    }
    if (pending === null || message.status === null || message.status < 200) return;
    // One request waits at a time and answers come in order, so that cameras which number them as they like are understood. Only a
    // number of an earlier request may be an answer that came too late: then the right one is waited for a moment.
    const number = Number(header(message, 'cseq') ?? pending.cseq);
    const isRight = number === pending.cseq;
    if (!isRight && !options.habits.misnumbers && Number.isInteger(number) && number >= 1 && number < pending.cseq) {
      cancelDoubt?.();
      cancelDoubt = clock.after(
        DOUBT_MS,
        guarded(() => {
          options.habits.misnumbers = true;
          settle(ok(message));
        }),
      );
      return;
    }
    if (!isRight) options.habits.misnumbers = true;
    settle(ok(message));
  };

  /** One camera's defect, or ours in reading it, ends one camera: nothing thrown here goes further. */
  const guarded =
    <A extends readonly unknown[]>(call: (...args: A) => void) =>
    (...args: A): void => {
      try {
        call(...args);
      } catch (error) {
        options.onDefect(error);
        end(faultOfDefect(), false);
      }
    };

  const parser = createStreamParser({
    onPacket: options.onPacket,
    onMessage: answer,
    onOverflow: (what) => end(fault('protocol', `The camera sent more than can be right (${what}).`), false),
  });

  const take = guarded((chunk: Buffer, length: number): void => {
    if (isEnded) return;
    parser.push(chunk, length);
    if (cancelBody !== null) cancelBody();
    cancelBody = parser.isBodyPending()
      ? clock.after(
          BODY_PATIENCE_MS,
          guarded(() => parser.flushBody()),
        )
      : null;
  });

  const onReady = (): void => {
    isConnected = true;
  };
  const openTls = (address: { readonly host: string; readonly port: number }): tls.TLSSocket => {
    // Cameras sign their own certificates: encrypted without proof of identity, and never worse than plain rtsp.
    const usual: tls.ConnectionOptions = {
      ...address,
      rejectUnauthorized: false,
      ...(net.isIP(target.host) === 0 ? { servername: target.host } : {}),
    };
    if (!options.allowsOldTls) return tls.connect(usual);
    try {
      return tls.connect({ ...usual, ...oldTls });
    } catch {
      // Electron's library has no security levels: old versions can still be asked for.
      return tls.connect({ ...usual, minVersion: 'TLSv1' });
    }
  };
  const open = (): net.Socket => {
    const address = { host: target.host, port: target.port };
    if (target.secure) {
      const secure = openTls(address);
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
  socket.on(
    'error',
    guarded((error: Error) => end(faultOfSocketError(error), false)),
  );
  socket.on(
    'close',
    guarded(() => end(fault('closed', 'The camera closed the connection.'), false)),
  );
  let isTcpOpen = false;
  socket.on('connect', () => {
    isTcpOpen = true;
  });

  /** Nothing, a camera that takes the connection and says nothing, and one that does not answer this request are three things. */
  const silence = (method: string): RtspFault => {
    if (parser.garbageBytes() > 0)
      return fault('protocol', 'Something answers there, but it does not speak the language of cameras (RTSP).');
    if (isConnected) return fault('silent', `The camera did not answer ${method}.`);
    if (isTcpOpen) return fault('silent', 'The camera took the connection and then did not agree on its encryption.');
    return fault('unreachable', 'The camera cannot be reached: no connection in time.');
  };

  return {
    exchange: (method, uri, headers) =>
      new Promise((resolve) => {
        if (ending !== null) {
          resolve(err(ending));
          return;
        }
        cseq += 1;
        const text = requestText(method, uri, cseq, headers);
        if (text === null) {
          resolve(err(fault('protocol', 'A line break or another control character stands where none may be sent.')));
          return;
        }
        pending = { cseq, method, settle: resolve };
        askedMs = clock.monotonicMs();
        cancelAnswer = clock.after(
          options.answerMs,
          guarded(() => settle(err(silence(method)))),
        );
        socket.write(text, 'latin1');
      }),
    expect: parser.expect,
    silence: () => (pending === null ? null : silence(pending.method)),
    slowestMs: () => slowestMs,
    close: (farewell) => {
      const canSpeak = isConnected && !isEnded && farewell !== undefined;
      end(fault('closed', 'Closed by this side.'), true);
      cseq += 1;
      const text = canSpeak ? requestText(farewell.method, farewell.uri, cseq, farewell.headers) : null;
      if (text === null) socket.destroy();
      else socket.write(text, 'latin1', () => socket.destroy());
    },
  };
};
