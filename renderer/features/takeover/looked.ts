/** What the incoming person has looked at, kept while they go and look: leaving the page, or loading it anew, loses none of it. */
const KEY = 'guardroom.looked';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

const parse = (kept: string | null): readonly string[] => (kept === null ? [] : kept.split('\n'));

/** The items seen in this handover; those of another one are forgotten. `walk` names the handover. */
export const lookedAt = (storage: Kept, walk: string): ReadonlySet<string> => {
  const [kept, ...items] = parse(storage.getItem(KEY));
  return new Set(kept === walk ? items : []);
};

export const keepLooked = (storage: Kept, walk: string, items: ReadonlySet<string>): void =>
  storage.setItem(KEY, [walk, ...items].join('\n'));
