import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty } from '../../kit/notices.tsx';
import { isUnsaved } from '../../kit/unsaved.ts';
import { useDesk } from '../../parts/desk/desk.tsx';
import { goTo } from '../../parts/desk/route.ts';
import { tasks, useRegistry, type Findable } from '../../seat/registry.tsx';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { useWords } from '../../seat/use-words.ts';
import { found } from './find.rules.ts';
import './find.css';

/** Why this cannot be opened from here now, or `null`. What is half written on the screen below is never thrown away. */
const useWhyNotOpen = (): ((findable: Findable) => string | null) => {
  const { t } = useWords();
  const signedIn = useSeatState((state) => state.session !== null);
  const [unsaved] = useState(() => isUnsaved(document));
  return ({ opens, forAnybody }) => {
    if (!signedIn && forAnybody !== true) return t('why.signIn');
    return unsaved && opens === 'place' ? t('find.unsaved') : null;
  };
};

/** Arrow keys go from the field to what was found and back. */
const onArrows = (event: KeyboardEvent<HTMLElement>): void => {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, li button')];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  event.preventDefault();
  stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
};

/** Everything that there is, by task, to be found by a few letters of its name in either language: with the keyboard alone, or by hand. */
export const FindDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t } = useWords();
  const { i18n } = useTranslation();
  const { findables } = useRegistry();
  const { open } = useDesk();
  const seat = useSeat();
  const whyNot = useWhyNotOpen();
  const field = useId();
  const [query, setQuery] = useState('');
  const labelsOf = (name: Findable['name']): readonly string[] =>
    ['zh-CN', 'en'].map((lang) => i18n.getFixedT(lang)(`nav.${name}`));
  const { all, best } = found(findables, labelsOf, query);
  const run = ({ name, opens }: Findable): void => {
    onClose();
    if (opens === 'place') goTo(name);
    else if (opens === 'overlay') open(name);
    else opens(seat);
  };
  return (
    <Dialog name="find" title={t('nav.find')} onClose={onClose}>
      <search className="find" onKeyDown={onArrows}>
        <form
          className="field"
          onSubmit={(event) => {
            event.preventDefault();
            if (best !== null && whyNot(best) === null) run(best);
          }}
        >
          <label htmlFor={field}>{t('find.label')}</label>
          <input
            id={field}
            name="find"
            type="text"
            inputMode="search"
            autoComplete="off"
            maxLength={40}
            value={query}
            aria-describedby={`${field}-says`}
            onChange={(event) => setQuery(event.target.value)}
          />
          <p id={`${field}-says`} className="field-hint" role="status">
            {best === null ? t('find.lead', { key: 'Ctrl K' }) : t('find.enter', { name: t(`nav.${best.name}`) })}
          </p>
        </form>
        <div className="find-list">
          {all.length === 0 && <Empty title={t('find.none')}>{t('find.noneNext')}</Empty>}
          <div className="find-groups">
            {tasks
              .filter((task) => all.some((one) => one.task === task))
              .map((task) => (
                <section key={task} data-task={task} aria-label={t(`task.${task}`)}>
                  <h3>{t(`task.${task}`)}</h3>
                  <ul>
                    {all
                      .filter((one) => one.task === task)
                      .map((one) => (
                        <li key={one.name} data-best={one === best || undefined}>
                          <Button
                            action="openFound"
                            answer={one.name}
                            size="row"
                            {...(one.barKey === null ? {} : { keyElsewhere: one.barKey })}
                            label={t(`nav.${one.name}`)}
                            why={whyNot(one)}
                            onPress={() => run(one)}
                          />
                        </li>
                      ))}
                  </ul>
                </section>
              ))}
          </div>
        </div>
      </search>
    </Dialog>
  );
};
