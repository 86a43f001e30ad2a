/** What is meant by a few letters: names in both languages, other names and spellings, and the key in the bar. */
import type { Findable } from '../../seat/registry.tsx';

type Candidate = Pick<Findable, 'name' | 'barKey' | 'alsoCalled'>;

/** Width of letters, capitals and spaces make no difference. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');

/** How well something fits, 0 the best; `null`: not at all. */
const fitOf = (
  barKey: string | null,
  labels: readonly string[],
  others: readonly string[],
  wanted: string,
): number | null => {
  const fits = (texts: readonly string[], how: (text: string) => boolean): boolean =>
    texts.some((text) => how(plain(text)));
  // A single letter stands in the middle of everything.
  const means = wanted.length > 1 || /\p{Script=Han}/u.test(wanted);
  const ways = [
    barKey === wanted,
    fits([...labels, ...others], (text) => text === wanted),
    fits(labels, (text) => text.startsWith(wanted)),
    fits(others, (text) => text.startsWith(wanted)),
    means && fits(labels, (text) => text.includes(wanted)),
    means && fits(others, (text) => text.includes(wanted)),
  ];
  const best = ways.indexOf(true);
  return best === -1 ? null : best;
};

/**
 * What `query` may mean, in the order of the candidates, and which of it fits best (the first of equals); everything, and nothing best, for an
 * empty query. `labelsOf`: the names of one in every language.
 */
export const found = <C extends Candidate>(
  candidates: readonly C[],
  labelsOf: (name: C['name']) => readonly string[],
  query: string,
): { readonly all: readonly C[]; readonly best: C | null } => {
  const wanted = plain(query);
  if (wanted === '') return { all: candidates, best: null };
  const fitting = candidates.flatMap((candidate) => {
    const fit = fitOf(candidate.barKey, labelsOf(candidate.name), candidate.alsoCalled, wanted);
    return fit === null ? [] : [{ candidate, fit }];
  });
  return {
    all: fitting.map(({ candidate }) => candidate),
    best: fitting.toSorted((left, right) => left.fit - right.fit)[0]?.candidate ?? null,
  };
};
