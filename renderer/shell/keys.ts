import { useEffect } from 'react';
import { hasTextField, isUnsaved, watchFields } from '../kit/unsaved.ts';
import { nearest } from '../seat/keys.rules.ts';
import type { KeyBinding, KeyBook, Scope } from '../seat/keys.tsx';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])'));

/** The dialog that lies over the screen, or `null`. */
const openDialog = (): HTMLElement | null => document.querySelector<HTMLElement>('dialog[open]');

const counts = (scope: Scope, atHome: boolean): boolean => {
  if (openDialog() !== null) return scope === 'sheet';
  switch (scope) {
    case 'sheet':
    case 'form':
      return false;
    case 'always':
      return true;
    case 'anywhere':
      return !isUnsaved(document);
    case 'noFields':
    case 'screen':
      return !hasTextField(document);
    case 'question':
      return atHome && !hasTextField(document);
  }
};

/** Whether what the key presses can be reached: nothing beneath a dialog can. */
const isReachable = ({ element }: KeyBinding): boolean => {
  const pressed = element();
  const dialog = openDialog();
  return pressed !== null && (dialog === null || dialog.contains(pressed));
};

const isFor =
  (pressed: string) =>
  ({ key }: KeyBinding): boolean =>
    key === pressed || key === pressed.toLowerCase();

/** The key that opens the search: no letter alone, so that it counts while somebody types, and where single letters are switched off. */
const isFind = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey;

/** The form that this button leaves. */
const formOf = (cancel: HTMLElement): Element => cancel.closest('form, .reasons, .park') ?? cancel;

/** Closes the form that is being looked at, unless typed text would be lost. `false`: there is none. */
const closeForm = (book: KeyBook): boolean => {
  const cancels = book
    .all()
    .filter(({ scope }) => scope === 'form')
    .flatMap(({ element }) => element() ?? []);
  const cancel = cancels.find((one) => formOf(one).contains(document.activeElement)) ?? cancels.at(-1);
  if (cancel === undefined) return false;
  if (!isUnsaved(formOf(cancel))) cancel.click();
  return true;
};

export interface KeySettings {
  readonly book: KeyBook;
  /** Whether single letters do anything. */
  readonly enabled: boolean;
  /** A key that comes this soon after typing, or after an Escape, was meant for what was before; milliseconds. */
  readonly holdMs: number;
  /** Whether the wall is in front. */
  readonly atHome: boolean;
  readonly goHome: () => void;
  /** Opens the search; `null` while there is nothing to search in. */
  readonly onFind: (() => void) | null;
}

/**
 * Listens for the keys of what is on screen: not while somebody types, not with a modifier but that of the search. A key clicks its button, so that the press guard
 * judges it as any other press. Escape closes what is open, then leads back to the wall.
 */
export const useKeys = ({ book, enabled, holdMs, atHome, goHome, onFind }: KeySettings): void => {
  useEffect(() => watchFields(document), []);
  useEffect(() => {
    let typedAt = -Infinity;
    let escapedAt = -Infinity;
    const onEscape = ({ target, timeStamp }: KeyboardEvent): void => {
      const again = timeStamp - escapedAt < holdMs;
      escapedAt = timeStamp;
      if (again || openDialog() !== null) return;
      if (!closeForm(book) && !typing(target) && !isUnsaved(document)) goHome();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
      if (isFind(event)) {
        event.preventDefault();
        if (openDialog() === null) onFind?.();
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') {
        onEscape(event);
        return;
      }
      if (typing(event.target)) {
        typedAt = event.timeStamp;
        return;
      }
      if (event.timeStamp - typedAt < holdMs) return;
      const here = book.all().filter((binding) => isReachable(binding) && counts(binding.scope, atHome));
      const found = nearest(here).find(isFor(event.key));
      if (found === undefined || (!enabled && found.key !== '?')) return;
      event.preventDefault();
      found.element()?.click();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [book, enabled, holdMs, atHome, goHome, onFind]);
};
