import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { usePreferences, type WallSize } from '../../seat/preferences.ts';
import { useSeat } from '../../seat/seat-context.tsx';
import { useWords } from '../../seat/use-words.ts';

const sizes: readonly WallSize[] = [1, 4, 9, 16];

export interface WallFootProps {
  /** Cameras whose pictures move, of all. */
  readonly live: number;
  readonly all: number;
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
  /** Back to all pictures; `null` while none is enlarged. */
  readonly onBack: (() => void) | null;
}

/** Below the wall: how many pictures move, how many are shown at once, and which. */
export const WallFoot = ({ live, all, page, pages, onPage, onBack }: WallFootProps): ReactNode => {
  const { t } = useWords();
  const { preferences } = useSeat();
  const { wall: size } = usePreferences(preferences);
  return (
    <div className="wall-foot">
      <p className="wall-says">
        {live === all ? t('room.allMoving', { count: all }) : t('room.someMoving', { moving: live, all })}
      </p>
      <div className="wall-tools" data-each="finger" role="group" aria-label={t('room.size')}>
        {onBack !== null && (
          <Button
            action="wallBack"
            look="primary"
            size="small"
            keyElsewhere="Esc"
            label={t('room.back')}
            onPress={onBack}
          />
        )}
        {pages > 1 && onBack === null && (
          <>
            <Button
              action="wallPrevious"
              shortcut={{ key: '[', says: 'room.previous', scope: 'screen' }}
              size="small"
              look="quiet"
              label={t('room.previous')}
              why={page === 0 ? t('room.firstPage') : null}
              onPress={() => onPage(page - 1)}
            />
            <Button
              action="wallNext"
              shortcut={{ key: ']', says: 'room.nextPage', scope: 'screen' }}
              size="small"
              look="quiet"
              label={t('room.nextPage')}
              why={page >= pages - 1 ? t('room.lastPage') : null}
              onPress={() => onPage(page + 1)}
            />
          </>
        )}
        {onBack === null &&
          sizes.map((tiles) => (
            <Button
              key={tiles}
              action={`wall-${tiles}`}
              size="small"
              look="quiet"
              pressed={tiles === size}
              label={String(tiles)}
              name={t('room.tiles', { count: tiles })}
              onPress={() => {
                onPage(0);
                preferences.set({ wall: tiles });
              }}
            />
          ))}
      </div>
    </div>
  );
};
