/** How a sealed text may be found although nobody can read it: declared for each personal field, and nothing may be found that is not. */
import { tidyLine } from './name.rules.ts';

/**
 * `exact`: the whole text. `tail`: its last characters. Both by a keyed hash, which tells nothing to whoever has not the key of the month.
 * `list`: any part of the text, in a list of at most 50,000 that is opened in the memory of a worker.
 */
export interface Findable {
  /** The text as it is compared; the same for what is kept and for what is asked. Empty: there is nothing to be found by. */
  readonly toKey: (text: string) => string;
  readonly exact?: true;
  /** How many last characters somebody may ask for. */
  readonly tails?: readonly number[];
  readonly list?: true;
}

/** A text, normalised, by which a row may be found through the index. */
export interface FindTerm {
  readonly field: string;
  readonly way: 'exact' | 'tail';
  readonly text: string;
}

/** A telephone number as it is compared: its digits alone, without the prefix of the Chinese mainland (mobile numbers have eleven). */
export const phoneToKey = (text: string): string => {
  const digits = text.normalize('NFKC').replaceAll(/\D/gu, '');
  return /^(?:00)?86(1\d{10})$/.exec(digits)?.[1] ?? digits;
};

/** A name as it is compared: compatibility forms made plain (NFKC), without what cannot be seen, blanks of any kind or case. */
export const nameToKey = (text: string): string => tidyLine(text.normalize('NFKC')).replaceAll(' ', '').toLowerCase();

export const phoneFindable: Findable = { toKey: phoneToKey, exact: true, tails: [4] };
export const nameFindable: Findable = { toKey: nameToKey, list: true };

const lastOf = (text: string, count: number): string | null => {
  const signs = Array.from(text);
  return signs.length < count ? null : signs.slice(-count).join('');
};

/** All terms under which this text is to be found through the index; none for `null`, for an empty text, and for fields that are not found so. */
export const termsOf = (
  field: string,
  { toKey, exact, tails = [] }: Findable,
  text: string | null,
): readonly FindTerm[] => {
  const whole = text === null ? '' : toKey(text);
  if (whole === '') return [];
  const whys: readonly FindTerm[] = exact === true ? [{ field, way: 'exact', text: whole }] : [];
  return [
    ...whys,
    ...tails.flatMap((count) => {
      const tail = lastOf(whole, count);
      return tail === null ? [] : [{ field, way: 'tail', text: tail } as const];
    }),
  ];
};

/** The term that finds what somebody asks for, or `null` where the field may not be found so, or not by so many characters. */
export const termAsked = (
  field: string,
  { toKey, exact, tails = [] }: Findable,
  way: FindTerm['way'],
  text: string,
): FindTerm | null => {
  const whole = toKey(text);
  const may = way === 'exact' ? exact === true && whole !== '' : tails.includes(Array.from(whole).length);
  return may ? { field, way, text: whole } : null;
};
