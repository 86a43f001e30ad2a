import { HOME, usePlace } from '../../parts/desk/route.ts';
import type { Shortcut } from '../../seat/keys.tsx';

/** Gives an answer its key where the key counts: in the room. `says` is a catalogue key under `keys`. */
export const useQuestionKey = (): ((key: string, says: string) => { readonly shortcut?: Shortcut }) => {
  const inRoom = usePlace() === HOME;
  return (key, says) => (inRoom ? { shortcut: { key, says, scope: 'question' } } : {});
};
