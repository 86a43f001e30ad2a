/** The one binary socket to the media worker: opened with a ticket, opened again for ever, never in a storm. */
import { reconnectMs } from '../bridge/reconnect.rules.ts';
import type { Clock } from '../../electron/domain/kernel/clock.ts';

/** What is needed of a `WebSocket`. */
export interface SocketPort {
  binaryType: BinaryType;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'message', listener: (event: Event) => void): void;
}

export interface LinkDeps {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  /** Asks for a ticket; the answer comes by `Link.ticket`. */
  readonly askTicket: () => void;
  readonly openSocket: (url: string) => SocketPort;
  readonly up: () => void;
  readonly down: () => void;
  readonly message: (data: ArrayBuffer) => void;
}

export interface Link {
  start(): void;
  ticket(url: string | null): void;
  /** There is reason to hope again (the station answers, the network is back): tries now instead of waiting on. */
  retryNow(): void;
  /** Sends when the socket is open; the caller sends its whole wish again after `up`. */
  send(text: string): void;
  /** The watchdog's look, about twice a second: a cable pulled out closes no socket. */
  look(): void;
}

/** No ticket within this time counts as a refusal. */
const TICKET_MS = 10_000;

/** A socket that neither opens nor fails in this time is given up. */
const OPEN_MS = 8000;

/** Frames flowed and then nothing at all came for this long: the socket is dead without saying so. */
const SILENT_MS = 10_000;

/** A connection that lived this long was a good one: the back-off starts from the beginning. */
const HEALTHY_MS = 5000;

export const createLink = (deps: LinkDeps): Link => {
  let socket: SocketPort | null = null;
  let cancel = (): void => undefined;
  let failures = 0;
  let waitingForTicket = false;
  let isStarted = false;
  let openedMs: number | null = null;
  let heardMs: number | null = null;

  const after = (ms: number, run: () => void): void => {
    cancel();
    cancel = deps.clock.after(ms, run);
  };

  const ask = (): void => {
    waitingForTicket = true;
    deps.askTicket();
    after(TICKET_MS, retry);
  };

  const retry = (): void => {
    const old = socket;
    socket = null;
    waitingForTicket = false;
    if (openedMs !== null && deps.clock.monotonicMs() - openedMs > HEALTHY_MS) failures = 0;
    if (openedMs !== null) deps.down();
    openedMs = null;
    heardMs = null;
    old?.close();
    after(reconnectMs(failures, deps.random()), ask);
    failures += 1;
  };

  const open = (url: string): void => {
    const mine = deps.openSocket(url);
    socket = mine;
    mine.binaryType = 'arraybuffer';
    after(OPEN_MS, retry);
    mine.addEventListener('open', () => {
      if (socket !== mine) return;
      cancel();
      openedMs = deps.clock.monotonicMs();
      deps.up();
    });
    mine.addEventListener('message', (event) => {
      if (socket !== mine || !(event instanceof MessageEvent) || !(event.data instanceof ArrayBuffer)) return;
      heardMs = deps.clock.monotonicMs();
      deps.message(event.data);
    });
    mine.addEventListener('close', () => {
      if (socket === mine) retry();
    });
  };

  return {
    start: () => {
      isStarted = true;
      ask();
    },
    ticket: (url) => {
      if (!waitingForTicket) return;
      waitingForTicket = false;
      if (url === null) retry();
      else open(url);
    },
    retryNow: () => {
      if (!isStarted || socket !== null || waitingForTicket) return;
      failures = 0;
      ask();
    },
    send: (text) => {
      if (openedMs !== null) socket?.send(text);
    },
    look: () => {
      if (heardMs !== null && deps.clock.monotonicMs() - heardMs > SILENT_MS) retry();
    },
  };
};
