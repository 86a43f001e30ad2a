import { useCallback, useState } from 'react';

/** Whether there is more below the lower edge of the card, or of the page; and what an element at the end of what scrolls takes as its `ref`. */
export const useMoreBelow = (): readonly [
  moreBelow: boolean,
  end: (mark: HTMLElement | null) => (() => void) | undefined,
] => {
  const [hidden, setHidden] = useState(false);
  const end = useCallback((mark: HTMLElement | null) => {
    if (mark === null) return undefined;
    const observer = new IntersectionObserver((seen) => setHidden(seen.at(-1)?.isIntersecting === false), {
      root: mark.closest('.column-card'),
    });
    observer.observe(mark);
    return () => {
      observer.disconnect();
      setHidden(false);
    };
  }, []);
  return [hidden, end];
};
