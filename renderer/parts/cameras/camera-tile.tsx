import { useMemo, type ReactNode } from 'react';
import { useWords } from '../../seat/use-words.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { alarmNames } from '../alarms/alarm-sentence.ts';
import { Shape } from '../alarms/shape.tsx';
import { VideoTile, type TileTexts } from '../../video/tile.tsx';
import type { AlarmFrame } from './alarm-frames.rules.ts';
import './camera-tile.css';

export interface CameraTileProps {
  readonly cameraId: string;
  readonly focus?: boolean;
  /** Set while an alarm brings this picture up. */
  readonly frame?: AlarmFrame | null;
  readonly onOpen?: (cameraId: string) => void;
}

/** Whose picture it is: shape, colour and place of the alarm, around it and in its corner. */
const TileFrame = ({ frame }: { readonly frame: AlarmFrame }): ReactNode => {
  const words = useWords();
  const tables = useSeatState((state) => state.tables);
  const alarms = frame.alarmIds.map((alarmId) => tables.alarms.get(alarmId)).filter((alarm) => alarm !== undefined);
  return (
    <span className="tile-frame" data-priority={frame.priority} data-frame={frame.current ? 'current' : 'other'}>
      <span className="tile-frame-whose">
        <Shape priority={frame.priority} />
        {alarms.map((alarm) => alarmNames(alarm, tables, words)['place']).join(' · ')}
      </span>
    </span>
  );
};

/** A camera's picture under the name people call it, with the sentences it may have to say. */
export const CameraTile = ({ cameraId, focus = false, frame = null, onOpen }: CameraTileProps): ReactNode => {
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
      alarmed={frame !== null}
      {...(onOpen === undefined ? {} : { onOpen })}
    >
      {frame !== null && <TileFrame frame={frame} />}
    </VideoTile>
  );
};
