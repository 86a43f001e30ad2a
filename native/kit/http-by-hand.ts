import { asBytes } from './header-text.ts';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Clock } from '../../electron/station/ports/clock.port.ts';
import type { DeviceFault } from '../../electron/station/ports/devices.port.ts';
import type { HttpRequest, RawReply } from './http.ts';

/** A longer head is not one. */
const maxHeadBytes = 16_384;

/** The lines of a head that are header lines; the others are passed over (VStarcam and others put lines without a colon between them). */
const readHead = (
  head: string,
): { readonly status: number; readonly headers: ReadonlyMap<string, readonly string[]> } | null => {
  const [first = '', ...lines] = head.split(/\r\n|\r|\n/);
  const status = /^HTTP\/\d(?:\.\d)? +(\d{3})\b/.exec(first)?.[1];
  if (status === undefined) return null;
  const headers = new Map<string, readonly string[]>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([!#$%&'*+.^`|~\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key !== '') headers.set(key, [...(headers.get(key) ?? []), value]);
  }
  return { status: Number(status), headers };
};

/** Where the head ends, and the body begins; null where it has not ended yet. */
const splitReply = (bytes: Buffer): { readonly head: string; readonly body: Buffer } | null => {
  const text = bytes.subarray(0, maxHeadBytes).toString('latin1');
  const end = /\r\n\r\n|\n\n|\n\r\n/.exec(text);
  if (end === null) return null;
  return { head: text.slice(0, end.index), body: bytes.subarray(end.index + end[0].length) };
};

/**
 * A GET over a socket of our own, for replies that are no HTTP to Node's parser. The body ends by `Content-Length`, else with the
 * connection; chunked bodies are not read here. Bounded and timed like every exchange.
 */
export const readByHand = (
  clock: Clock,
  request: HttpRequest,
  authorization: string | null,
): Promise<Result<RawReply, DeviceFault>> =>
  new Promise((resolve) => {
    const url = new URL(request.url);
    const host = url.hostname.replaceAll(/^\[|\]$/g, '');
    const tls = url.protocol === 'https:';
    const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
    const socket = tls ? connectTls({ host, port, rejectUnauthorized: false }) : connectPlain({ host, port });
    let received = Buffer.alloc(0);
    const settle = (result: Result<RawReply, DeviceFault>): void => {
      cancel();
      socket.destroy();
      resolve(result);
    };
    const cancel = clock.after(request.timeoutMs, () => settle(err({ kind: 'timeout' })));
    const finish = (ended: boolean): void => {
      const parts = splitReply(received);
      const head = parts === null ? null : readHead(parts.head);
      if (parts === null || head === null || head.headers.has('transfer-encoding')) {
        if (ended || received.length > maxHeadBytes) settle(err({ kind: 'malformed', detail: 'not HTTP' }));
        return;
      }
      const length = Number(head.headers.get('content-length')?.[0] ?? Number.NaN);
      const whole = Number.isInteger(length) && length >= 0 && parts.body.length >= length;
      if (parts.body.length > request.maxBytes) {
        settle(err({ kind: 'malformed', detail: `reply of more than ${request.maxBytes} bytes` }));
      } else if (whole || ended) {
        const dateMs = Date.parse(head.headers.get('date')?.[0] ?? '');
        settle(
          ok({
            status: head.status,
            contentType: head.headers.get('content-type')?.[0] ?? '',
            bytes: whole ? parts.body.subarray(0, length) : parts.body,
            dateMs: Number.isNaN(dateMs) ? null : dateMs,
            challenges: head.headers.get('www-authenticate') ?? [],
          }),
        );
      }
    };
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      finish(false);
    });
    socket.on('error', () => settle(err({ kind: 'unreachable' })));
    socket.on('close', () => finish(true));
    const lines = [
      `GET ${url.pathname}${url.search} HTTP/1.0`,
      `Host: ${url.host}`,
      ...Object.entries(request.headers).map(([name, value]) => `${name}: ${asBytes(value)}`),
      ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
      'Connection: close',
    ];
    socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'));
  });
