import fastifyStatic from '@fastify/static';
import Fastify from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { MAX_SEAT_MESSAGE_BYTES, type Busy, type StationMessage } from '../../electron/contract/messages.schema.ts';
import type { Log } from '../../electron/station/ports/clock.port.ts';
import type { SeatConnection, SeatHandle } from '../../electron/station/ports/seat.port.ts';
import { admitSeat, hostAllowed, sameSecret, SEAT_SUBPROTOCOL } from './admission.ts';
import { createOpeningTickets } from './opening-tickets.ts';
import { bareAnswer, policyHeaders } from './policy-headers.ts';
import { joinSeat } from './seat-socket.ts';
import { createSeatTable } from './seat-table.ts';
import { keepRoom } from './waiting-room.ts';

export interface GatewayOptions {
  /** 0 lets the system choose. Loopback only. */
  readonly port: number;
  readonly token: string;
  /** Folder of the built renderer. */
  readonly staticDir: string;
  /** Origins beside the gateway's own, for example `app://guardroom` of the shell. */
  readonly extraOrigins: readonly string[];
  readonly connectSeat: (connection: SeatConnection) => SeatHandle;
  /** The file of a ticket that a seat was given, once; `null` for any other text. */
  readonly redeem: (ticket: string) => Promise<Uint8Array | null>;
  readonly log: Log;
  /** UTC milliseconds. */
  readonly nowMs: () => number;
}

export interface Gateway {
  readonly port: number;
  /** The page's address, with the start token. */
  readonly url: string;
  readonly origins: readonly string[];
  /** Tells every seat, and those that come until the end, how far the station is with its tables. */
  readonly tellBusy: (busy: Busy) => void;
  readonly close: () => Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** A half-open connection is noticed after two of these. */
const PING_MS = 10_000;
/** Connections that are no seats; how long one may take to say what it wants, and stay when it wants nothing more; milliseconds. */
const MAX_WAITING = 192;
const HEADERS_MS = 5000;
const IDLE_MS = 5000;

/** Calls back every `PING_MS`; sockets that did not answer the last ping are ended. */
const keepWatch = (server: WebSocketServer): NodeJS.Timeout => {
  const alive = new WeakSet<WebSocket>();
  server.on('connection', (socket) => {
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
  });
  return setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, PING_MS);
};

const answerBare = (socket: Duplex, status: string): void => {
  // Whoever never hangs up would keep a connection that nobody looks after any more.
  socket.once('finish', () => socket.destroy());
  socket.end(bareAnswer(status));
};

/**
 * The loopback gateway: the page's files and one WebSocket per seat. Rejects when the port is taken.
 */
export const createGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const http = { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 1000, maxHeaderSize: 8192 };
  const app = Fastify({
    logger: false,
    bodyLimit: 1024,
    requestTimeout: 10_000,
    keepAliveTimeout: IDLE_MS,
    forceCloseConnections: true,
    http,
    // An address that cannot be read comes by no hook, and what is no HTTP at all not even here.
    frameworkErrors: (_error, request, reply) => {
      reply.hijack();
      answerBare(request.raw.socket, '400 Bad Request');
    },
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) answerBare(socket, '400 Bad Request');
      else socket.destroy();
    },
  });
  const room = keepRoom(app.server, MAX_WAITING);
  let hosts: readonly string[] = [];
  let origins: readonly string[] = [];

  app.addHook('onRequest', async (request, reply) => {
    if (!hostAllowed(request.raw, hosts)) await reply.code(403).send('This address is not the station.');
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(policyHeaders);
  });
  await app.register(fastifyStatic, {
    root: options.staticDir,
    cacheControl: false,
    setHeaders: (response, filePath) => {
      const immutable = /[\\/]assets[\\/]/.test(filePath);
      response.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });

  const tickets = createOpeningTickets(() => performance.now());
  app.post('/tickets', async (request, reply) => {
    if (!sameSecret(request.headers.authorization ?? '', `Bearer ${options.token}`)) return reply.code(401).send('');
    return tickets.make();
  });
  app.post('/tickets/spend', async (request, reply) => {
    const isOurs = origins.includes(request.headers.origin ?? '');
    if (!isOurs || typeof request.body !== 'string' || !tickets.spend(request.body)) return reply.code(403).send('');
    return reply.header('cache-control', 'no-store').send(options.token);
  });

  app.post('/results', async (request, reply) => {
    const origin = request.headers.origin ?? '';
    const file =
      origins.includes(origin) && typeof request.body === 'string' ? await options.redeem(request.body) : null;
    if (file === null) return reply.code(403).send('');
    // The page of the desktop shell has another origin than its station.
    reply.header('access-control-allow-origin', origin).header('cache-control', 'no-store');
    return reply.type('application/octet-stream').send(Buffer.from(file));
  });

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_SEAT_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => SEAT_SUBPROTOCOL,
  });
  const seats = createSeatTable();
  let busy: string | null = null;
  sockets.on('connection', (socket) => {
    if (busy !== null) socket.send(busy);
  });
  sockets.on('connection', (socket) => seats.add(joinSeat(socket, options.connectSeat, options.log, options.nowMs)));
  const watch = keepWatch(sockets);

  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = admitSeat(request, { hosts, origins, token: options.token });
    if (refusal !== null) {
      options.log.warn('seat not admitted', { because: refusal });
      return answerBare(
        socket,
        refusal === 'path' ? '404 Not Found' : refusal === 'token' ? '401 Unauthorized' : '403 Forbidden',
      );
    }
    if (!seats.makeRoom()) return answerBare(socket, '503 Service Unavailable');
    room.leave(socket);
    return sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request));
  });

  await app.listen({ host: LOOPBACK, port: options.port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no TCP address');
  hosts = [`${LOOPBACK}:${address.port}`, `localhost:${address.port}`];
  origins = [...hosts.map((host) => `http://${host}`), ...options.extraOrigins];

  return {
    port: address.port,
    url: `http://${LOOPBACK}:${address.port}/?token=${options.token}`,
    origins,
    tellBusy: ({ done, of }) => {
      const message: StationMessage = { t: 'busy', done, of };
      const text = JSON.stringify(message);
      busy = done < of ? text : null;
      for (const socket of sockets.clients) if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: async () => {
      clearInterval(watch);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await app.close();
    },
  };
};
