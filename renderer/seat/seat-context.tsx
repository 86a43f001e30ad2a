import { createContext, use, useSyncExternalStore } from 'react';
import type { Bridge } from '../bridge/bridge.ts';
import type { Preferences } from './preferences.ts';
import type { Sounds } from '../sound/sounds.ts';
import type { Speech } from '../sound/speech.ts';
import type { VideoEngine } from '../video/engine-api.ts';
import type { SeatState, SeatStore } from '../store/seat-store.ts';

/** Everything a screen needs of the world, made once in `main.tsx`. */
export interface Seat {
  readonly store: SeatStore;
  readonly bridge: Bridge;
  readonly preferences: Preferences;
  readonly sounds: Sounds;
  readonly speech: Speech;
  readonly video: VideoEngine;
  /** The file of a job, by its ticket. */
  readonly fetchResult: (ticket: string) => Promise<Blob | null>;
}

const SeatContext = createContext<Seat | null>(null);
export const SeatProvider = SeatContext.Provider;

export const useSeat = (): Seat => {
  const seat = use(SeatContext);
  if (seat === null) throw new Error('outside of SeatProvider');
  return seat;
};

/** A part of the seat's state. The selector must return the same value for the same state: make lists with `useMemo`. */
export const useSeatState = <T,>(selector: (state: SeatState) => T): T => {
  const { store } = useSeat();
  return useSyncExternalStore(store.subscribe, () => selector(store.get()));
};
