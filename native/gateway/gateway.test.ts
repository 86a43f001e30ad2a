import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { SeatMessage } from '../../electron/contract/messages.schema.ts';
import type { Log } from '../../electron/station/ports/clock.port.ts';
import type { SeatConnection } from '../../electron/station/ports/seat.port.ts';
import { createGateway, type Gateway } from './gateway.ts';

const token = 'start-token';
const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };

let folder = '';
let gateway: Gateway;
let received: SeatMessage[] = [];
let seats: SeatConnection[] = [];
let closed = 0;
/** Seats where somebody is signed in, by the number of their coming from 1. */
let occupied = new Set<number>();

beforeEach(async () => {
  received = [];
  seats = [];
  closed = 0;
  occupied = new Set();
  folder = await mkdtemp(path.join(tmpdir(), 'guardroom 网关 '));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>seat</title>');
  gateway = await createGateway({
    redeem: async (ticket) => (ticket === 'good' ? new TextEncoder().encode('表格') : null),
    port: 0,
    token,
    staticDir: folder,
    extraOrigins: ['app://guardroom'],
    log: quiet,
    nowMs: () => 0,
    connectSeat: (seat) => {
      seats.push(seat);
      const mine = seats.length;
      return {
        receive: (message) => received.push(message),
        isOccupied: () => occupied.has(mine),
        closed: () => (closed += 1),
      };
    },
  });
});

afterEach(async () => {
  await gateway.close();
  await rm(folder, { recursive: true });
});

interface Attempt {
  readonly protocols?: readonly string[];
  readonly origin?: string;
  readonly host?: string;
  readonly path?: string;
}

const open = (attempt: Attempt = {}): WebSocket =>
  new WebSocket(
    `ws://127.0.0.1:${gateway.port}${attempt.path ?? '/seat'}`,
    [...(attempt.protocols ?? ['guardroom.v1', `token.${token}`])],
    {
      origin: attempt.origin ?? `http://127.0.0.1:${gateway.port}`,
      headers: attempt.host === undefined ? {} : { host: attempt.host },
    },
  );

/** `open`, or the HTTP status that the upgrade was answered with. */
const outcome = (socket: WebSocket): Promise<string> =>
  new Promise((resolve) => {
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });

const opened = (socket: WebSocket): Promise<void> => new Promise((resolve) => socket.on('open', () => resolve()));
const nextText = (socket: WebSocket): Promise<string> =>
  new Promise((resolve) => socket.once('message', (data) => resolve(data.toString())));
const closing = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.on('close', (code) => resolve(code)));

const get = (
  target: string,
  host = `127.0.0.1:${gateway.port}`,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> =>
  new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: gateway.port, path: target, headers: { host } }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    call.on('error', reject);
    call.end();
  });

/** Says these bytes and resolves with everything that came back until the other side hung up. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(gateway.port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });

/** A connection that asks for the page, gets it, and then stays. */
const idle = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(gateway.port, '127.0.0.1', () =>
      socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\n\r\n`),
    );
    socket.once('data', () => resolve(socket));
    socket.on('error', reject);
  });

describe('room for a seat', () => {
  it('is there however many idle connections nobody admitted', async () => {
    const others: Socket[] = [];
    for (let count = 0; count < 300; count += 1) others.push(await idle());
    expect((await get('/')).status).toBe(200);
    expect(await outcome(open())).toBe('open');
    expect(others.filter((socket) => socket.closed).length).toBeGreaterThan(50);
    for (const socket of others) socket.destroy();
  });

  it('is made of the oldest that never spoke, then of one where nobody is signed in, and never of one with a person', async () => {
    const sockets: WebSocket[] = [];
    const join = async (): Promise<void> => {
      const socket = open();
      sockets.push(socket);
      await opened(socket);
    };
    const speak = async (index: number): Promise<void> => {
      const before = received.length;
      sockets[index]?.send(JSON.stringify({ t: 'sound', state: 'on' }));
      await expect.poll(() => received.length, { timeout: 10_000 }).toBe(before + 1);
    };
    for (let count = 0; count < 32; count += 1) await join();
    await speak(0);
    await join();
    await expect.poll(() => sockets[1]?.readyState, { timeout: 10_000 }).toBe(WebSocket.CLOSED);
    expect(sockets[0]?.readyState).toBe(WebSocket.OPEN);
    for (let index = 2; index < 33; index += 1) await speak(index);
    occupied = new Set([1]);
    await join();
    await expect.poll(() => sockets[2]?.readyState, { timeout: 10_000 }).toBe(WebSocket.CLOSED);
    expect(sockets[0]?.readyState).toBe(WebSocket.OPEN);
    occupied = new Set(Array.from({ length: 40 }, (_, index) => index));
    await speak(33);
    expect(await outcome(open())).toBe('503');
    for (const socket of sockets) socket.terminate();
  });
});

describe('admission', () => {
  it('lets in its own page and the shell', async () => {
    expect(await outcome(open())).toBe('open');
    expect(await outcome(open({ origin: 'app://guardroom' }))).toBe('open');
  });

  it.each([
    ['a foreign origin', { origin: 'http://example.org' }, '403'],
    ['a foreign host', { host: 'rebound.example.org' }, '403'],
    ['a wrong token', { protocols: ['guardroom.v1', 'token.other'] }, '401'],
    ['no token', { protocols: ['guardroom.v1'] }, '401'],
    ['another protocol', { protocols: [`token.${token}`] }, '401'],
    ['another path', { path: '/other' }, '404'],
  ])('refuses %s', async (_name, attempt, status) => {
    expect(await outcome(open(attempt))).toBe(status);
    expect(seats).toHaveLength(0);
  });
});

describe('a ticket for the address that a browser is opened with', () => {
  const post = (
    target: string,
    headers: Record<string, string>,
    body = '',
  ): Promise<{ status: number; text: string }> =>
    fetch(`http://127.0.0.1:${gateway.port}${target}`, { method: 'POST', headers, body }).then(async (answer) => ({
      status: answer.status,
      text: await answer.text(),
    }));
  const own = (): Record<string, string> => ({ origin: `http://127.0.0.1:${gateway.port}` });

  it('gives the file of a job to its own pages, for its ticket', async () => {
    expect(await post('/results', own(), 'good')).toEqual({ status: 200, text: '表格' });
    expect(await post('/results', { origin: 'app://guardroom' }, 'good')).toEqual({ status: 200, text: '表格' });
    expect(await post('/results', own(), 'other')).toEqual({ status: 403, text: '' });
    expect(await post('/results', { origin: 'http://example.org' }, 'good')).toEqual({ status: 403, text: '' });
    expect(await post('/results', {}, 'good')).toEqual({ status: 403, text: '' });
  });

  it('is given for the token, and gives the token once, to a page of ours', async () => {
    const { text: ticket, status } = await post('/tickets', { authorization: `Bearer ${token}` });
    expect(status).toBe(200);
    expect(ticket).not.toContain(token);
    expect(await post('/tickets/spend', { origin: 'http://example.org' }, ticket)).toEqual({ status: 403, text: '' });
    expect(await post('/tickets/spend', {}, ticket)).toEqual({ status: 403, text: '' });
    expect(await post('/tickets/spend', own(), ticket)).toEqual({ status: 200, text: token });
    expect(await post('/tickets/spend', own(), ticket)).toEqual({ status: 403, text: '' });
  });

  it('is given to nobody without the token', async () => {
    expect(await post('/tickets', {})).toEqual({ status: 401, text: '' });
    expect(await post('/tickets', { authorization: 'Bearer other' })).toEqual({ status: 401, text: '' });
  });
});

describe('the page', () => {
  it('is served under a strict policy', async () => {
    const answer = await get('/');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<title>seat</title>');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
  });

  it.each(['/../package.json', '/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/..\\..\\etc\\passwd'])(
    'does not leave its folder for %s',
    async (target) => {
      const answer = await get(target);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('root:');
    },
  );

  it.each([
    ['an address that cannot be read', 'GET /%zz HTTP/1.1'],
    ['a file that is not there', 'GET /nothing HTTP/1.1'],
    ['what is no HTTP', 'GET /\u0000'],
    ['a method that is none', 'BREW / HTTP/1.1'],
    ['a seat without a token', 'GET /seat HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket'],
  ])('answers %s under the same policy', async (_name, head) => {
    const answer = await raw(`${head}\r\nHost: 127.0.0.1:${gateway.port}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer.toLowerCase()).toContain("content-security-policy: default-src 'none'");
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  it('answers a foreign Host with 403', async () => {
    expect((await get('/', 'rebound.example.org')).status).toBe(403);
  });
});

describe('a seat', () => {
  it('is heard when what it says is of the contract', async () => {
    const socket = open();
    await opened(socket);
    socket.send(JSON.stringify({ t: 'sound', state: 'on' }));
    await expect.poll(() => received).toEqual([{ t: 'sound', state: 'on' }]);
    socket.close();
    await expect.poll(() => closed).toBe(1);
  });

  it('is told which command was malformed, without its content', async () => {
    const socket = open();
    await opened(socket);
    const id = '018f3c1e-7c1e-7c1e-8c1e-7c1e7c1e7c1e';
    socket.send(JSON.stringify({ t: 'command', command: { id, type: 'openBarrier', note: '4711' } }));
    const text = await nextText(socket);
    expect(JSON.parse(text)).toMatchObject({
      t: 'answer',
      commandId: id,
      answer: { ok: false, refusal: { kind: 'malformed' } },
    });
    expect(text).not.toContain('4711');
    socket.terminate();
  });

  it('is closed after five messages that are none', async () => {
    const socket = open();
    await opened(socket);
    const code = closing(socket);
    for (const garbage of ['', '{', '[[[[', 'null', '{"t":"nothing"}']) socket.send(garbage);
    expect(await code).toBe(1008);
    expect(received).toHaveLength(0);
  });

  it('is closed when a message is larger than 256 KB, and others are unharmed', async () => {
    const other = open();
    await opened(other);
    const socket = open();
    await opened(socket);
    const code = closing(socket);
    socket.send('x'.repeat(262_145));
    expect(await code).toBe(1009);
    other.send(JSON.stringify({ t: 'sound', state: 'off' }));
    await expect.poll(() => received).toEqual([{ t: 'sound', state: 'off' }]);
    other.terminate();
  });

  it('is closed when it floods', async () => {
    const socket = open();
    await opened(socket);
    const code = closing(socket);
    for (let count = 0; count < 101; count += 1) socket.send(JSON.stringify({ t: 'sound', state: 'on' }));
    expect(await code).toBe(1008);
  });

  it('is closed when it says who it is again and again', async () => {
    const socket = open();
    await opened(socket);
    const code = closing(socket);
    const hello = { t: 'hello', seatId: 'desk', session: null, fresh: false, resume: null, sound: 'on' };
    for (let count = 0; count < 11; count += 1) socket.send(JSON.stringify(hello));
    expect(await code).toBe(1008);
    expect(received).toHaveLength(10);
  });

  it('that does not read is ended at once when it is to be ended', async () => {
    const socket = open();
    await opened(socket);
    const code = closing(socket);
    socket.pause();
    const [seat] = seats;
    const rows = [{ collection: 'log', key: '1', doc: { text: 'x'.repeat(100_000) } }] as const;
    while ((seat?.bufferedBytes() ?? Number.POSITIVE_INFINITY) < 2_000_000)
      seat?.send({ t: 'patch', after: 0, seq: 1, rows: [...rows] });
    seat?.close();
    await expect.poll(() => seat?.bufferedBytes(), { timeout: 10_000 }).toBe(0);
    socket.resume();
    expect(await code).toBe(1006);
  });

  it('is understood in many small fragments', async () => {
    const socket = open();
    await opened(socket);
    const text = JSON.stringify({ t: 'sound', state: 'on' });
    for (const [index, character] of Array.from(text).entries())
      socket.send(character, { fin: index === text.length - 1 });
    await expect.poll(() => received).toHaveLength(1);
    socket.terminate();
  });
});

it('outlives raw garbage on its port', async () => {
  for (const bytes of [
    '\0\0\0\0',
    'GET\r\n\r\n',
    `GET /seat HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(gateway.port, '127.0.0.1', () => socket.write(bytes));
      socket.on('data', () => {});
      socket.on('error', () => {});
      socket.on('close', () => resolve());
      socket.setTimeout(500, () => socket.destroy());
    });
  }
  expect((await get('/')).status).toBe(200);
});

it('tells every seat how far the station is with its tables, those that come later too, until the end', async () => {
  const there = open();
  await opened(there);
  const heard = nextText(there);
  gateway.tellBusy({ done: 1, of: 10 });
  expect(JSON.parse(await heard)).toEqual({ t: 'busy', done: 1, of: 10 });
  const later = open();
  expect(JSON.parse(await nextText(later))).toEqual({ t: 'busy', done: 1, of: 10 });
  const ends = [nextText(there), nextText(later)];
  gateway.tellBusy({ done: 10, of: 10 });
  expect((await Promise.all(ends)).map((text) => JSON.parse(text))).toEqual([
    { t: 'busy', done: 10, of: 10 },
    { t: 'busy', done: 10, of: 10 },
  ]);
  const last = open();
  await opened(last);
  seats.at(-1)?.send({ t: 'bye', reason: 'stopping' });
  expect(JSON.parse(await nextText(last))).toEqual({ t: 'bye', reason: 'stopping' });
});
