/** Who wants to be told of something. */
export interface Listeners<Told extends readonly unknown[]> {
  /** Returns the way to leave; a listener that is in already is told once. */
  readonly add: (listener: (...told: Told) => void) => () => void;
  /** Tells all of them, in the order of their coming. What one of them throws reaches the caller: nobody's defect is hidden here. */
  readonly tell: (...told: Told) => void;
  readonly clear: () => void;
}

export const createListeners = <Told extends readonly unknown[] = []>(): Listeners<Told> => {
  const listeners = new Set<(...told: Told) => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tell: (...told) => {
      for (const listener of listeners) listener(...told);
    },
    clear: () => listeners.clear(),
  };
};
