import { useEffect, useMemo, useRef, type RefObject } from 'react';

/** Carries the focus from an answer that is gone to the question that came: only after this person acted here, and never out of something
 * that has the focus by then. */
export interface Focusing {
  /** This person pressed something that will bring the next heading. */
  readonly acted: () => void;
  /** Whether the focus is to go to the heading that has just come and asks `subject`; once for each press. */
  readonly due: (subject: string) => boolean;
}

export const useFocusing = (): Focusing => {
  const waiting = useRef(false);
  const before = useRef<string | null>(null);
  return useMemo(
    () => ({
      acted: () => {
        waiting.current = true;
      },
      due: (subject) => {
        if (subject === before.current) return false;
        before.current = subject;
        const active = document.activeElement;
        const free =
          active === null ||
          active === document.body ||
          (active.closest('.incident') !== null && !active.matches('input, textarea'));
        const due = waiting.current && free;
        waiting.current = false;
        return due;
      },
    }),
    [],
  );
};

/** Gives the focus to a heading when what it asks (`subject`) has changed. */
export const useHeadingFocus = (focusing: Focusing, subject: string): RefObject<HTMLHeadingElement | null> => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusing.due(subject)) heading.current?.focus();
  }, [focusing, subject]);
  return heading;
};

/** Gives the focus to the phone list's heading when the list has come in front of the question: it is what is to be looked at. */
export const useListFocus = (focusing: Focusing, first: boolean): RefObject<HTMLHeadingElement | null> => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (first && focusing.due('phoneList')) heading.current?.focus();
  }, [focusing, first]);
  return heading;
};

/** As `useHeadingFocus`, for the end; under a question, that question has the focus. */
export const useEndFocus = (
  focusing: Focusing,
  stepsAsked: number,
  under: boolean,
): RefObject<HTMLHeadingElement | null> => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!under && focusing.due(`end ${stepsAsked}`)) heading.current?.focus();
  }, [focusing, stepsAsked, under]);
  return heading;
};
