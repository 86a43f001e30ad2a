import { createListeners } from '../../electron/domain/kernel/listeners.ts';
import { createServer, type Server, type Socket } from 'node:net';
import type { Clock, Log } from '../../electron/station/ports/clock.port.ts';
import type {
  OwnAddress,
  PanelFrameSeen,
  PanelListener,
  PanelListening,
  PanelPlace,
  PanelPort,
  PanelReport,
} from '../../electron/station/ports/devices.port.ts';
import { createSourceCheck } from './allowed-sources.ts';
import { createSiaIntake } from './sia-intake.ts';
import { servePeer, type Peer } from './sia-peer.ts';
import { createSupervision } from './supervision.ts';

/** A place that could not be had is tried again after this long; and so often it is looked whether the address is still there. */
const lookMs = 10_000;
const rememberedFrames = 8;
/** Addresses that no cable takes away. */
const alwaysHere = new Set(['0.0.0.0', '127.0.0.1']);

export interface SiaReceiverDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly addresses: () => readonly OwnAddress[];
  /** At most so many connections; default 64. */
  readonly maxSockets?: number;
}

const faults: Readonly<Record<string, Extract<PanelListening, { state: 'failed' }>['fault']>> = {
  EADDRINUSE: 'portTaken',
  EADDRNOTAVAIL: 'addressGone',
  EACCES: 'notPermitted',
};

const faultOf = (error: Error): PanelListening => ({
  state: 'failed',
  fault: faults['code' in error ? String(error.code) : ''] ?? 'failed',
});

const listenOn = (server: Server, { host, port }: PanelPlace): Promise<PanelListening> =>
  new Promise((resolve) => {
    const fail = (error: Error): void => resolve(faultOf(error));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      const address = server.address();
      resolve(
        address === null || typeof address === 'string'
          ? { state: 'failed', fault: 'failed' }
          : { state: 'listening', host, port: address.port },
      );
    });
  });

/** Who makes room: of the connections that have not proven anything, one of the address that holds most of them; else the one that rested longest. */
const leastMissed = (peers: ReadonlySet<Peer>): Peer | undefined => {
  const strangers = [...peers].filter(({ known }) => !known);
  const held = (source: string): number => strangers.filter((peer) => peer.source === source).length;
  const most = Math.max(0, ...strangers.map(({ source }) => held(source)));
  const candidates = strangers.length > 0 ? strangers.filter(({ source }) => held(source) === most) : [...peers];
  return candidates.toSorted((one, other) => one.lastMonotonicMs - other.lastMonotonicMs)[0];
};

/** Who records what panels report. A set of its own kind: each says whether the report is stored, and only then is the panel told so. */
const createReports = (log: Log) => {
  const listeners = new Set<PanelListener>();
  const isCommitted = (listener: PanelListener, report: PanelReport): boolean => {
    try {
      return listener(report) === 'committed';
    } catch (error) {
      log.error('a panel report could not be recorded', {
        kind: report.kind,
        error: error instanceof Error ? error.name : 'unknown',
      });
      return false;
    }
  };
  return {
    add: (listener: PanelListener): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Whether everybody has stored it, and there is somebody. */
    report: (report: PanelReport): boolean => {
      const answers = [...listeners].map((listener) => isCommitted(listener, report));
      return answers.length > 0 && !answers.includes(false);
    },
  };
};

/**
 * Receiver for panels and help buttons: SIA DC-09 over TCP. It listens nowhere before `listen`.
 * Bounds: 4096 bytes a frame, 64 connections, 30 s for a frame, 64 KB of unread answers; it can do nothing but report.
 */
export const createSiaReceiver = (deps: SiaReceiverDeps): PanelPort => {
  const { clock, log, addresses, maxSockets = 64 } = deps;
  const reports = createReports(log);
  const { report } = reports;
  const hearers = createListeners<[state: PanelListening]>();
  const peers = new Set<Peer>();
  const frames: PanelFrameSeen[] = [];
  let state: PanelListening = { state: 'off' };
  let server: Server | null = null;
  let turn = 0;
  let closed = false;
  let cancelLook = (): void => undefined;

  const supervision = createSupervision(clock, (account, sinceMs) => report({ kind: 'silent', account, sinceMs }));
  const intake = createSiaIntake({ clock, log, supervision, report });

  const remember = (frame: Omit<PanelFrameSeen, 'atMs'>): void => {
    frames.unshift({ atMs: clock.nowMs(), ...frame });
    frames.length = Math.min(frames.length, rememberedFrames);
  };
  const become = (next: PanelListening): void => {
    const changed = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (!changed) return;
    log.info('panel receiver', { ...next });
    hearers.tell(next);
  };

  const makeRoom = (): void => {
    const leaves = peers.size < maxSockets ? undefined : leastMissed(peers);
    if (leaves === undefined) return;
    peers.delete(leaves);
    leaves.socket.destroy();
    log.warn('too many panel connections, closed one', { limit: maxSockets, from: leaves.source });
  };
  const admit = (socket: Socket, mayConnect: (address: string | undefined) => boolean): void => {
    const source = socket.remoteAddress ?? '';
    if (!mayConnect(socket.remoteAddress)) {
      intake.unrecognised(`connection from ${source === '' ? 'nowhere' : source}, which is not allowed`);
      remember({ source, account: '', readAs: 'notAllowed', meaning: null, zone: '' });
      socket.destroy();
      return;
    }
    makeRoom();
    const peer: Peer = { socket, source, lastMonotonicMs: clock.monotonicMs(), account: null, known: false };
    peers.add(peer);
    socket.on('close', () => peers.delete(peer));
    servePeer(peer, {
      intake,
      clock,
      log,
      onTaken: (from, { seen }) => remember({ source: from, ...seen }),
    });
  };

  const leave = async (): Promise<void> => {
    const old = server;
    server = null;
    if (old === null) return;
    await new Promise<void>((resolve) => {
      old.close(() => resolve());
      for (const { socket } of peers) socket.destroy();
    });
  };
  const isHere = (host: string): boolean =>
    alwaysHere.has(host) || host.includes(':') || addresses().some(({ address }) => address === host);

  /** A place is looked at again and again: a port becomes free, a cable is put back, an address is lost while its socket stays. */
  const look = (place: PanelPlace, mine: number): void => {
    cancelLook = clock.after(lookMs, () => {
      if (mine !== turn || closed) return;
      if (state.state === 'listening' && isHere(place.host)) return look(place, mine);
      void settle(place, mine);
    });
  };
  const settle = async (place: PanelPlace, mine: number): Promise<PanelListening> => {
    await leave();
    if (mine !== turn || closed) return state;
    const mayConnect = createSourceCheck(place.sources);
    const next = createServer({ noDelay: true }, (socket) => admit(socket, mayConnect));
    const result: PanelListening = isHere(place.host)
      ? await listenOn(next, place)
      : { state: 'failed', fault: 'addressGone' };
    if (mine !== turn || closed) {
      next.close();
      return state;
    }
    if (result.state === 'listening') server = next;
    next.on('error', (error) => log.error('panel receiver failed', { error: error.name }));
    become(result);
    look(place, mine);
    return result;
  };

  return {
    configure: supervision.configure,
    listen: (place) => {
      turn += 1;
      cancelLook();
      return settle(place, turn);
    },
    listening: () => state,
    onListening: hearers.add,
    seen: () => [...frames],
    addresses,
    onReport: reports.add,
    port: () => (state.state === 'listening' ? state.port : 0),
    close: async () => {
      closed = true;
      cancelLook();
      supervision.close();
      await leave();
    },
  };
};
