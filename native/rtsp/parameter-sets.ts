const START_CODE_BYTES = 4;
/** Bytes one parameter set may have, and how many are kept; real streams have two to four of 10 to 200 bytes. */
const MAX_SET_BYTES = 16_384;
const MAX_SETS = 32;

/** The parameter sets of one stream, as last seen, ready to be put in front of a key frame. */
export interface ParameterSets {
  /** Keeps a copy of `buffer[start, end)` under `key`; sets are written out in ascending order of their keys. True when it is new. */
  readonly put: (key: number, buffer: Uint8Array, start: number, end: number) => boolean;
  /** All sets, each behind a start code. */
  readonly annexB: () => Uint8Array;
  readonly has: (from: number, to: number) => boolean;
}

const isSame = (kept: Uint8Array, buffer: Uint8Array, start: number, end: number): boolean => {
  if (kept.length !== end - start) return false;
  for (let index = 0; index < kept.length; index += 1) if (kept[index] !== buffer[start + index]) return false;
  return true;
};

/** An empty store. */
export const createParameterSets = (): ParameterSets => {
  const setsByKey = new Map<number, Uint8Array>();
  let joined: Uint8Array | null = null;
  return {
    put: (key, buffer, start, end) => {
      if (end - start > MAX_SET_BYTES) return false;
      const kept = setsByKey.get(key);
      if (kept !== undefined && isSame(kept, buffer, start, end)) return false;
      if (kept === undefined && setsByKey.size >= MAX_SETS) return false;
      // A copy: `slice` of a Buffer is a view into bytes that are used again.
      setsByKey.set(key, new Uint8Array(buffer.subarray(start, end)));
      joined = null;
      return true;
    },
    annexB: () => {
      if (joined !== null) return joined;
      const sets = [...setsByKey.entries()].toSorted(([a], [b]) => a - b).map(([, bytes]) => bytes);
      const all = new Uint8Array(sets.reduce((sum, set) => sum + START_CODE_BYTES + set.length, 0));
      let at = 0;
      for (const set of sets) {
        all[at + 3] = 1;
        all.set(set, at + START_CODE_BYTES);
        at += START_CODE_BYTES + set.length;
      }
      joined = all;
      return all;
    },
    has: (from, to) => [...setsByKey.keys()].some((key) => key >= from && key < to),
  };
};
