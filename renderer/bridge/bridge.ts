/**
 * The seat's one connection to the station. Commands carry their id for good: after a cut they are asked again with the same id,
 * so that they happen once. A motion is never asked again and never kept: what moves must be wanted now.
 */
import { parseJson } from '../../electron/domain/kernel/json.ts';
import type { CollectionName } from '../../electron/contract/views.schema.ts';
import {
  type Answer,
  type Command,
  type CommandOf,
  type CommandType,
  commandContracts,
} from '../../electron/contract/commands.schema.ts';
import {
  stationMessageSchema,
  TICK_MS,
  type Query,
  type SeatMessage,
  type StationMessage,
} from '../../electron/contract/messages.schema.ts';
import type { Clock } from '../../electron/domain/kernel/clock.ts';
import type { SeatStore } from '../store/seat-store.ts';
import { reconnectMs } from './reconnect.rules.ts';
import type { Endpoint } from './endpoint.ts';
import type { SeatMemory } from './memory.ts';

export interface SocketEvents {
  readonly opened: () => void;
  readonly text: (text: string) => void;
  readonly closed: () => void;
}
export interface Socket {
  readonly send: (text: string) => void;
  readonly close: () => void;
}
export interface BridgeDeps {
  readonly endpoint: Endpoint;
  readonly store: SeatStore;
  readonly memory: SeatMemory;
  readonly openSocket: (url: string, protocols: readonly string[], events: SocketEvents) => Socket;
  readonly clock: Pick<Clock, 'monotonicMs' | 'after'>;
  /** 0 to 1. */
  readonly random: () => number;
  readonly uuid: () => string;
}

type Body<T extends CommandType> = Omit<CommandOf<T>, 'type' | 'id' | 'occurredAt'>;
type Reply = Extract<StationMessage, { t: 'reply' }>;
type Request = Extract<SeatMessage, { t: 'query' | 'signIn' | 'signOut' | 'recover' | 'changePin' }>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** A refusal as a screen shows it: `refusal.<kind>` of the catalogue. */
export type Refused = Extract<Answer, { readonly ok: false }>;
export type Replied = { readonly ok: true; readonly value: Reply['value'] } | Refused;

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

/** Silence after which everything says that the station does not answer, and after which the connection is made anew. */
const SILENT_AFTER_MS = TICK_MS * 3;
const RENEW_AFTER_MS = TICK_MS * 8;

const isMotion = (type: CommandType): boolean => commandContracts[type].motion === true;
const refused = (kind: string): Refused => ({ ok: false, refusal: { kind } });

/** The refusal that a reply tells, with its details: how long to wait, who may. */
const refusedBy = ({ kind, details }: Reply['value']): Refused => {
  const known = typeof kind === 'string' ? kind : 'unknown';
  return { ok: false, refusal: details === undefined ? { kind: known } : { kind: known, details } };
};

export const createBridge = (deps: BridgeDeps): Bridge => {
  const { store, memory, clock } = deps;
  const commands = new Map<string, { readonly command: Command; readonly settle: (answer: Answer) => void }>();
  const requests = new Map<string, (reply: Replied) => void>();
  let socket: Socket | null = null;
  let ready = false;
  let running = false;
  let failures = 0;
  let sound: 'on' | 'off' = 'off';
  let shows: readonly CollectionName[] = [];
  let tick: { readonly nowMs: number; readonly heardMs: number } | null = null;
  let cancelSilence = (): void => undefined;
  let cancelRetry = (): void => undefined;

  const send = (message: SeatMessage): void => socket?.send(JSON.stringify(message));

  const cut = (): void => {
    ready = false;
    for (const [id, { command, settle }] of commands) {
      if (!isMotion(command.type)) continue;
      commands.delete(id);
      settle(refused('motionUnknown'));
    }
    for (const settle of requests.values()) settle(refused('disconnected'));
    requests.clear();
  };

  const closed = (): void => {
    socket = null;
    cut();
    cancelSilence();
    store.set({ preparing: null, ...(store.get().bootId === null ? {} : { link: 'silent' }) });
    if (!running) return;
    cancelRetry();
    cancelRetry = clock.after(reconnectMs(failures, deps.random()), connect);
    failures += 1;
  };

  const heard = (): void => {
    cancelSilence();
    cancelSilence = clock.after(SILENT_AFTER_MS, () => {
      store.set({ link: 'silent' });
      cancelSilence = clock.after(RENEW_AFTER_MS - SILENT_AFTER_MS, () => socket?.close());
    });
  };

  const hello = (resume: boolean): void => {
    const { bootId, seq, loaded } = store.get();
    send({
      t: 'hello',
      seatId: memory.seatId(),
      seatKey: memory.seatKey(),
      session: memory.session(),
      fresh: memory.fresh(),
      shows: [...shows],
      resume: resume && loaded && bootId !== null ? { bootId, seq } : null,
      sound,
    });
  };

  const welcomed = (message: Extract<StationMessage, { t: 'welcome' }>): void => {
    failures = 0;
    ready = true;
    if (message.sessionToken !== null) memory.keepSession(message.sessionToken);
    for (const { command } of commands.values()) send({ t: 'command', command });
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
      heard();
    }
    if (message.t === 'answer') {
      const waiting = commands.get(message.commandId);
      commands.delete(message.commandId);
      waiting?.settle(message.answer);
    }
    if (message.t === 'reply') {
      const settle = requests.get(message.id);
      requests.delete(message.id);
      settle?.(message.ok ? { ok: true, value: message.value } : refusedBy(message.value));
    }
    if (message.t === 'bye' && message.reason === 'sessionEnded') memory.keepSession(null);
  };

  function connect(): void {
    cancelRetry();
    let mine: Socket | null = null;
    const current = (): boolean => mine !== null && socket === mine;
    const protocols = ['guardroom.v1', ...(deps.endpoint.token === null ? [] : [`token.${deps.endpoint.token}`])];
    mine = deps.openSocket(deps.endpoint.url, protocols, {
      opened: () => {
        if (!current()) return;
        hello(true);
        heard();
      },
      text: (text) => {
        if (!current()) return;
        const parsed = stationMessageSchema.safeParse(parseJson(text));
        if (parsed.success) said(parsed.data);
        else store.set({ unreadable: store.get().unreadable + 1 });
      },
      closed: () => {
        if (current()) closed();
      },
    });
    socket = mine;
  }

  const request = (message: WithoutId<Request>): Promise<Replied> => {
    if (!ready) return Promise.resolve(refused('disconnected'));
    const id = deps.uuid();
    return new Promise((resolve) => {
      requests.set(id, resolve);
      send({ ...message, id } as Request);
    });
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
      cancelSilence();
      socket?.close();
    },
    command: (type, body) => {
      const occurredAt = stationNowMs();
      const silent = !ready || occurredAt === null || store.get().link !== 'ok';
      if (silent && isMotion(type)) return Promise.resolve(refused('disconnected'));
      if (occurredAt === null) return Promise.resolve(refused('disconnected'));
      const command = { ...body, type, id: deps.uuid(), occurredAt } as Command;
      return new Promise((resolve) => {
        commands.set(command.id, { command, settle: resolve });
        if (ready) send({ t: 'command', command });
      });
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
      if (reply.ok) memory.keepSession(null);
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
