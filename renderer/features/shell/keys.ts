import { useEffect } from 'react';
import { hasTextField, isUnsaved, watchFields } from '../../kit/unsaved.ts';

/**
 * Where a key counts. `always`: wherever nobody types. `anywhere`: but not where typed text would be lost by it. `question`: in the room, with nothing on screen to type into.
 * `noFields`: on any screen with nothing to type into. `sheet`: while the help of keys is open, so that no single stray key changes a look.
 */
export type Scope = 'always' | 'anywhere' | 'question' | 'noFields' | 'sheet';

interface KeyRow {
  readonly key: string;
  /** A catalogue key under `keys`. */
  readonly says: string;
  /** The button that the key presses, by its `pressName` or `action`. */
  readonly press: string;
  readonly scope: Scope;
}

const goes = (key: string, place: string): KeyRow => ({ key, says: place, press: place, scope: 'anywhere' });
const answers = (key: string, says: string, press: string): KeyRow => ({ key, says, press, scope: 'question' });

/** Every key of the seat, in the order the help shows them. */
export const keyTable: readonly KeyRow[] = [
  goes('w', 'room'),
  goes('g', 'gate'),
  goes('v', 'visitors'),
  goes('p', 'phoneList'),
  goes('n', 'note'),
  goes('t', 'takeover'),
  goes('l', 'log'),
  goes('r', 'roster'),
  goes('m', 'people'),
  goes('i', 'signIn'),
  answers('a', 'take', 'claimIncident'),
  answers('k', 'acknowledge', 'acknowledgeAlarm'),
  answers('1', 'answer1', 'answer1'),
  answers('2', 'answer2', 'answer2'),
  answers('3', 'answer3', 'answer3'),
  answers('u', 'unsure', 'answerUnsure'),
  answers('b', 'back', 'stepBack'),
  answers('o', 'readAloud', 'readAloud'),
  { key: 's', says: 'silence', press: 'silenceSiren', scope: 'noFields' },
  { key: 'q', says: 'quietHere', press: 'quietHere', scope: 'noFields' },
  { key: '?', says: 'help', press: 'help', scope: 'always' },
  { key: '+', says: 'largePrint', press: 'sheetLargePrint', scope: 'sheet' },
  { key: 'd', says: 'theme', press: 'sheetTheme', scope: 'sheet' },
  { key: 'e', says: 'language', press: 'sheetLanguage', scope: 'sheet' },
];

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])'));

const counts = (scope: Scope): boolean => {
  const dialog = document.querySelector<HTMLElement>('dialog[open]');
  if (dialog !== null) return scope === 'sheet' && dialog.dataset['dialog'] === 'help';
  switch (scope) {
    case 'sheet':
      return false;
    case 'always':
      return true;
    case 'anywhere':
      return !isUnsaved(document);
    case 'noFields':
      return !hasTextField(document);
    case 'question':
      return document.querySelector('[data-screen="room"]') !== null && !hasTextField(document);
  }
};

/** Presses the button of this name where it can be reached; the press guard judges it as any other press. */
const press = (name: string): void => {
  const reach = document.querySelector('dialog[open]') ?? document;
  reach.querySelector<HTMLElement>(`[data-press="${name}"], [data-action="${name}"]`)?.click();
};

/** Closes the form that is being looked at, unless typed text would be lost. `false`: there is none. */
const closeForm = (): boolean => {
  const cancels = [...document.querySelectorAll<HTMLElement>('.seat [data-action="cancel"]')];
  const formOf = (cancel: HTMLElement): Element => cancel.closest('form, .reasons, .park') ?? cancel;
  const cancel = cancels.find((one) => formOf(one).contains(document.activeElement)) ?? cancels.at(-1);
  if (cancel === undefined) return false;
  if (!isUnsaved(formOf(cancel))) cancel.click();
  return true;
};

export interface KeySettings {
  /** Whether single letters do anything. */
  readonly enabled: boolean;
  /** A key that comes this soon after typing, or after an Escape, was meant for what was before; milliseconds. */
  readonly holdMs: number;
}

/** Listens for the keys above: not while somebody types, not with a modifier. Escape closes what is open, then leads back to the wall. */
export const useKeys = ({ enabled, holdMs }: KeySettings): void => {
  useEffect(() => watchFields(document), []);
  useEffect(() => {
    let typedAt = -Infinity;
    let escapedAt = -Infinity;
    const onEscape = ({ target, timeStamp }: KeyboardEvent): void => {
      const again = timeStamp - escapedAt < holdMs;
      escapedAt = timeStamp;
      if (again || document.querySelector('dialog[open]') !== null) return;
      if (!closeForm() && !typing(target) && !isUnsaved(document)) press('room');
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
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
      const found = keyTable.find(({ key }) => key === event.key || key === event.key.toLowerCase());
      if (found === undefined || (!enabled && found.key !== '?') || !counts(found.scope)) return;
      event.preventDefault();
      press(found.press);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled, holdMs]);
};
