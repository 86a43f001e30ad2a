/** Plain JSON: all that a fact, a snapshot or a read model may hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** A text as the JSON it is, whatever its shape: to be decoded by a schema. `undefined` for what is no JSON, which no schema takes. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
