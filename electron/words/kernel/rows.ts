import type { CollectionName, Views } from '../../contract/views.schema.ts';

/** What is known now, by collection and key. */
export type Rows = { readonly [Name in CollectionName]: ReadonlyMap<string, Views[Name]> };
