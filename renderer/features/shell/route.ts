import { useSyncExternalStore } from 'react';

/** The places of a seat, as the address says them after `#/`: a reload comes back to the same one. */
export const places = ['room', 'gate', 'visitors', 'takeover', 'roster', 'log', 'people', 'signIn'] as const;
export type Place = (typeof places)[number];

const parse = (hash: string): Place => places.find((place) => hash === `#/${place}`) ?? 'room';

const subscribe = (listener: () => void): (() => void) => {
  globalThis.addEventListener('hashchange', listener);
  return () => globalThis.removeEventListener('hashchange', listener);
};

export const usePlace = (): Place => useSyncExternalStore(subscribe, () => parse(globalThis.location.hash));

export const goTo = (place: Place): void => {
  globalThis.location.hash = `#/${place}`;
};
