/** From the list of features to what spans them. */
import { contractFeatures } from './features.ts';

type Feature = (typeof contractFeatures)[number];
type Intersected<T> = (T extends unknown ? (part: T) => void : never) extends (whole: infer Whole) => void
  ? Whole
  : never;

/** All entries of one part of the features, by name. */
export type AllOf<Part extends 'commands' | 'asks' | 'jobs' | 'collections' | 'ways' | 'rights' | 'health'> =
  Intersected<Feature[Part]>;
/** All words of one part of the features. */
export type AnyOf<Part extends 'refusals'> = Feature[Part][number];

type NamesOf<Contract> = Contract extends { readonly facts: infer Facts }
  ? keyof Facts & `v${number}.${string}`
  : never;
/** Names of the facts without a machine. */
export type AnyFact = NamesOf<Feature>;

const joined = (
  part: 'commands' | 'asks' | 'jobs' | 'collections' | 'ways' | 'rights' | 'health',
): Readonly<Record<string, unknown>> => {
  const entries = contractFeatures.flatMap((feature) => Object.entries(feature[part]));
  const names = entries.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two features have ${part} called ${twice}`);
  return Object.fromEntries(entries);
};

/** All entries of one part, joined. Throws where two features use one name. */
export const allOf = <Part extends 'commands' | 'asks' | 'jobs' | 'collections' | 'ways' | 'rights' | 'health'>(
  part: Part,
): AllOf<Part> => joined(part) as AllOf<Part>;
