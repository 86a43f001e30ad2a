import { stationMessageSchema, TICK_MS, type StationMessage } from '../../electron/contract/messages.schema.ts';
import type { Clock } from '../../electron/domain/kernel/clock.ts';
import { parseJson } from '../../electron/domain/kernel/json.ts';
import type { Endpoint } from './endpoint.ts';

export interface SocketEvents {
  readonly opened: () => void;
  readonly text: (text: string) => void;
  readonly closed: () => void;
}
export interface Socket {
  readonly send: (text: string) => void;
  readonly close: () => void;
}
export type OpenSocket = (url: string, protocols: readonly string[], events: SocketEvents) => Socket;

export interface LineEvents {
  readonly opened: () => void;
  readonly said: (message: StationMessage) => void;
  /** Something came that this seat does not understand. */
  readonly unreadable: () => void;
  readonly closed: () => void;
}

/** Opens one connection to the station and decodes what comes over it. `isMine`: nothing of a connection counts that another one has replaced. */
export const openLine = (
  { url, token }: Endpoint,
  openSocket: OpenSocket,
  isMine: (socket: Socket) => boolean,
  events: LineEvents,
): Socket => {
  let mine: Socket | null = null;
  const counts = (): boolean => mine !== null && isMine(mine);
  mine = openSocket(url, ['guardroom.v1', ...(token === null ? [] : [`token.${token}`])], {
    opened: () => {
      if (counts()) events.opened();
    },
    text: (text) => {
      if (!counts()) return;
      const parsed = stationMessageSchema.safeParse(parseJson(text));
      if (parsed.success) events.said(parsed.data);
      else events.unreadable();
    },
    closed: () => {
      if (counts()) events.closed();
    },
  });
  return mine;
};

/** Silence after which everything says that the station does not answer, and after which the connection is made anew. */
const SILENT_AFTER_MS = TICK_MS * 3;
const RENEW_AFTER_MS = TICK_MS * 8;

export interface Hearing {
  /** The station was heard. */
  readonly heard: () => void;
  readonly stop: () => void;
}

/** Calls back when the station has been silent for a moment, and again when the connection is not worth keeping. */
export const createHearing = (clock: Pick<Clock, 'after'>, silent: () => void, renew: () => void): Hearing => {
  let stop = (): void => undefined;
  return {
    heard: () => {
      stop();
      stop = clock.after(SILENT_AFTER_MS, () => {
        silent();
        stop = clock.after(RENEW_AFTER_MS - SILENT_AFTER_MS, renew);
      });
    },
    stop: () => stop(),
  };
};
