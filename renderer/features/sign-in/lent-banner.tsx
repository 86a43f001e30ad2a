import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useWords } from '../../seat/use-words.ts';
import { goTo, SIGN_IN } from '../../parts/desk/route.ts';
import { useSender } from '../../kit/command.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { shiftOf } from '../../store/selectors.ts';
import { keepLent, lentBy } from './lent.ts';

/** Somebody sits at the seat of who is responsible: whose it is, and how it is given back. A manager leaves, and who lent it is there again. */
export const LentBanner = (): ReactNode => {
  const { t, person } = useWords();
  const { bridge } = useSeat();
  const sender = useSender();
  const me = useSeatState((state) => state.session?.personId ?? null);
  const isManager = useSeatState((state) => state.session?.role === 'manager');
  const responsible = useSeatState((state) => shiftOf(state)?.responsible?.personId ?? null);
  const lender = me === null ? null : lentBy(sessionStorage);
  if (lender === null || lender !== responsible || lender === me) return null;
  const leave = async (): Promise<void> => {
    const reply = await sender.ask(bridge.signOut());
    if (reply.ok) keepLent(sessionStorage, null);
  };
  return (
    <div className="banner" data-tone="lent" data-lent={lender}>
      <p>{t('banner.lent', { holder: person(lender), me: person(me) })}</p>
      <Button
        action="giveBack"
        size="small"
        label={t(isManager ? 'banner.leave' : 'banner.giveBack', { holder: person(lender) })}
        busy={sender.busy}
        onPress={() => (isManager ? void leave() : goTo(SIGN_IN))}
      />
    </div>
  );
};
