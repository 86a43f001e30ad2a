import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useWords } from '../../seat/use-words.ts';
import { goTo, SIGN_IN } from '../../parts/desk/route.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { shiftOf } from '../../store/selectors.ts';
import { lentBy } from './lent.ts';

/** Somebody sits at the seat of who is responsible: whose it is, and how it is given back. */
export const LentBanner = (): ReactNode => {
  const { t, person } = useWords();
  const me = useSeatState((state) => state.session?.personId ?? null);
  const responsible = useSeatState((state) => shiftOf(state)?.responsible?.personId ?? null);
  const lender = me === null ? null : lentBy(sessionStorage);
  if (lender === null || lender !== responsible || lender === me) return null;
  return (
    <div className="banner" data-tone="lent" data-lent={lender}>
      <p>{t('banner.lent', { holder: person(lender), me: person(me) })}</p>
      <Button
        action="giveBack"
        size="small"
        label={t('banner.giveBack', { holder: person(lender) })}
        onPress={() => goTo(SIGN_IN)}
      />
    </div>
  );
};
