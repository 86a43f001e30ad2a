import { hasControlCharacter, type StreamAddress } from '../../electron/contract/kernel/stream-address.ts';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import { openSocket } from './camera-socket.ts';
import type { DeviceHabits } from './device-habits.ts';
import { fault, faultOfDefect, faultOfSocketError, type RtspFault } from './fault.ts';
import { asBytes, fromBytes } from '../kit/header-text.ts';
import { header, type RtspMessage } from './rtsp-message.ts';
import { createStreamParser } from './stream-parser.ts';
import type { Cancel, Clock } from '../../electron/domain/kernel/clock.ts';

/** A camera that asks without end and reads no answer gets no more of them (bytes). */
const MAX_UNREAD_BYTES = 65_536;
/** How long a body may stand still before it is taken as it is, since some cameras lie about Content-Length (ms). */
const BODY_PATIENCE_MS = 700;
/** An answer that bears the number of an earlier request is taken for this one when no better comes within this time (ms). */
const DOUBT_MS = 150;
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

interface Pending {
  readonly cseq: number;
  readonly method: string;
  readonly settle: (result: Result<RtspMessage, RtspFault>) => void;
}

/** The one request that waits for its answer. */
const createQuestion = (clock: Clock) => {
  let pending: Pending | null = null;
  let cancelLate: Cancel | null = null;
  let cancelDoubt: Cancel | null = null;
  let askedMs = 0;
  let slowestMs = 0;

  const settle = (result: Result<RtspMessage, RtspFault>): void => {
    const waiting = pending;
    pending = null;
    cancelLate?.();
    cancelLate = null;
    cancelDoubt?.();
    cancelDoubt = null;
    if (result.ok) slowestMs = Math.max(slowestMs, clock.monotonicMs() - askedMs);
    waiting?.settle(result);
  };

  return {
    /** `late` takes back what happens when no answer comes. */
    ask: (next: Pending, late: Cancel): void => {
      pending = next;
      cancelLate = late;
      askedMs = clock.monotonicMs();
    },
    settle,
    /**
     * One request waits at a time and answers come in order, so that cameras which number them as they like are understood. Only a number of
     * an earlier request may be an answer that came too late: then the right one is waited for a moment.
     */
    answered: (
      message: RtspMessage,
      habits: Pick<DeviceHabits, 'misnumbers'>,
      afterDoubt: (call: () => void) => Cancel,
    ): void => {
      if (pending === null) return;
      const number = Number(header(message, 'cseq') ?? pending.cseq);
      const isRight = number === pending.cseq;
      if (!isRight && !habits.misnumbers && Number.isInteger(number) && number >= 1 && number < pending.cseq) {
        cancelDoubt?.();
        cancelDoubt = afterDoubt(() => {
          habits.misnumbers = true;
          settle(ok(message));
        });
        return;
      }
      if (!isRight) habits.misnumbers = true;
      settle(ok(message));
    },
    /** What was asked for and not answered yet. */
    method: (): string | null => pending?.method ?? null,
    /** The longest that an answer took so far, milliseconds. */
    slowestMs: (): number => slowestMs,
  };
};

/** Nothing, a camera that takes the connection and says nothing, and one that does not answer this request are three things. */
const silenceFault = (
  method: string,
  seen: { readonly speaksOther: boolean; readonly isConnected: boolean; readonly isTcpOpen: boolean },
): RtspFault => {
  if (seen.speaksOther)
    return fault('protocol', 'Something answers there, but it does not speak the language of cameras (RTSP).');
  if (seen.isConnected) return fault('silent', `The camera did not answer ${method}.`);
  if (seen.isTcpOpen)
    return fault('silent', 'The camera took the connection and then did not agree on its encryption.');
  return fault('unreachable', 'The camera cannot be reached: no connection in time.');
};

/** The answer to a request of the camera's own: yes, whatever it is. */
const consentTo = (message: RtspMessage): string =>
  `RTSP/1.0 200 OK\r\nCSeq: ${(header(message, 'cseq') ?? '0').replaceAll(/\D/g, '').slice(0, 10)}\r\n\r\n`;

/** Opens a connection; requests may be given at once and wait for it. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const { target, clock } = options;
  let isEnded = false;
  let isConnected = false;
  let cseq = 0;
  let ending: RtspFault | null = null;
  let cancelBody: Cancel | null = null;
  const question = createQuestion(clock);

  const end = (reason: RtspFault, isOwn: boolean): void => {
    if (isEnded) return;
    isEnded = true;
    ending = reason;
    parser.stop();
    cancelBody?.();
    question.settle(err(reason));
    if (!isOwn) {
      socket.destroy();
      options.onEnd(reason);
    }
  };

  const answer = (message: RtspMessage): void => {
    if (message.method !== null) {
      if (!isEnded && socket.writableLength < MAX_UNREAD_BYTES) socket.write(consentTo(message));
      if (message.method === 'TEARDOWN' || message.method === 'REDIRECT')
        end(fault('closed', 'The camera ended the session.'), false);
      return;
    }
    if (message.status !== null && message.status >= 200)
      question.answered(message, options.habits, (call) => clock.after(DOUBT_MS, guarded(call)));
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

  const socket = openSocket(target, options.allowsOldTls, take, () => {
    isConnected = true;
  });
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

  const silence = (method: string): RtspFault =>
    silenceFault(method, { speaksOther: parser.garbageBytes() > 0, isConnected, isTcpOpen });

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
        const late = clock.after(
          options.answerMs,
          guarded(() => question.settle(err(silence(method)))),
        );
        question.ask({ cseq, method, settle: resolve }, late);
        socket.write(text, 'latin1');
      }),
    expect: parser.expect,
    silence: () => {
      const method = question.method();
      return method === null ? null : silence(method);
    },
    slowestMs: question.slowestMs,
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
