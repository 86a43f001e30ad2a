/** The keys of what is on screen: a button that has one brings it along, and takes it away when it goes. */
import { createContext, use, useEffect, type RefObject } from 'react';
import type { TextKey } from '../../electron/words/texts.ts';

/**
 * Where a key counts. `screen`: with its screen in front, and nothing on it to type into. `always`: wherever nobody types. `anywhere`: but not where typed text would be lost by it. `question`: in the room, with
 * nothing on screen to type into. `noFields`: on any screen with nothing to type into. `sheet`: while the help of keys is open, so that no
 * single stray key changes a look. `form`: leaves a form.
 */
export type Scope = 'screen' | 'always' | 'anywhere' | 'question' | 'noFields' | 'sheet' | 'form';

/** A key as a screen gives it to one of its buttons. */
export interface Shortcut {
  /** As the keyboard names it, lower case: `g`, `?`, `Escape`. */
  readonly key: string;
  /** The text that says what it does. */
  readonly says: TextKey;
  readonly scope: Scope;
}

export interface KeyBinding extends Shortcut {
  /** What it presses; `null` while that is not on screen. */
  readonly element: () => HTMLElement | null;
}

/** All keys of what is on screen now, in the order in which it came there. */
export interface KeyBook {
  readonly add: (binding: KeyBinding) => () => void;
  readonly all: () => readonly KeyBinding[];
}

export const createKeyBook = (): KeyBook => {
  const bindings = new Set<KeyBinding>();
  return {
    add: (binding) => {
      bindings.add(binding);
      return () => bindings.delete(binding);
    },
    all: () => [...bindings],
  };
};

const KeyBookContext = createContext<KeyBook>(createKeyBook());
export const KeyBookProvider = KeyBookContext.Provider;
export const useKeyBook = (): KeyBook => use(KeyBookContext);

/** Gives what is on screen its key. */
export const useShortcut = (shortcut: Shortcut | undefined, ref: RefObject<HTMLElement | null>): void => {
  const book = useKeyBook();
  const key = shortcut?.key;
  const says = shortcut?.says;
  const scope = shortcut?.scope;
  useEffect(() => {
    if (key === undefined || says === undefined || scope === undefined) return undefined;
    return book.add({ key, says, scope, element: () => ref.current });
  }, [book, key, says, scope, ref]);
};
