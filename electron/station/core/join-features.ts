/** From the array of features to what spans them. */
import type { DomainMachine } from '../../domain/kernel/machine.ts';
import { saidOnce } from '../../domain/shifts/open-items.rules.ts';
import type { Ids } from '../ports/clock.port.ts';
import type { DeadlineRow } from '../ports/journal.port.ts';
import type { StationDeps } from './station-deps.ts';
import type { Collection } from './collection.ts';
import type { Jump } from './deadlines.ts';
import type { AnyService, Feature } from './define-feature.ts';
import type { EffectDefinition, EffectRunner } from './effect.ts';
import type { Preparation } from './handler.ts';
import type { Told } from './machine-host.ts';
import type { RowReader } from './table.ts';
import type { Work } from './work.ts';

export interface Joined {
  readonly machines: readonly DomainMachine[];
  readonly collections: readonly Collection[];
  readonly effects: readonly EffectDefinition[];
  readonly preparations: (deps: StationDeps) => Readonly<Record<string, Preparation>>;
  /** Who runs each effect. Throws where one is asked for and nobody does. */
  readonly runners: (services: readonly AnyService[]) => Readonly<Record<string, EffectRunner>>;
  readonly openItems: (rows: RowReader) => readonly string[];
  readonly putOff: (rows: RowReader, deadline: DeadlineRow) => number | null;
  readonly receive: (rows: RowReader, told: Told) => readonly Told[];
  readonly noteJump: (work: Work, ids: Ids, jump: Jump) => void;
}

const assertOnce = (what: string, names: readonly string[]): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two features have a ${what} called ${twice}`);
};

/** Everything that a machine asks for has somebody who puts it into the outbox. */
const assertPerformed = (machines: readonly DomainMachine[], effects: readonly EffectDefinition[]): void => {
  const asked = machines.flatMap((machine) => machine.effects);
  const missing = asked.find((name) => !effects.some((effect) => effect.name === name));
  if (missing !== undefined) throw new Error(`no feature performs ${missing}`);
};

/** Each collection of the contract is made by the collection of that name. */
const assertNamed = ({ name, contract, collections }: Feature): void => {
  const missing = Object.keys(contract.collections).find((one) => !collections.some((made) => made.name === one));
  if (missing !== undefined) throw new Error(`${name} does not make ${missing}`);
};

/** Joins what the features bring. Throws where a name is claimed twice, or a part is missing. */
export const joinFeatures = (features: readonly Feature[]): Joined => {
  const machines = features.flatMap((feature) => feature.machines);
  const collections = features.flatMap((feature) => feature.collections);
  const effects = features.flatMap((feature) => feature.effects);
  assertOnce(
    'name',
    features.map(({ name }) => name),
  );
  assertOnce(
    'machine',
    machines.map(({ kind }) => kind),
  );
  assertOnce(
    'collection',
    collections.map(({ name }) => name),
  );
  assertOnce(
    'effect',
    effects.map(({ name }) => name),
  );
  assertPerformed(machines, effects);
  features.forEach(assertNamed);
  return {
    machines,
    collections,
    effects,
    preparations: (deps) => Object.assign({}, ...features.map(({ prepare }) => prepare(deps))),
    runners: (services) => Object.assign({}, ...services.map((service) => service.effects ?? {})),
    openItems: (rows) => saidOnce(features.flatMap(({ openThings }) => openThings(rows))),
    putOff: (rows, deadline) =>
      features.map(({ putOff }) => putOff(rows, deadline)).find((laterMs) => laterMs !== null) ?? null,
    receive: (rows, told) =>
      features.reduce<readonly Told[]>((all, { receive }) => all.flatMap((one) => receive(rows, one)), [told]),
    noteJump: (work, ids, jump) => {
      for (const { noteJump } of features) noteJump(work, ids, jump);
    },
  };
};
