import type { ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
import { useWords } from '../seat/use-words.ts';
import { useDesk } from '../parts/desk/desk.tsx';
import { FIND, goTo, usePlace } from '../parts/desk/route.ts';
import { useRegistry, type Findable } from '../seat/registry.tsx';
import { useSeatState } from '../seat/seat-context.tsx';

/**
 * What is done most, in one line at the foot of the screen: by task, the same thing always in the same place. Everything else is found by its
 * name, behind the last button.
 */
export const ActionBar = (): ReactNode => {
  const { t } = useWords();
  const { open } = useDesk();
  const { bar } = useRegistry();
  const here = usePlace();
  const signedIn = useSeatState((state) => state.session !== null);
  const why = signedIn ? null : t('why.signIn');
  const button = ({ name, opens, barKey, task }: Findable): ReactNode => (
    <Button
      key={name}
      action={name}
      size={task === 'work' ? 'large' : 'normal'}
      {...(barKey === null ? {} : { shortcut: { key: barKey, says: `nav.${name}`, scope: 'anywhere' } as const })}
      {...(opens === 'place' ? { pressed: signedIn && here === name } : {})}
      label={t(`nav.${name}`)}
      why={why}
      onPress={() => (opens === 'place' ? goTo(name) : open(name))}
    />
  );
  return (
    <nav className="action-bar" data-without-keys="large narrow" aria-label={t('bar.label')}>
      <div className="buttons" data-tight>
        {bar.filter(({ task }) => task === 'work').map(button)}
      </div>
      <div className="buttons">
        {bar.filter(({ task }) => task !== 'work').map(button)}
        <Button action="find" keyElsewhere="Control+K" quietKey label={t('nav.find')} onPress={() => open(FIND)} />
      </div>
    </nav>
  );
};
