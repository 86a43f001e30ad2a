import { useEffect, useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/notices.tsx';
import { usePreferences, type WallSize } from '../../seat/preferences.ts';
import { useWords } from '../../seat/use-words.ts';
import { openAlarms, sorted } from '../../store/selectors.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { useRegistry } from '../../seat/registry.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { goTo } from '../../parts/desk/route.ts';
import { CameraTile } from '../../parts/cameras/camera-tile.tsx';
import { alarmFrames, shareOut } from '../../parts/cameras/alarm-frames.rules.ts';
import { layOut, MOST_LARGE, pagesOf, withGates } from './wall-layout.rules.ts';
import './room.css';

/** Cameras that must be seen for the questions which are being asked now. */
const useAskedFor = (): readonly string[] => {
  const { toolsOf } = useRegistry();
  const asked = useSeatState(({ tables }) => {
    const steps = [...tables.incidents.values()].flatMap(({ work, currentStep }) =>
      currentStep !== null && (work === 'claimed' || work === 'inProgress') ? [currentStep.step] : [],
    );
    return steps
      .flatMap(toolsOf)
      .flatMap(({ cameras }) => cameras?.(tables) ?? [])
      .join(' ');
  });
  return useMemo(() => [...new Set(asked.split(' ').filter((cameraId) => cameraId !== ''))], [asked]);
};

const sizes: readonly WallSize[] = [1, 4, 9, 16];

/** The wall of pictures. An alarm's cameras come up by themselves and go back when it is dealt with. */
export const RoomScreen = (): ReactNode => {
  const { t } = useWords();
  const { preferences } = useSeat();
  const { wall: size } = usePreferences(preferences);
  const cameras = useSeatState((state) => state.tables.cameras);
  const alarms = useSeatState((state) => state.tables.alarms);
  const { chosenAlarm } = useDesk();
  const [page, setPage] = useState(0);
  const [enlarged, setEnlarged] = useState<string | null>(null);
  const list = useMemo(() => sorted<'cameras'>(cameras, (camera) => camera.number), [cameras]);
  const open = useMemo(() => openAlarms(alarms), [alarms]);
  const frames = useMemo(() => alarmFrames(open, chosenAlarm), [open, chosenAlarm]);
  const alarmed = useMemo(() => {
    const byAlarm = Map.groupBy(frames, ([, frame]) => frame.alarmIds[0]);
    return shareOut(
      [...byAlarm.values()].map((own) => own.map(([cameraId]) => cameraId)),
      MOST_LARGE,
    );
  }, [frames]);
  const seeing = useAskedFor();
  const pages = pagesOf(list.length, size);
  const layout = layOut({
    cameraIds: list.map((camera) => camera.cameraId),
    size,
    page: Math.min(page, pages - 1),
    alarmed: withGates(alarmed, seeing),
    enlarged,
  });

  useEffect(() => {
    if (enlarged === null) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setEnlarged(null);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enlarged]);

  const moving = list.filter((camera) => camera.state === 'live').length;
  const grid: CSSProperties = {
    gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
    gridTemplateRows: `repeat(${layout.rows}, minmax(0, 1fr))`,
  };
  return (
    <main
      className="room"
      data-screen="room"
      data-wall={size}
      data-making-room={alarmed.length > 0 && enlarged === null ? true : undefined}
    >
      {list.length === 0 ? (
        <Empty title={t('room.empty')} fill>
          <Button action="addCamera" look="primary" label={t('room.addCamera')} onPress={() => goTo('people')} />
        </Empty>
      ) : (
        <ul className="wall" style={grid} aria-label={t('room.wall')}>
          {layout.cameraIds.map((cameraId) => {
            const large = layout.large.has(cameraId) && layout.span > 1;
            return (
              <li
                key={cameraId}
                style={large ? { gridColumn: `span ${layout.span}`, gridRow: `span ${layout.span}` } : undefined}
              >
                <CameraTile
                  cameraId={cameraId}
                  focus={cameraId === enlarged || seeing.includes(cameraId)}
                  frame={frames.get(cameraId) ?? null}
                  onOpen={() => setEnlarged(cameraId === enlarged ? null : cameraId)}
                />
              </li>
            );
          })}
        </ul>
      )}
      {list.length > 0 && (
        <div className="wall-foot">
          <p className="wall-says">
            {moving === list.length
              ? t('room.allMoving', { count: moving })
              : t('room.someMoving', { moving, all: list.length })}
          </p>
          <div className="wall-tools" data-each="finger" role="group" aria-label={t('room.size')}>
            {enlarged !== null && (
              <Button
                action="wallBack"
                look="primary"
                size="small"
                keyElsewhere="Esc"
                label={t('room.back')}
                onPress={() => setEnlarged(null)}
              />
            )}
            {pages > 1 && enlarged === null && (
              <>
                <Button
                  action="wallPrevious"
                  shortcut={{ key: '[', says: 'room.previous', scope: 'screen' }}
                  size="small"
                  look="quiet"
                  label={t('room.previous')}
                  why={page === 0 ? t('room.firstPage') : null}
                  onPress={() => setPage(page - 1)}
                />
                <Button
                  action="wallNext"
                  shortcut={{ key: ']', says: 'room.nextPage', scope: 'screen' }}
                  size="small"
                  look="quiet"
                  label={t('room.nextPage')}
                  why={page >= pages - 1 ? t('room.lastPage') : null}
                  onPress={() => setPage(page + 1)}
                />
              </>
            )}
            {enlarged === null &&
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
                    setPage(0);
                    preferences.set({ wall: tiles });
                  }}
                />
              ))}
          </div>
        </div>
      )}
    </main>
  );
};
