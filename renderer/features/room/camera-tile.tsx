import { useMemo, type ReactNode } from 'react';
import { useWords } from '../../kit/use-words.ts';
import { useSeat, useSeatState } from '../../store/seat-context.tsx';
import { VideoTile, type TileTexts } from '../../video/tile.tsx';

export interface CameraTileProps {
  readonly cameraId: string;
  readonly focus?: boolean;
  readonly alarmed?: boolean;
  readonly onOpen?: (cameraId: string) => void;
}

/** A camera's picture under the name people call it, with the sentences it may have to say. */
export const CameraTile = ({ cameraId, focus = false, alarmed = false, onOpen }: CameraTileProps): ReactNode => {
  const { video, store } = useSeat();
  const words = useWords();
  const { t, hm, camera, either } = words;
  const name = camera(cameraId);
  const number = useSeatState((state) => state.tables.cameras.get(cameraId)?.number);
  const texts = useMemo<TileTexts>(() => {
    const since = (ms: number): string => words.since(ms, store.get().nowMs);
    const fault = (kind: string | null): string => (kind === null ? '' : either(`camera.fault.${kind}`, ''));
    return {
      connecting: t('camera.connecting'),
      stalledSince: (sinceMs, kind) =>
        `${t('camera.stalled', { time: hm(sinceMs), since: since(sinceMs) })} ${fault(kind)}`.trim(),
      short: (state, sinceMs) => t(`camera.short.${state}`, { time: hm(sinceMs) }),
      offline: (kind, sinceMs) =>
        `${t('camera.offline', { time: hm(sinceMs), since: since(sinceMs) })} ${fault(kind)}`.trim(),
    };
  }, [t, hm, either, words, store]);
  return (
    <VideoTile
      engine={video}
      cameraId={cameraId}
      name={name}
      number={number === undefined ? '' : t('camera.number', { number })}
      texts={texts}
      focus={focus}
      alarmed={alarmed}
      {...(onOpen === undefined ? {} : { onOpen })}
    />
  );
};
