/** The seat's features, joined: what the shell shows, and nothing of what it is about. */
import { createContext, use } from 'react';
import type { OpenItemDescriber } from './open-item.ts';
import type { Entry, OverlayOf, PlaceOf, SeatFeature } from './seat-feature.ts';

export interface Registry {
  readonly features: readonly SeatFeature[];
  readonly places: readonly PlaceOf[];
  readonly overlays: readonly OverlayOf[];
  /** Everything with an entry in the bar, in its order. */
  readonly entries: readonly (Entry & { readonly name: string; readonly opens: 'place' | 'overlay' })[];
  readonly openItems: Readonly<Record<string, OpenItemDescriber>>;
}

const assertOnce = (what: string, names: readonly string[]): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two features of the seat have the ${what} ${twice}`);
};

/** Joins the features. Throws where two of them claim one name, one key or one place. */
export const joinSeatFeatures = (features: readonly SeatFeature[]): Registry => {
  const places = features.flatMap((feature) => feature.places);
  const overlays = features.flatMap((feature) => feature.overlays);
  const entries = [
    ...places.flatMap(({ place, entry }) =>
      entry === null ? [] : [{ ...entry, name: place, opens: 'place' as const }],
    ),
    ...overlays.flatMap(({ overlay, entry }) =>
      entry === null ? [] : [{ ...entry, name: overlay, opens: 'overlay' as const }],
    ),
  ].toSorted((left, right) => left.order - right.order);
  assertOnce(
    'name',
    features.map(({ name }) => name),
  );
  assertOnce('place', [...places.map(({ place }) => place), ...overlays.map(({ overlay }) => overlay)]);
  assertOnce(
    'key',
    entries.map(({ key }) => key),
  );
  const kinds = features.flatMap(({ openItems }) => Object.keys(openItems));
  assertOnce('open item', kinds);
  return {
    features,
    places,
    overlays,
    entries,
    openItems: Object.assign({}, ...features.map(({ openItems }) => openItems)),
  };
};

const RegistryContext = createContext<Registry | null>(null);
export const RegistryProvider = RegistryContext.Provider;

export const useRegistry = (): Registry => {
  const registry = use(RegistryContext);
  if (registry === null) throw new Error('outside of RegistryProvider');
  return registry;
};
