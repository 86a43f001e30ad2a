import { CONTRACT_VERSION } from '../../electron/contract/version.ts';
import { createListeners } from '../../electron/domain/kernel/listeners.ts';
import { monitoringRoom, type PostId } from '../../electron/domain/posts/post.ts';
import type { Busy, RowChange, StationHealth, StationMessage } from '../../electron/contract/messages.schema.ts';
import type { SessionView } from '../../electron/contract/messages.schema.ts';
import type { CollectionName } from '../../electron/contract/views.schema.ts';
import { applyRows, emptyTables, withoutWindows, type Tables } from './tables.ts';

/**
 * How the station is reached: `connecting` before the first answer, `ok` while its clock is heard, `silent` when it is not (3 s
 * without a tick, or the connection is gone).
 */
export type Link = 'connecting' | 'ok' | 'silent';

export interface SeatState {
  readonly link: Link;
  /** Of the station's running process; `null` before the first welcome. */
  readonly bootId: string | null;
  readonly seq: number;
  readonly version: string | null;
  /** The station speaks another version of the contract than this page: it must be loaded again. */
  readonly outdated: boolean;
  /** Nothing has been set up in the station's data folder. */
  readonly empty: boolean;
  readonly session: SessionView | null;
  /** This seat as the station knows it; `null` before the first welcome. */
  readonly seatId: string | null;
  /** What this seat is for. */
  readonly seatKind: string;
  /** This seat is used no more. */
  readonly revoked: boolean;
  /** Whose duty is shown and taken over here. */
  readonly postId: PostId;
  /** The first snapshot has arrived. */
  readonly loaded: boolean;
  readonly tables: Tables;
  /** Windows whose rows are here: what a screen shows of another one would be empty, and not so. */
  readonly shown: ReadonlySet<string>;
  /** The station's clock as last heard, UTC milliseconds: the only clock on screen. */
  readonly nowMs: number | null;
  readonly health: StationHealth | null;
  /** The station prepares tables, and how far it has come; `null` while it does not. */
  readonly preparing: Busy | null;
  /** Rows that this seat did not understand since it was opened. */
  readonly unreadable: number;
}

export interface SeatStore {
  readonly get: () => SeatState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly set: (change: Partial<SeatState>) => void;
  /** Rows of windows that no screen shows are let go. */
  readonly show: (collections: readonly CollectionName[]) => void;
  /** Takes a message of the station into the state. `false` when a patch does not join on: a snapshot is needed. */
  readonly receive: (message: StationMessage) => boolean;
}

const first: SeatState = {
  link: 'connecting',
  bootId: null,
  seq: 0,
  version: null,
  outdated: false,
  empty: false,
  session: null,
  seatId: null,
  seatKind: 'room',
  revoked: false,
  postId: monitoringRoom,
  loaded: false,
  tables: emptyTables,
  shown: new Set(),
  nowMs: null,
  health: null,
  preparing: null,
  unreadable: 0,
};

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((one) => right.includes(one));

export const createSeatStore = (): SeatStore => {
  let state = first;
  /** The windows that were asked for last. */
  let wanted: readonly CollectionName[] = [];
  const listeners = createListeners();
  const set = (change: Partial<SeatState>): void => {
    state = { ...state, ...change };
    listeners.tell();
  };
  const rows = (before: Tables, changes: readonly RowChange[], seq: number): void => {
    const { tables, unreadable } = applyRows(before, changes, state.nowMs);
    set({ tables, seq, loaded: true, unreadable: state.unreadable + unreadable });
  };
  return {
    get: () => state,
    subscribe: listeners.add,
    set,
    show: (collections) => {
      // What arrives of a window from now on counts only where its rows were whole before.
      const whole = collections.filter((collection) => state.shown.has(collection));
      wanted = collections;
      set({ tables: withoutWindows(state.tables, whole), shown: new Set() });
    },
    receive: (message) => {
      switch (message.t) {
        case 'welcome':
          set({
            bootId: message.bootId,
            session: message.session,
            revoked: false,
            seatId: message.seat.seatId,
            seatKind: message.seat.kind,
            postId: message.seat.postId,
            outdated: message.contract !== CONTRACT_VERSION,
            empty: message.empty,
            version: message.version,
            ...(message.bootId === state.bootId ? {} : { seq: 0 }),
          });
          return true;
        case 'snapshot':
          rows(emptyTables, message.rows, message.seq);
          if (message.rows.some((row) => row.collection === 'community')) set({ empty: false });
          return true;
        case 'patch':
          if (message.after > state.seq) return false;
          rows(state.tables, message.rows, Math.max(message.seq, state.seq));
          if (state.empty && state.tables.community.size > 0) set({ empty: false });
          return true;
        case 'signedIn':
          set({ session: message.session });
          return true;
        case 'tick':
          set({ nowMs: message.nowMs, health: message.health, link: 'ok' });
          return true;
        case 'busy':
          set({ preparing: message.done < message.of ? { done: message.done, of: message.of } : null });
          return true;
        case 'shown':
          // One that was asked for before has been overtaken.
          if (sameSet(message.collections, wanted)) set({ shown: new Set(wanted) });
          return true;
        case 'answer':
        case 'reply':
          return true;
        case 'bye':
          // Nothing of the station stays on a seat that may not be one any more.
          if (message.reason === 'seatRevoked')
            set({ revoked: true, session: null, tables: emptyTables, shown: new Set(), loaded: false });
          return true;
      }
    },
  };
};
