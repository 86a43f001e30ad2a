import { useSyncExternalStore } from 'react';
import { useRegistry } from '../../seat/registry.tsx';

/** Where a seat begins, and where Escape leads back to: the wall. */
export const HOME = 'room';

/** Where somebody sits down. */
export const SIGN_IN = 'signIn';

const subscribe = (listener: () => void): (() => void) => {
  globalThis.addEventListener('hashchange', listener);
  return () => globalThis.removeEventListener('hashchange', listener);
};

/** The place that the address names after `#/`: a reload comes back to the same one. */
export const usePlace = (): string => {
  const { places } = useRegistry();
  const hash = useSyncExternalStore(subscribe, () => globalThis.location.hash);
  return places.find(({ place }) => hash === `#/${place}`)?.place ?? HOME;
};

export const goTo = (place: string): void => {
  globalThis.location.hash = `#/${place}`;
};
