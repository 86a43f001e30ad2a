import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type { DeviceFault } from '../../electron/station/ports/devices.port.ts';
import { authorization, readChallenges, type Challenge } from './digest.ts';
import { readByHand } from './http-by-hand.ts';

/** Who asks. Null name: nobody, no answer is given to a 401. */
interface Credentials {
  readonly username: string | null;
  readonly password: string | null;
}

export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** The whole exchange, milliseconds. */
  readonly timeoutMs: number;
  /** A longer reply is cut off and refused. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** The `Date` header, UTC milliseconds; null where there is none that can be read. */
  readonly dateMs: number | null;
}

export interface RawReply extends HttpReply {
  /** Values of all `WWW-Authenticate` headers, as header bytes. */
  readonly challenges: readonly string[];
}

/** HTTP with deadlines, bounds, and Digest where it is asked for. Faults carry no address, name or password. */
export interface HttpClient {
  readonly exchange: (request: HttpRequest, credentials: Credentials) => Promise<Result<HttpReply, DeviceFault>>;
}

/** Challenges kept, one per device: more devices than this start anew with a 401. */
const rememberedChallenges = 512;

const notHttp = 'not HTTP';

const faultOf = (error: NodeJS.ErrnoException): DeviceFault => {
  const code = error.code ?? '';
  if (code === 'ETIMEDOUT') return { kind: 'timeout' };
  if (code.startsWith('HPE_')) return { kind: 'malformed', detail: notHttp };
  return { kind: 'unreachable' };
};

const readBody = (reply: IncomingMessage, maxBytes: number): Promise<Result<Uint8Array, DeviceFault>> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    reply.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else {
        resolve(err({ kind: 'malformed', detail: `reply of more than ${maxBytes} bytes` }));
        reply.destroy();
      }
    });
    reply.on('end', () => resolve(ok(Buffer.concat(chunks))));
    reply.on('error', (error) => resolve(err(faultOf(error))));
    reply.on('close', () => resolve(err({ kind: 'unreachable' })));
  });

const exchangeOnce = (
  clock: Clock,
  request: HttpRequest,
  header: string | null,
): Promise<Result<RawReply, DeviceFault>> =>
  new Promise((resolve) => {
    const url = URL.canParse(request.url) ? new URL(request.url) : null;
    if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
      resolve(err({ kind: 'malformed', detail: 'address is not http or https' }));
      return;
    }
    const length = request.body === null ? {} : { 'content-length': String(Buffer.byteLength(request.body)) };
    const outgoing = (url.protocol === 'https:' ? requestTls : requestPlain)({
      hostname: url.hostname.replaceAll(/^\[|\]$/g, ''),
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method: request.method,
      headers: {
        ...request.headers,
        ...length,
        connection: 'close',
        ...(header === null ? {} : { authorization: header }),
      },
      agent: false,
      // Cameras sign their certificates themselves: taken, as no authority knows them. It keeps out who listens, not who meddles.
      rejectUnauthorized: false,
      maxHeaderSize: 16_384,
      // Devices of the LAN, one request a connection: broken header lines are forgiven as far as the parser can.
      insecureHTTPParser: true,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    const settle = (result: Result<RawReply, DeviceFault>): void => {
      cancel();
      resolve(result);
      outgoing.destroy();
    };
    const cancel = clock.after(request.timeoutMs, () => settle(err({ kind: 'timeout' })));
    outgoing.on('error', (error: NodeJS.ErrnoException) => settle(err(faultOf(error))));
    outgoing.on('response', (reply) => {
      void readBody(reply, request.maxBytes).then((body) => {
        const { statusCode = 0, headers, headersDistinct } = reply;
        const dateMs = Date.parse(headers.date ?? '');
        const common = {
          status: statusCode,
          contentType: headers['content-type'] ?? '',
          dateMs: Number.isNaN(dateMs) ? null : dateMs,
        };
        settle(
          body.ok
            ? ok({
                ...common,
                bytes: body.value,
                challenges: headersDistinct['www-authenticate'] ?? [],
              })
            : body,
        );
      });
    });
    outgoing.end(request.body ?? undefined);
  });

/** A GET whose reply is no HTTP to the parser is asked once more and read by hand. A POST is not: it may have switched something. */
const exchangeTolerantly = async (
  clock: Clock,
  request: HttpRequest,
  header: string | null,
): Promise<Result<RawReply, DeviceFault>> => {
  const reply = await exchangeOnce(clock, request, header);
  const broken = !reply.ok && reply.error.kind === 'malformed' && reply.error.detail === notHttp;
  return broken && request.method === 'GET' ? readByHand(clock, request, header) : reply;
};

/**
 * Creates a client. A 401 is answered once (RFC 7616), and once more only when the server says that the nonce was stale: repeated
 * failures lock accounts on many devices. The challenge is kept per device, so that the next request does not need a 401 first.
 */
export const createHttpClient = (clock: Clock): HttpClient => {
  const known = new Map<string, { readonly challenge: Challenge; count: number }>();
  /** Who has once asked for Digest is never told the password in the plain again. */
  const digestOnly = new Set<string>();

  const remember = (key: string, challenge: Challenge): void => {
    known.delete(key);
    known.set(key, { challenge, count: 0 });
    const oldest = known.keys().next().value;
    if (known.size > rememberedChallenges && oldest !== undefined) known.delete(oldest);
  };

  const answer = (key: string, request: HttpRequest, { username, password }: Credentials): string | null => {
    const entry = known.get(key);
    if (entry === undefined || username === null) return null;
    entry.count += 1;
    const { pathname, search } = new URL(request.url);
    const uri = `${pathname}${search}`;
    return authorization(entry.challenge, {
      method: request.method,
      uri,
      username,
      password: password ?? '',
      count: entry.count,
    });
  };

  return {
    exchange: async (request, credentials) => {
      if (!URL.canParse(request.url)) return err({ kind: 'malformed', detail: 'address is not http or https' });
      const key = `${new URL(request.url).host} ${credentials.username ?? ''}`;
      const firstHeader = answer(key, request, credentials);
      let reply = await exchangeTolerantly(clock, request, firstHeader);
      // A kept nonce may simply have aged, so it does not count as a refused password.
      for (let attempt = 0; attempt < 2; attempt += 1) {
        if (!reply.ok || reply.value.status !== 401 || credentials.username === null) return reply;
        const { best: challenge } = readChallenges(reply.value.challenges);
        if (challenge === null || (challenge.scheme === 'basic' && digestOnly.has(key))) return reply;
        if (challenge.scheme === 'digest' && digestOnly.size < rememberedChallenges) digestOnly.add(key);
        const again = attempt === 0 || (challenge.scheme === 'digest' && challenge.stale);
        if (!again) break;
        remember(key, challenge);
        reply = await exchangeTolerantly(clock, request, answer(key, request, credentials));
      }
      if (reply.ok && reply.value.status === 401) known.delete(key);
      return reply;
    },
  };
};
