import type { TextKey } from '../../../electron/words/texts.ts';
import { HOME, usePlace } from '../../parts/desk/route.ts';
import type { Shortcut } from '../../seat/keys.tsx';

/** Gives an answer its key where the key counts: in the room. */
export const useQuestionKey = (): ((key: string, says: TextKey) => { readonly shortcut?: Shortcut }) => {
  const inRoom = usePlace() === HOME;
  return (key, says) => (inRoom ? { shortcut: { key, says, scope: 'question' } } : {});
};
