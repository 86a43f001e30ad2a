import { useSyncExternalStore } from 'react';
import type { Name } from '../../seat/names.ts';
import { useRegistry } from '../../seat/registry.tsx';

/** Where a seat begins, and where Escape leads back to: the wall. */
export const HOME: Name = 'room';

/** Where somebody sits down. */
export const SIGN_IN: Name = 'signIn';

/** Everything that there is, to be found by its name. */
export const FIND: Name = 'find';

const subscribe = (listener: () => void): (() => void) => {
  globalThis.addEventListener('hashchange', listener);
  return () => globalThis.removeEventListener('hashchange', listener);
};

/** The place that the address names after `#/`: a reload comes back to the same one. */
export const usePlace = (): Name => {
  const { places } = useRegistry();
  const hash = useSyncExternalStore(subscribe, () => globalThis.location.hash);
  return places.find(({ place }) => hash === `#/${place}`)?.place ?? HOME;
};

export const goTo = (place: Name): void => {
  globalThis.location.hash = `#/${place}`;
};
