/**
 * The seat's one connection to the station. Commands carry their id for good: after a cut they are asked again with the same id,
 * so that they happen once. A motion is never asked again and never kept: what moves must be wanted now.
 */
import type { CollectionName } from '../../electron/contract/views.schema.ts';
import type { Answer, Command, CommandOf, CommandType } from '../../electron/contract/commands.schema.ts';
import type { Query, SeatMessage, StationMessage } from '../../electron/contract/messages.schema.ts';
import type { Clock } from '../../electron/domain/kernel/clock.ts';
import type { SeatStore } from '../store/seat-store.ts';
import { reconnectMs } from './reconnect.rules.ts';
import type { Endpoint } from './endpoint.ts';
import { createHearing, openLine, type OpenSocket, type Socket } from './line.ts';
import type { SeatMemory } from './memory.ts';
import { createWaiting, isMotion, refused, type Replied } from './waiting.ts';

export interface BridgeDeps {
  readonly endpoint: Endpoint;
  readonly store: SeatStore;
  readonly memory: SeatMemory;
  readonly openSocket: OpenSocket;
  readonly clock: Pick<Clock, 'monotonicMs' | 'after'>;
  /** 0 to 1. */
  readonly random: () => number;
  readonly uuid: () => string;
}

type Body<T extends CommandType> = Omit<CommandOf<T>, 'type' | 'id' | 'occurredAt'>;
type Request = Extract<SeatMessage, { t: 'query' | 'signIn' | 'signOut' | 'recover' | 'changePin' }>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface Bridge {
  readonly start: () => void;
  readonly stop: () => void;
  /** Resolves with the station's answer, however long the connection takes to come back; a motion without a connection is
   * refused at once with `disconnected`, one that was cut in the middle with `motionUnknown`. */
  readonly command: <T extends CommandType>(type: T, body: Body<T>) => Promise<Answer>;
  readonly query: (query: Query) => Promise<Replied>;
  readonly signIn: (personId: string, pin: string) => Promise<Replied>;
  readonly signOut: () => Promise<Replied>;
  readonly recover: (code: string, newPin: string) => Promise<Replied>;
  readonly changePin: (oldPin: string, newPin: string) => Promise<Replied>;
  /** The windows that the screen shows from now on; their rows come, and then `shown` of the store has them. */
  readonly show: (collections: readonly CollectionName[]) => void;
  readonly setSound: (state: 'on' | 'off') => void;
  /** The station's time now, UTC milliseconds, or `null` before its clock was heard. */
  readonly stationNowMs: () => number | null;
}

/** Who this seat is, what it shows, and from where it goes on. */
const helloOf = ({ store, memory }: BridgeDeps, shows: readonly CollectionName[], sound: 'on' | 'off'): SeatMessage => {
  const { bootId, seq, loaded } = store.get();
  return {
    t: 'hello',
    seatId: memory.seatId(),
    seatKey: memory.seatKey(),
    session: memory.session(),
    fresh: memory.fresh(),
    shows: [...shows],
    resume: loaded && bootId !== null ? { bootId, seq } : null,
    sound,
  };
};

export const createBridge = (deps: BridgeDeps): Bridge => {
  const { store, memory, clock } = deps;
  const waiting = createWaiting();
  let socket: Socket | null = null;
  let ready = false;
  let running = false;
  let failures = 0;
  let sound: 'on' | 'off' = 'off';
  let shows: readonly CollectionName[] = [];
  let tick: { readonly nowMs: number; readonly heardMs: number } | null = null;
  let cancelRetry = (): void => undefined;

  const send = (message: SeatMessage): void => socket?.send(JSON.stringify(message));

  const closed = (): void => {
    socket = null;
    ready = false;
    waiting.cut();
    hearing.stop();
    store.set({ preparing: null, ...(store.get().bootId === null ? {} : { link: 'silent' }) });
    if (!running) return;
    cancelRetry();
    cancelRetry = clock.after(reconnectMs(failures, deps.random()), connect);
    failures += 1;
  };

  const hearing = createHearing(
    clock,
    () => store.set({ link: 'silent' }),
    () => socket?.close(),
  );

  const welcomed = (message: Extract<StationMessage, { t: 'welcome' }>): void => {
    failures = 0;
    ready = true;
    if (message.sessionToken !== null) memory.keepSession(message.sessionToken);
    for (const command of waiting.unanswered()) send({ t: 'command', command });
  };

  const said = (message: StationMessage): void => {
    if (!store.receive(message)) {
      // A patch is missing in between: everything is asked for anew rather than shown with a hole.
      store.set({ loaded: false });
      socket?.close();
      return;
    }
    if (message.t === 'welcome') welcomed(message);
    if (message.t === 'signedIn') memory.keepSession(message.sessionToken);
    if (message.t === 'tick') {
      tick = { nowMs: message.nowMs, heardMs: clock.monotonicMs() };
      hearing.heard();
    }
    if (message.t === 'answer') waiting.answered(message.commandId, message.answer);
    waiting.reached(store.get().seq);
    if (message.t === 'reply') waiting.replied(message);
    if (message.t === 'bye' && ['sessionEnded', 'seatRevoked'].includes(message.reason)) memory.keepSession(null);
  };

  function connect(): void {
    cancelRetry();
    socket = openLine(deps.endpoint, deps.openSocket, (mine) => socket === mine, {
      opened: () => {
        send(helloOf(deps, shows, sound));
        hearing.heard();
      },
      said,
      unreadable: () => store.set({ unreadable: store.get().unreadable + 1 }),
      closed,
    });
  }

  const request = (message: WithoutId<Request>): Promise<Replied> => {
    if (!ready) return Promise.resolve(refused('disconnected'));
    const id = deps.uuid();
    const reply = waiting.request(id);
    send({ ...message, id } as Request);
    return reply;
  };

  const stationNowMs = (): number | null =>
    tick === null ? null : Math.round(tick.nowMs + clock.monotonicMs() - tick.heardMs);

  return {
    start: () => {
      running = true;
      connect();
    },
    stop: () => {
      running = false;
      cancelRetry();
      hearing.stop();
      socket?.close();
    },
    command: (type, body) => {
      const occurredAt = stationNowMs();
      const silent = !ready || occurredAt === null || store.get().link !== 'ok';
      if (silent && isMotion(type)) return Promise.resolve(refused('disconnected'));
      if (occurredAt === null) return Promise.resolve(refused('disconnected'));
      const command = { ...body, type, id: deps.uuid(), occurredAt } as Command;
      const answer = waiting.command(command);
      if (ready) send({ t: 'command', command });
      return answer;
    },
    query: (query) => request({ t: 'query', query }),
    signIn: async (personId, pin) => {
      const reply = await request({ t: 'signIn', personId, pin });
      if (reply.ok) memory.touched();
      return reply;
    },
    signOut: async () => {
      memory.touched();
      const reply = await request({ t: 'signOut' });
      // Whoever lent the seat may have it again.
      if (reply.ok && store.get().session === null) memory.keepSession(null);
      return reply;
    },
    recover: (code, newPin) => request({ t: 'recover', code, newPin }),
    changePin: (oldPin, newPin) => request({ t: 'changePin', oldPin, newPin }),
    show: (collections) => {
      if (collections.length === shows.length && collections.every((name) => shows.includes(name))) return;
      shows = collections;
      store.show(collections);
      if (ready) send({ t: 'show', collections: [...collections] });
    },
    setSound: (state) => {
      sound = state;
      if (ready) send({ t: 'sound', state });
    },
    stationNowMs,
  };
};
