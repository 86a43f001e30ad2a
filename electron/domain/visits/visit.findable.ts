import { nameFindable, phoneFindable, termsOf, type Findable, type FindTerm } from '../people/findable.rules.ts';
import { plateToKey } from './plate.rules.ts';

/** How a visit may be found: by its plate or the end of it, by the end of the telephone number, by any part of the name. Whom they visited is not looked up. */
export const visitFindable = {
  plate: { toKey: plateToKey, exact: true, tails: [3, 4, 5] },
  phone: phoneFindable,
  name: nameFindable,
} as const satisfies Readonly<Record<string, Findable>>;

/** The terms of a visit, from its fields in the plain. */
export const visitTerms = (plain: {
  readonly plate: string | null;
  readonly phone: string | null;
}): readonly FindTerm[] => [
  ...termsOf('plate', visitFindable.plate, plain.plate),
  ...termsOf('phone', visitFindable.phone, plain.phone),
];
