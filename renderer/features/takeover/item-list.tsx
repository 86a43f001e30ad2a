import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { goTo } from '../../parts/desk/route.ts';
import { useRegistry } from '../../seat/registry.tsx';
import { describeItem } from './open-items.ts';

/** What is open, each with how far it is and a way to see it; while somebody takes over, with what they have seen. */
export const ItemList = ({
  items,
  seen,
  onSeen,
}: {
  readonly items: readonly string[];
  readonly seen?: ReadonlySet<string>;
  readonly onSeen?: (item: string) => void;
}): ReactNode => {
  const words = useWords();
  const { t } = words;
  const tables = useSeatState((state) => state.tables);
  const { choose } = useDesk();
  const registry = useRegistry();
  return (
    <ul className="walk-items">
      {items.map((item) => {
        const { title, facts, alarmId, place } = describeItem(item, registry, tables, words);
        const look = (): void => {
          if (alarmId !== null) choose(alarmId);
          else if (place !== null) goTo(place);
        };
        return (
          <li key={item} data-open-item={item} data-seen={seen?.has(item)}>
            <div>
              <p className="walk-title">{title}</p>
              {facts.map((fact) => (
                <p key={fact} className="facts">
                  {fact}
                </p>
              ))}
            </div>
            <div className="walk-buttons">
              {(alarmId !== null || place !== null) && (
                <Button
                  action="openItem"
                  answer={item}
                  size="large"
                  label={t(alarmId === null ? 'takeover.openPlace' : 'takeover.openCard')}
                  onPress={look}
                />
              )}
              {onSeen !== undefined && (
                <Button
                  action="seenItem"
                  answer={item}
                  size="large"
                  pressed={seen?.has(item) === true}
                  label={seen?.has(item) === true ? t('takeover.seen') : t('takeover.iHaveSeen')}
                  onPress={() => onSeen(item)}
                />
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
};
