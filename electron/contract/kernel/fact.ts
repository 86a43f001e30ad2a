/** What a feature writes down: the body of each of its facts. */
import { z } from 'zod';
import type { JsonObject } from '../../domain/kernel/json.ts';

/** The mark of a sealed text: the vault's ciphertext follows. What people write must not begin with it. */
export const SEALED_MARK = 'sealed:';

/** A personal field: it stands in a fact sealed, and never in the plain. */
export const sealedText = z.string().startsWith(SEALED_MARK);

/** One version of one fact. */
export interface FactContract {
  /** What it is about: a machine's kind, or that of a thing without one. */
  readonly kind: string;
  /** All of its fields. Personal ones are `sealedText`. */
  readonly body: z.ZodRawShape;
  /** Makes this body of the one that the version before had; without it, a fact of the version before is not understood. */
  readonly lift?: (before: JsonObject) => JsonObject;
}

/** A feature's facts by their versioned names, in the past tense: `v1.BarrierAdded`. */
export type FactContracts = Readonly<Record<`v${number}.${string}`, FactContract>>;

/** All facts of one thing, or of one machine. */
export const factsAbout = <const Type extends `v${number}.${string}`>(
  kind: string,
  bodies: Readonly<Record<Type, z.ZodRawShape>>,
): Readonly<Record<Type, FactContract>> => {
  const entries = Object.entries<z.ZodRawShape>(bodies).map(([type, body]) => [type, { kind, body }] as const);
  return Object.fromEntries(entries) as Record<Type, FactContract>;
};

const takes = (schema: z.core.$ZodType, value: string): boolean => z.safeParse(schema, value).success;

/** Names of the fields that hold something personal: those that take a sealed text, and no other one. */
export const personalFields = ({ body }: FactContract): readonly string[] =>
  Object.entries(body)
    .filter(([, schema]) => takes(schema, `${SEALED_MARK}x`) && !takes(schema, 'x'))
    .map(([field]) => field);
