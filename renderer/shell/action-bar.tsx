import type { ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
import { useWords } from '../seat/use-words.ts';
import { useDesk } from '../parts/desk/desk.tsx';
import { goTo, usePlace } from '../parts/desk/route.ts';
import { useRegistry, type Registry } from '../seat/registry.tsx';
import type { Task } from '../seat/seat-feature.ts';
import { useSeatState } from '../seat/seat-context.tsx';

/** What can be done at any time, in one line at the foot of the screen: grouped by task, the same thing always in the same place. */
export const ActionBar = (): ReactNode => {
  const { t, byName } = useWords();
  const { open } = useDesk();
  const { entries } = useRegistry();
  const here = usePlace();
  const signedIn = useSeatState((state) => state.session !== null);
  const why = signedIn ? null : t('why.signIn');
  const button = ({ name, opens, key, task }: Registry['entries'][number]): ReactNode => (
    <Button
      key={name}
      action={name}
      size={task === 'work' ? 'large' : 'normal'}
      look="plain"
      shortcut={{ key, says: name, scope: 'anywhere' }}
      {...(opens === 'place' ? { pressed: signedIn && here === name } : {})}
      label={byName(`nav.${name}`)}
      why={why}
      onPress={() => (opens === 'place' ? goTo(name) : open(name))}
    />
  );
  const group = (task: Task): ReactNode => entries.filter((entry) => entry.task === task).map(button);
  return (
    <nav className="action-bar" data-without-keys="large narrow" aria-label={t('nav.label')}>
      <div className="buttons" data-tight>
        {group('work')}
      </div>
      <div className="buttons">{group('duty')}</div>
    </nav>
  );
};
