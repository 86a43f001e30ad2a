/** What is due when, by key: the next one is found without looking at the others. A binary heap; what was replaced or removed is passed over. */

interface Entry<T> {
  readonly key: string;
  readonly due: number;
  readonly value: T;
  /** In the order in which they were set: of two that are due at once the earlier comes first. */
  readonly order: number;
}

export interface DueQueue<T> {
  /** Sets when this key is due, in place of what it was. */
  readonly set: (key: string, due: number, value: T) => void;
  readonly delete: (key: string) => void;
  readonly get: (key: string) => T | undefined;
  /** The one that is due first, and stays; `null`: there is none. */
  readonly next: () => { readonly key: string; readonly due: number; readonly value: T } | null;
  /** All of them, in no order. */
  readonly values: () => readonly T[];
}

/** Places that may be held by what was replaced or removed, for each that counts, before the heap is made anew. */
const MOST_STALE = 2;

export const createDueQueue = <T>(): DueQueue<T> => {
  const byKey = new Map<string, Entry<T>>();
  let heap: Entry<T>[] = [];
  let orders = 0;

  const isBefore = (left: Entry<T> | undefined, right: Entry<T> | undefined): boolean =>
    left !== undefined &&
    (right === undefined || left.due < right.due || (left.due === right.due && left.order < right.order));

  const swap = (one: number, other: number): void => {
    const [left, right] = [heap[one], heap[other]];
    if (left === undefined || right === undefined) return;
    heap[one] = right;
    heap[other] = left;
  };

  const push = (entry: Entry<T>): void => {
    heap.push(entry);
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at], heap[parent])) return;
      swap(at, parent);
      at = parent;
    }
  };

  const pop = (): void => {
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = isBefore(heap[right], heap[left]) ? right : left;
      if (!isBefore(heap[child], heap[at])) return;
      swap(at, child);
      at = child;
    }
  };

  const tidy = (): void => {
    if (heap.length <= 16 || heap.length <= (MOST_STALE + 1) * byKey.size) return;
    const kept = [...byKey.values()];
    heap = [];
    for (const entry of kept) push(entry);
  };

  return {
    set: (key, due, value) => {
      const entry = { key, due, value, order: (orders += 1) };
      byKey.set(key, entry);
      push(entry);
      tidy();
    },
    delete: (key) => {
      byKey.delete(key);
      tidy();
    },
    get: (key) => byKey.get(key)?.value,
    next: () => {
      for (;;) {
        const [first] = heap;
        if (first === undefined) return null;
        if (byKey.get(first.key) === first) return first;
        pop();
      }
    },
    values: () => [...byKey.values()].map(({ value }) => value),
  };
};
