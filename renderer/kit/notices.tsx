import type { ReactNode } from 'react';
import type { Refusal } from './command.ts';
import { useWords } from './use-words.ts';

/** What the station refused: what happened, what it means, what to do next. */
export const RefusalNote = ({ refusal }: { readonly refusal: Refusal | null }): ReactNode => {
  const { t, either } = useWords();
  if (refusal === null) return null;
  return (
    <p className="notice" data-tone="problem" role="alert" data-refusal={refusal.kind}>
      {either(`refusal.${refusal.kind}`, t('refusal.unknown'))}
    </p>
  );
};

/** Nothing to show, and what to do about it. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode => (
  <div className="empty">
    <p className="empty-title">{title}</p>
    {children !== undefined && <p className="empty-next">{children}</p>}
  </div>
);
