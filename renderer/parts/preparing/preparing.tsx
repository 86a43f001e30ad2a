import type { ReactNode } from 'react';
import { useSeatState } from '../../seat/seat-context.tsx';
import { useWords } from '../../seat/use-words.ts';

/** In the place of rows: how far they are while the station makes them anew from its journal; else what is said of none. */
export const Preparing = ({ otherwise = null }: { readonly otherwise?: ReactNode }): ReactNode => {
  const { t } = useWords();
  const done = useSeatState(({ health }) => health?.preparing?.done ?? null);
  const of = useSeatState(({ health }) => health?.preparing?.of ?? 0);
  if (done === null) return otherwise;
  return (
    <p className="notice" role="status" data-preparing>
      {t('common.preparing', { done, of })}
    </p>
  );
};
