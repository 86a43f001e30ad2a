import { useEffect } from 'react';
import type { Overlay } from './desk.tsx';
import type { Place } from './route.ts';

/** What a key does: goes to a place, opens something over it, or presses the button of that name on screen. */
export type KeyDoes = { readonly go: Place } | { readonly open: Exclude<Overlay, null> } | { readonly press: string };

/** Every key of the seat, in the order the help shows them; `says` is a catalogue key under `keys`. */
export const keyTable: readonly { readonly key: string; readonly says: string; readonly does: KeyDoes }[] = [
  { key: 'w', says: 'room', does: { go: 'room' } },
  { key: 'g', says: 'gate', does: { go: 'gate' } },
  { key: 'v', says: 'visitors', does: { go: 'visitors' } },
  { key: 'n', says: 'note', does: { open: 'note' } },
  { key: 'p', says: 'phoneList', does: { open: 'phoneList' } },
  { key: 't', says: 'takeover', does: { go: 'takeover' } },
  { key: 'l', says: 'log', does: { go: 'log' } },
  { key: 'r', says: 'roster', does: { go: 'roster' } },
  { key: 'm', says: 'people', does: { go: 'people' } },
  { key: 'i', says: 'signIn', does: { go: 'signIn' } },
  { key: 'a', says: 'take', does: { press: 'claimIncident' } },
  { key: 'k', says: 'acknowledge', does: { press: 'acknowledgeAlarm' } },
  { key: '1', says: 'answer1', does: { press: 'answer1' } },
  { key: '2', says: 'answer2', does: { press: 'answer2' } },
  { key: '3', says: 'answer3', does: { press: 'answer3' } },
  { key: 'u', says: 'unsure', does: { press: 'answerUnsure' } },
  { key: 'b', says: 'back', does: { press: 'stepBack' } },
  { key: 'o', says: 'readAloud', does: { press: 'readAloud' } },
  { key: 's', says: 'silence', does: { press: 'silenceSiren' } },
  { key: 'q', says: 'quietHere', does: { press: 'quietHere' } },
  { key: '+', says: 'largePrint', does: { press: 'largePrint' } },
  { key: 'd', says: 'theme', does: { press: 'theme' } },
  { key: 'e', says: 'language', does: { press: 'language' } },
  { key: '?', says: 'help', does: { open: 'help' } },
];

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

export interface KeyTargets {
  readonly enabled: boolean;
  readonly go: (place: Place) => void;
  readonly open: (overlay: Overlay) => void;
}

const press = (name: string): void => {
  const selector = `[data-press="${name}"], [data-action="${name}"]`;
  document.querySelector<HTMLElement>(selector)?.click();
};

/** Listens for the keys above: not while somebody types, not with a modifier, and not behind a dialog. Escape leads back to the wall. */
export const useKeys = ({ enabled, go, open }: KeyTargets): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]') !== null) return;
      if (event.key === 'Escape' && !typing(event.target)) go('room');
      if (
        typing(event.target) &&
        !(event.target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(event.target.type))
      )
        return;
      const found = keyTable.find(({ key }) => key === event.key || key === event.key.toLowerCase());
      if (found === undefined || (!enabled && found.key !== '?')) return;
      event.preventDefault();
      if ('go' in found.does) go(found.does.go);
      else if ('open' in found.does) open(found.does.open);
      else press(found.does.press);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled, go, open]);
};
