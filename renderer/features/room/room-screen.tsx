import { useEffect, useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/notices.tsx';
import { usePreferences } from '../../seat/preferences.ts';
import { useWords } from '../../seat/use-words.ts';
import { openAlarms, sorted } from '../../store/selectors.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { useRegistry } from '../../seat/registry.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { goTo } from '../../parts/desk/route.ts';
import { CameraTile } from '../../parts/cameras/camera-tile.tsx';
import { alarmFrames, shareOut } from '../../parts/cameras/alarm-frames.rules.ts';
import { WallFoot } from './wall-foot.tsx';
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
        <WallFoot
          live={list.filter((camera) => camera.state === 'live').length}
          all={list.length}
          page={page}
          pages={pages}
          onPage={setPage}
          onBack={enlarged === null ? null : () => setEnlarged(null)}
        />
      )}
    </main>
  );
};
