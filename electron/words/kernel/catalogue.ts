/** A catalogue: texts by key, nested. */
export interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

/** A catalogue of another language: exactly the same keys. */
export type SameKeys<Of> = { readonly [Key in keyof Of]: Of[Key] extends string ? string : SameKeys<Of[Key]> };

/** The texts of one feature in both languages. */
export interface FeatureWords<Name extends string = string, Texts extends Catalogue = Catalogue> {
  readonly name: Name;
  readonly en: Texts;
  readonly zhCN: SameKeys<Texts>;
}

/** Names one feature's words. */
export const defineWords = <const Name extends string, Texts extends Catalogue>(
  words: FeatureWords<Name, Texts>,
): FeatureWords<Name, Texts> => words;

/** Joins catalogues key by key. Throws where two of them have a text under the same key. */
export const joinCatalogues = (catalogues: readonly Catalogue[], at = ''): Catalogue => {
  const joined: Record<string, string | Catalogue> = {};
  for (const [key, value] of catalogues.flatMap((catalogue) => Object.entries(catalogue))) {
    const here = at === '' ? key : `${at}.${key}`;
    const before = joined[key];
    if (before === undefined) joined[key] = value;
    else if (typeof before === 'string' || typeof value === 'string') throw new Error(`two texts are called ${here}`);
    else joined[key] = joinCatalogues([before, value], here);
  }
  return joined;
};

/** The keys of all texts, with dots between the levels. */
export type KeysOf<Texts> = Texts extends unknown
  ? {
      [Key in keyof Texts & string]: Texts[Key] extends string ? Key : `${Key}.${KeysOf<Texts[Key]>}`;
    }[keyof Texts & string]
  : never;
