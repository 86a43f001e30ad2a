/** The seat's features, joined: what the shell shows, and nothing of what it is about. */
import { createContext, use } from 'react';
import type { AlarmView } from '../../electron/contract/views.schema.ts';
import type { Name, Step, Task } from './names.ts';
import type { OpenItemDescriber } from './open-item.ts';
import type { AlarmWay, Entry, OverlayOf, PlaceOf, SeatFeature, StepTool } from './seat-feature.ts';
import type { Seat } from './seat-context.tsx';

/** Something that has a name, and what naming it opens. */
export interface Findable extends Entry {
  readonly name: Name;
  readonly opens: 'place' | 'overlay' | ((seat: Seat) => void);
}

export interface Registry {
  readonly features: readonly SeatFeature[];
  readonly places: readonly PlaceOf[];
  readonly overlays: readonly OverlayOf[];
  /** Everything that can be found, by task and in the order within it. */
  readonly findables: readonly Findable[];
  /** What stands in the bar at the foot of every screen. */
  readonly bar: readonly Findable[];
  readonly openItems: Readonly<Record<string, OpenItemDescriber>>;
  readonly toolsOf: (step: Step | (string & {})) => readonly StepTool[];
  readonly wayOf: (cause: AlarmView['cause']) => AlarmWay;
}

/** The tasks in the order in which they stand. */
export const tasks: readonly Task[] = ['work', 'duty', 'records', 'plan', 'seat'];

/** What the bar has room for in one line of the smallest window, in large print and in both languages. */
const MOST_IN_BAR = { work: 5, other: 4 } as const;

const assertOnce = (what: string, names: readonly string[]): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two features of the seat have the ${what} ${twice}`);
};

const findablesOf = (features: readonly SeatFeature[]): readonly Findable[] =>
  features
    .flatMap(({ places, overlays, actions }) => [
      ...places.flatMap(({ place, entry }) =>
        entry === null ? [] : [{ ...entry, name: place, opens: 'place' as const }],
      ),
      ...overlays.flatMap(({ overlay, entry }) =>
        entry === null ? [] : [{ ...entry, name: overlay, opens: 'overlay' as const }],
      ),
      ...actions.map(({ action, run, entry }) => ({ ...entry, name: action, opens: run })),
    ])
    .toSorted((left, right) => tasks.indexOf(left.task) - tasks.indexOf(right.task) || left.order - right.order);

/** Joins the features. Throws where two of them claim one name, one key or one place, and where the bar would need another line. */
export const joinSeatFeatures = (features: readonly SeatFeature[]): Registry => {
  const places = features.flatMap((feature) => feature.places);
  const overlays = features.flatMap((feature) => feature.overlays);
  const actions = features.flatMap((feature) => feature.actions);
  const findables = findablesOf(features);
  const bar = findables.filter(({ barKey }) => barKey !== null);
  assertOnce(
    'name',
    features.map(({ name }) => name),
  );
  assertOnce('place', [
    ...places.map(({ place }) => place),
    ...overlays.map(({ overlay }) => overlay),
    ...actions.map(({ action }) => action),
  ]);
  assertOnce(
    'key',
    bar.flatMap(({ barKey }) => barKey ?? []),
  );
  const work = bar.filter(({ task }) => task === 'work').length;
  if (work > MOST_IN_BAR.work || bar.length - work > MOST_IN_BAR.other)
    throw new Error(
      `the bar has room for ${MOST_IN_BAR.work} of work and ${MOST_IN_BAR.other} others: the rest is found by name`,
    );
  const kinds = features.flatMap(({ openItems }) => Object.keys(openItems));
  assertOnce('open item', kinds);
  assertOnce(
    'way out of',
    features.flatMap(({ alarmWays }) => Object.keys(alarmWays)),
  );
  const tools = features.flatMap(({ stepTools }) => stepTools);
  const ways: SeatFeature['alarmWays'] = Object.assign({}, ...features.map(({ alarmWays }) => alarmWays));
  return {
    features,
    places,
    overlays,
    findables,
    bar,
    openItems: Object.assign({}, ...features.map(({ openItems }) => openItems)),
    toolsOf: (step) => tools.filter(({ steps }) => steps.some((one) => one === step)),
    wayOf: (cause) => ways[cause] ?? {},
  };
};

const RegistryContext = createContext<Registry | null>(null);
export const RegistryProvider = RegistryContext.Provider;

export const useRegistry = (): Registry => {
  const registry = use(RegistryContext);
  if (registry === null) throw new Error('outside of RegistryProvider');
  return registry;
};
