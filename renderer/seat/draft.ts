import { useReducer } from 'react';
import { useSeatState } from './seat-context.tsx';

/**
 * What somebody is typing, kept while another screen is in front: an alarm comes in the middle of it. It is the person's own, lives in the
 * page's memory alone, and is gone with the page. `about` tells apart what is typed about several things.
 */
export const createDraft = <T>(blank: T) => {
  const kept = new Map<string, T>();
  return (about = ''): readonly [draft: T, change: (from: (before: T) => T) => void] => {
    const person = useSeatState((state) => state.session?.personId ?? '');
    const [, show] = useReducer((times: number) => times + 1, 0);
    const key = `${person} ${about}`;
    return [
      kept.get(key) ?? blank,
      (from) => {
        const next = from(kept.get(key) ?? blank);
        if (next === blank) kept.delete(key);
        else kept.set(key, next);
        show();
      },
    ];
  };
};
