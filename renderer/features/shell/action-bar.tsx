import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useWords } from '../../kit/use-words.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { useDesk } from './desk.tsx';
import { goTo, usePlace, type Place } from './route.ts';

const work: readonly { readonly place: Place; readonly shortcut: string }[] = [
  { place: 'room', shortcut: 'w' },
  { place: 'gate', shortcut: 'g' },
  { place: 'visitors', shortcut: 'v' },
];
const duty: readonly { readonly place: Place; readonly shortcut: string }[] = [
  { place: 'takeover', shortcut: 't' },
  { place: 'log', shortcut: 'l' },
  { place: 'roster', shortcut: 'r' },
  { place: 'people', shortcut: 'm' },
];

/** What can be done at any time, in one line at the foot of the screen. */
export const ActionBar = (): ReactNode => {
  const { t } = useWords();
  const { open } = useDesk();
  const place = usePlace();
  const signedIn = useSeatState((state) => state.session !== null);
  const why = signedIn ? null : t('why.signIn');
  const button = (to: Place, shortcut: string, size: 'large' | 'normal'): ReactNode => (
    <Button
      key={to}
      action={to}
      size={size}
      look="plain"
      shortcut={shortcut}
      pressed={signedIn && place === to}
      label={t(`nav.${to}`)}
      why={why}
      onPress={() => goTo(to)}
    />
  );
  return (
    <nav className="action-bar" aria-label={t('nav.label')}>
      <div className="action-bar-work">
        {work.map(({ place: to, shortcut }) => button(to, shortcut, 'large'))}
        <Button
          action="phoneList"
          size="large"
          shortcut="p"
          label={t('nav.phoneList')}
          why={why}
          onPress={() => open('phoneList')}
        />
        <Button action="note" size="large" shortcut="n" label={t('nav.note')} why={why} onPress={() => open('note')} />
      </div>
      <div className="action-bar-duty">{duty.map(({ place: to, shortcut }) => button(to, shortcut, 'normal'))}</div>
    </nav>
  );
};
