import { createServer, type Server, type Socket } from 'node:net';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type { PanelListener, PanelPort, PanelReport } from '../../electron/station/ports/devices.port.ts';
import { createSourceCheck } from './allowed-sources.ts';
import { encodeSiaAnswer } from './sia-frame.ts';
import { createSiaFramer } from './sia-framer.ts';
import { createSiaIntake, type SiaIntake } from './sia-intake.ts';
import { createSupervision } from './supervision.ts';

/** A connection that has not finished a frame for this long is closed (a fresh one, or one that drips). */
const unfinishedLimitMs = 30_000;
/** A connection that delivered and then rests is kept this long: panels with a standing line poll every few minutes. */
const restLimitMs = 15 * 60_000;
/** Answers that a peer does not read, in bytes, before it is cut off. */
const unreadAnswersLimit = 64 * 1024;

export interface SiaReceiverDeps {
  /** The interface to bind, for example `0.0.0.0` or `127.0.0.1`. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Addresses and ranges that may connect; an empty list lets nobody in. */
  readonly allowedSources: readonly string[];
  /** At most so many connections; the one that rested longest makes room. Default 64. */
  readonly maxSockets?: number;
}

interface Peer {
  readonly socket: Socket;
  lastMonotonicMs: number;
}

/** Reads one connection: frames in, answers out in their order. */
const serve = (socket: Socket, peer: Peer, intake: SiaIntake, clock: Clock, log: Log): void => {
  const framer = createSiaFramer();
  let delivered = false;
  let limitSinceMs = clock.monotonicMs();
  let cancel = (): void => undefined;
  const watch = (): void => {
    const limit = delivered && !framer.unfinished() ? restLimitMs : unfinishedLimitMs;
    const left = limitSinceMs + limit - clock.monotonicMs();
    if (left <= 0) socket.destroy();
    else cancel = clock.after(left, watch);
  };
  watch();
  socket.on('data', (chunk) => {
    const before = framer.unfinished();
    peer.lastMonotonicMs = clock.monotonicMs();
    for (const item of framer.push(chunk)) {
      if (item.kind === 'frame') {
        const { answer, frame } = intake.take(item.bytes);
        delivered ||= frame !== null;
        limitSinceMs = clock.monotonicMs();
        socket.write(encodeSiaAnswer(answer, frame, clock.nowMs()));
      } else if (item.kind === 'garbage') intake.unrecognised(`${item.count} bytes outside a frame`);
      else {
        intake.unrecognised('a frame of more than 4096 bytes');
        socket.destroy();
      }
    }
    // The clock of an unfinished frame starts with its first byte and is not set back by the next ones.
    if (!before && framer.unfinished()) limitSinceMs = clock.monotonicMs();
    cancel();
    if (socket.writableLength > unreadAnswersLimit) socket.destroy();
    else watch();
  });
  socket.on('error', (error) =>
    log.info('panel connection failed', { code: 'code' in error ? String(error.code) : error.name }),
  );
  socket.on('close', () => cancel());
};

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no TCP address'));
      else resolve(address.port);
    });
  });

/**
 * Receiver for panels and help buttons: SIA DC-09 over TCP. Rejects when the port cannot be had.
 * Bounds: 4096 bytes a frame, 64 connections, 30 s for a frame, 64 KB of unread answers; it can do nothing but report.
 */
export const createSiaReceiver = async (deps: SiaReceiverDeps): Promise<PanelPort> => {
  const { clock, log, maxSockets = 64 } = deps;
  const mayConnect = createSourceCheck(deps.allowedSources);
  const listeners = new Set<PanelListener>();
  const peers = new Set<Peer>();

  const report = (report: PanelReport): boolean => {
    let committed = listeners.size > 0;
    for (const listener of listeners) {
      try {
        if (listener(report) !== 'committed') committed = false;
      } catch (error) {
        committed = false;
        log.error('a panel report could not be recorded', {
          kind: report.kind,
          error: error instanceof Error ? error.name : 'unknown',
        });
      }
    }
    return committed;
  };
  const supervision = createSupervision(clock, (account, sinceMs) => report({ kind: 'silent', account, sinceMs }));
  const intake = createSiaIntake({ clock, log, supervision, report });

  const makeRoom = (): void => {
    if (peers.size < maxSockets) return;
    let oldest: Peer | null = null;
    for (const peer of peers) if (oldest === null || peer.lastMonotonicMs < oldest.lastMonotonicMs) oldest = peer;
    if (oldest === null) return;
    peers.delete(oldest);
    oldest.socket.destroy();
    log.warn('too many panel connections, closed the one that rested longest', { limit: maxSockets });
  };
  const server = createServer({ noDelay: true }, (socket) => {
    if (!mayConnect(socket.remoteAddress)) {
      intake.unrecognised(`connection from ${socket.remoteAddress ?? 'nowhere'}, which is not allowed`);
      socket.destroy();
      return;
    }
    makeRoom();
    const peer: Peer = { socket, lastMonotonicMs: clock.monotonicMs() };
    peers.add(peer);
    socket.on('close', () => peers.delete(peer));
    serve(socket, peer, intake, clock, log);
  });
  const port = await listen(server, deps.host, deps.port);
  server.on('error', (error) => log.error('panel receiver failed', { error: error.name }));

  return {
    configure: supervision.configure,
    onReport: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    port: () => port,
    close: async () => {
      supervision.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const { socket } of peers) socket.destroy();
      });
    },
  };
};
