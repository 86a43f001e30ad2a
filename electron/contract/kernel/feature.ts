/** What one feature lets seats ask and hear: the contract's part of its slice. A plain value; everything that spans features is derived from their list. */
import { z } from 'zod';
import type { Right } from '../../domain/access/access.rules.ts';
import type { FactContracts } from './fact.ts';
import { commandIdText, utcMsNumber } from './primitives.ts';

/** One command: its fields beside `type`, `id` and `occurredAt`, and who may give it. */
export interface CommandContract {
  readonly fields: z.ZodRawShape;
  readonly right: Right;
  /** It moves something: dead soon after it was given, and never queued. */
  readonly motion?: true;
  /** It is the first one in an empty data folder: there it may be given by nobody. */
  readonly founding?: true;
}

/** One question: what is asked, what is replied, and who may ask. */
export interface AskContract {
  readonly ask: z.ZodRawShape;
  readonly reply: z.ZodType;
  readonly right: Right;
}

/** What takes time: what it is asked for, which holds nothing personal, and who may start it. Its name is the right's. */
export interface JobContract {
  readonly params: z.ZodRawShape;
  readonly right: Right;
}

/**
 * How a collection reaches a seat. `live`: whole, always. `window`: only while a screen shows it. `query`: page by page, when it is asked for.
 * Of a live one and of a window both sides keep the same rows: those that `keeps` keeps, and of these the `newest` so many by key.
 */
export interface Way {
  readonly way: 'live' | 'window' | 'query';
  /** Whether the row is still in it at this time, UTC milliseconds. */
  keeps?(row: object, nowMs: number): boolean;
  readonly newest?: number;
}

/** A way with its predicate typed by the collection's view. */
export const wayOf = <View extends z.ZodObject>(
  _view: View,
  way: Omit<Way, 'keeps'> & { keeps?(row: z.infer<View>, nowMs: number): boolean },
): Way => way as Way;

export interface FeatureContract {
  readonly name: string;
  readonly commands: Readonly<Record<string, CommandContract>>;
  readonly asks: Readonly<Record<string, AskContract>>;
  /** What takes time and is followed, stopped and fetched as a job. */
  readonly jobs: Readonly<Record<string, JobContract>>;
  /** What seats see: one schema per collection of read models. Who sees it is said where the rows are made, and without that nobody does. */
  readonly collections: Readonly<Record<string, z.ZodObject>>;
  /** How they reach a seat; live where nothing is said. */
  readonly ways: Readonly<Record<string, Way>>;
  /** Facts without a machine (`log.says.<name>` without the version). */
  readonly facts: FactContracts;
  /** Facts that its machines name. */
  readonly machineFacts: FactContracts;
  /** Why it refuses, beside the rules of its machines (`refusal.<kind>`). */
  readonly refusals: readonly string[];
  /** Who may do what is neither a command nor a question. */
  readonly rights: Readonly<Record<string, Right>>;
  /** What it adds to the station's health: how it stands just now, which is in no journal. */
  readonly health: z.ZodRawShape;
}

/** Names one feature's part of the contract. What is left out it does not have. */
export const defineContract = <
  const Name extends string,
  const Commands extends FeatureContract['commands'] = Record<never, never>,
  const Asks extends FeatureContract['asks'] = Record<never, never>,
  const Jobs extends FeatureContract['jobs'] = Record<never, never>,
  const Collections extends FeatureContract['collections'] = Record<never, never>,
  const Ways extends FeatureContract['ways'] = Record<never, never>,
  const Facts extends FactContracts = Record<never, never>,
  const MachineFacts extends FactContracts = Record<never, never>,
  const Refusals extends FeatureContract['refusals'] = readonly [],
  const Rights extends FeatureContract['rights'] = Record<never, never>,
  const Health extends z.ZodRawShape = Record<never, never>,
>(
  parts: { readonly name: Name } & Partial<{
    readonly commands: Commands;
    readonly asks: Asks;
    readonly jobs: Jobs;
    readonly collections: Collections;
    readonly ways: Ways;
    readonly facts: Facts;
    readonly machineFacts: MachineFacts;
    readonly refusals: Refusals;
    readonly rights: Rights;
    readonly health: Health;
  }>,
) => ({
  name: parts.name,
  commands: (parts.commands ?? {}) as Commands,
  asks: (parts.asks ?? {}) as Asks,
  jobs: (parts.jobs ?? {}) as Jobs,
  collections: (parts.collections ?? {}) as Collections,
  ways: (parts.ways ?? {}) as Ways,
  facts: (parts.facts ?? {}) as Facts,
  machineFacts: (parts.machineFacts ?? {}) as MachineFacts,
  refusals: (parts.refusals ?? []) as Refusals,
  rights: (parts.rights ?? {}) as Rights,
  health: (parts.health ?? {}) as Health,
});

/** A command as it comes from a seat. */
export const commandObject = <const Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  fields: Fields,
): CommandObject<Type, Fields> =>
  z.strictObject({ type: z.literal(type), id: commandIdText, occurredAt: utcMsNumber, ...fields });
export type CommandObject<Type extends string, Fields extends z.ZodRawShape> = z.ZodObject<
  { type: z.ZodLiteral<Type>; id: typeof commandIdText; occurredAt: typeof utcMsNumber } & Fields,
  z.core.$strict
>;

/** A question as it comes from a seat. */
export const askObject = <const Name extends string, Fields extends z.ZodRawShape>(
  name: Name,
  fields: Fields,
): AskObject<Name, Fields> => z.strictObject({ type: z.literal(name), ...fields });
export type AskObject<Name extends string, Fields extends z.ZodRawShape> = z.ZodObject<
  { type: z.ZodLiteral<Name> } & Fields,
  z.core.$strict
>;
