/**
 * A sentence or line as it begins: names that the catalogue gives to what has none ("the station", "a colleague") are written as they
 * stand inside a sentence, and get their capital where they come first. Chinese has no capitals and stays as it is.
 */
export const begun = (sentence: string, lang: string): string =>
  lang.startsWith('en') ? sentence.replace(/^\p{Ll}/u, (first) => first.toUpperCase()) : sentence;
