/** Reading fields of documents that the station wrote itself. */
import type { Json, JsonObject } from '../../domain/kernel/json.ts';

/** Whether this is an object, and neither a list nor nothing. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text field, or `null` where there is none. */
export const textOf = (doc: JsonObject | null, field: string): string | null => {
  const value = doc?.[field];
  return typeof value === 'string' ? value : null;
};

/** A number field, or `null` where there is none. */
export const numberOf = (doc: JsonObject | null, field: string): number | null => {
  const value = doc?.[field];
  return typeof value === 'number' ? value : null;
};

/** A field that is a list of texts; empty where there is none. */
export const textsOf = (doc: JsonObject | null, field: string): readonly string[] => {
  const value = doc?.[field];
  return Array.isArray(value) ? value.filter((item: Json): item is string => typeof item === 'string') : [];
};
