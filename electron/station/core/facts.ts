/** The registry of facts: what each of them is about and holds, from the array of features. */
import { z } from 'zod';
import type { FactContract } from '../../contract/kernel/fact.ts';
import type { Fact } from '../../domain/kernel/fact.ts';
import type { FactLift, Lifts } from '../../domain/kernel/lifts.ts';
import type { Feature } from './define-feature.ts';

export interface FactRegistry {
  /** What is wrong with this fact, or `null`. Throws where no feature has one of its name: then it must not be written. */
  readonly misfit: (fact: Pick<Fact, 'type' | 'kind' | 'body'>) => string | null;
  readonly types: readonly string[];
}

/** What of a feature facts and snapshots are of. */
type Recording = Pick<Feature, 'contract' | 'machines'>;

const entriesOf = (features: readonly Pick<Feature, 'contract'>[]): readonly (readonly [string, FactContract])[] =>
  features.flatMap(({ contract: { facts, machineFacts } }) => [
    ...Object.entries<FactContract>(facts),
    ...Object.entries<FactContract>(machineFacts),
  ]);

/** `v2.KeyLent` → 2 and `KeyLent`. */
const versionOf = (type: string): readonly [version: number, name: string] => {
  const [version = '', name = ''] = type.split('.');
  return [Number(version.slice(1)), name];
};

const liftTo = ([type, { lift }]: readonly [string, FactContract]): readonly FactLift[] => {
  const [version, name] = versionOf(type);
  return lift === undefined ? [] : [{ from: `v${version - 1}.${name}`, to: type, lift }];
};

/** What a station with these features makes of what earlier ones wrote, and the newest of each that it knows. */
export const liftsOf = (features: readonly Recording[]): Lifts => {
  const entries = entriesOf(features);
  const machines = features.flatMap((feature) => feature.machines);
  const newest = new Map<string, number>();
  for (const [type] of entries) {
    const [version, name] = versionOf(type);
    newest.set(name, Math.max(version, newest.get(name) ?? 0));
  }
  return {
    facts: entries.flatMap(liftTo),
    snapshots: machines.flatMap(({ lifts }) => lifts),
    known: {
      facts: Object.fromEntries(newest),
      schemas: Object.fromEntries(machines.map(({ kind, schema }) => [kind, schema])),
    },
  };
};

/** All facts of these features. Throws where two have one of the same name. */
export const createFactRegistry = (features: readonly Pick<Feature, 'contract'>[]): FactRegistry => {
  const entries = entriesOf(features);
  const byType = new Map(
    entries.map(([type, { kind, body }]) => [type, { kind, body: z.strictObject(body) }] as const),
  );
  if (byType.size < entries.length) throw new Error('two features have a fact of the same name');

  return {
    types: [...byType.keys()],
    misfit: ({ type, kind, body }) => {
      const known = byType.get(type);
      if (known === undefined) throw new Error(`no feature has the fact ${type}`);
      if (known.kind !== kind) return `${type} is about ${known.kind}, not about ${kind}`;
      const { error } = known.body.safeParse(body);
      // Names of fields and what is wrong with them; never what is in them.
      const wrong = (error?.issues ?? []).map(({ path, code }) => `${path.join('.')} ${code}`);
      return wrong.length === 0 ? null : `${type}: ${wrong.join(', ')}`;
    },
  };
};
