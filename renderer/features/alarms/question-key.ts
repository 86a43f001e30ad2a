import { usePlace } from '../shell/route.ts';

/** Names an answer's key on its button where the key counts: in the room. */
export const useQuestionKey = (): ((key: string) => { readonly shortcut?: string }) => {
  const inRoom = usePlace() === 'room';
  return (key) => (inRoom ? { shortcut: key } : {});
};
