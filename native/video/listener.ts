import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { Cancel, Clock } from '../../electron/domain/kernel/clock.ts';
import { serveSeat } from './seat.ts';
import type { StreamHub } from './stream-hub.ts';
import type { Tickets } from './tickets.ts';

/** Longest text message of a seat (bytes): 64 tiles fit many times over. */
const MAX_MESSAGE_BYTES = 65_536;
const MAX_SEATS = 64;
/** Connections of any kind, and how long one may take to say what it wants (ms). */
const MAX_CONNECTIONS = 256;
const HEADERS_MS = 5000;
/** A seat that answers no ping within this is gone (ms). */
const PING_MS = 15_000;
const localHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface VideoListenerOptions {
  readonly hub: StreamHub;
  readonly tickets: Tickets;
  readonly clock: Clock;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly seatBufferBytes: number;
}

export interface VideoListener {
  readonly port: number;
  /** Ends the sockets of this holder at once, whatever still waits to be sent, and its tickets. */
  readonly dismiss: (holder: string) => void;
  readonly close: () => void;
}

const refuse = (socket: Duplex, status: string): void => {
  // Whoever never hangs up would keep a connection that nobody looks after any more.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/** Listens on loopback only. Rejects with the system's error when the port is taken. */
export const openVideoListener = async (options: VideoListenerOptions): Promise<VideoListener> => {
  const { hub, tickets, clock } = options;
  const limits = {
    headersTimeout: HEADERS_MS,
    requestTimeout: HEADERS_MS,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: 8192,
  };
  const server = createServer(limits, (_request, response) => {
    response.writeHead(404, { connection: 'close' }).end();
  });
  server.maxConnections = MAX_CONNECTIONS;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  });

  const holders = new Map<WebSocket, string>();

  /** Who is let in, or the status to refuse with. The ticket is used up by the attempt, whatever else is wrong with it. */
  const admit = (request: IncomingMessage): Result<string, string> => {
    const url = URL.parse(request.url ?? '', 'http://127.0.0.1');
    if (url === null || url.pathname !== '/video') return err('404 Not Found');
    const use = tickets.redeem(url.searchParams.get('ticket') ?? '');
    if (use === null) return err('401 Unauthorized');
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (!localHosts.has(host)) return err('421 Misdirected Request');
    if (!use.origins.includes(request.headers.origin ?? '')) return err('403 Forbidden');
    return sockets.clients.size >= MAX_SEATS ? err('503 Service Unavailable') : ok(use.holder);
  };

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const admitted = admit(request);
    if (!admitted.ok) {
      refuse(socket, admitted.error);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (seat) => {
      holders.set(seat, admitted.value);
      let isAlive = true;
      let cancel: Cancel = () => undefined;
      const ping = (): void => {
        if (!isAlive) {
          seat.terminate();
          return;
        }
        isAlive = false;
        seat.ping();
        cancel = clock.after(PING_MS, ping);
      };
      seat.on('pong', () => {
        isAlive = true;
      });
      seat.on('error', () => seat.terminate());
      seat.on('close', () => {
        holders.delete(seat);
        cancel();
      });
      cancel = clock.after(PING_MS, ping);
      serveSeat({ socket: seat, hub, bufferBytes: options.seatBufferBytes });
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address: AddressInfo | string | null = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : options.port,
    dismiss: (holder) => {
      tickets.revoke(holder);
      for (const [seat, of] of holders) if (of === holder) seat.terminate();
    },
    close: () => {
      for (const seat of sockets.clients) seat.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
};
