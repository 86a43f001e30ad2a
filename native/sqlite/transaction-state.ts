/** What is remembered of the database beside it: it has to be forgotten when the transaction that it was learned in is taken back. */
export interface Remembered {
  /** What was learned in the running transaction does not hold. */
  readonly rolledBack: () => void;
  /** What was learned in it holds. */
  readonly committed: () => void;
  /** Somebody else wrote: nothing holds. */
  readonly forget: () => void;
}

/** A map that takes back what a failed transaction put into it. Nothing is ever replaced in it. */
export interface LearnedMap<K, V> extends Remembered {
  readonly get: (key: K) => V | undefined;
  /** `isNew`: it stands in the database since this transaction only. */
  readonly learn: (key: K, value: V, isNew: boolean) => void;
}

export const createLearnedMap = <K, V>(): LearnedMap<K, V> => {
  const known = new Map<K, V>();
  const fresh: K[] = [];
  return {
    get: (key) => known.get(key),
    learn: (key, value, isNew) => {
      known.set(key, value);
      if (isNew) fresh.push(key);
    },
    rolledBack: () => {
      for (const key of fresh.splice(0)) known.delete(key);
    },
    committed: () => {
      fresh.length = 0;
    },
    forget: () => {
      known.clear();
      fresh.length = 0;
    },
  };
};
