/** The registry of facts: what each of them is about and holds, from the array of features. */
import { z } from 'zod';
import type { FactContract } from '../../contract/kernel/fact.ts';
import type { Fact } from '../../domain/kernel/fact.ts';
import type { Feature } from './define-feature.ts';

export interface FactRegistry {
  /** What is wrong with this fact, or `null`. Throws where no feature has one of its name: then it must not be written. */
  readonly misfit: (fact: Pick<Fact, 'type' | 'kind' | 'body'>) => string | null;
  readonly types: readonly string[];
}

/** All facts of these features. Throws where two have one of the same name. */
export const createFactRegistry = (features: readonly Pick<Feature, 'contract'>[]): FactRegistry => {
  const entries = features.flatMap(({ contract: { facts, machineFacts } }) => [
    ...Object.entries<FactContract>(facts),
    ...Object.entries<FactContract>(machineFacts),
  ]);
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
