/** One honest tile: a picture of the pool, its name, and a sentence over it whenever it does not move. */
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { StreamQuality } from '../../electron/contract/kernel/video-wire.ts';
import type { TileHandle, TileSnapshot, VideoEngine } from './engine-api.ts';
import type { TileFault } from './liveness.rules.ts';
import './tile.css';

/** The sentences a tile may have to say, in the reader's language. */
export interface TileTexts {
  readonly connecting: string;
  readonly stalledSince: (sinceMs: number, fault: TileFault | null) => string;
  readonly offline: (fault: TileFault | null, sinceMs: number) => string;
  /** The same in a few words, for a small tile; the whole sentence is then in its title. */
  readonly short?: (state: 'stalled' | 'offline', sinceMs: number) => string;
  /** Beside the name while this machine cannot decode everything and the tile shows key frames only. */
  readonly reduced?: string;
}

export interface VideoTileProps {
  readonly engine: VideoEngine;
  readonly cameraId: string;
  /** What people call it, number and all. */
  readonly name: string;
  /** Its number, which is read first and never cut off; `name` begins with it. */
  readonly number?: string;
  readonly texts: TileTexts;
  readonly quality?: StreamQuality | 'auto';
  readonly focus?: boolean;
  readonly alarmed?: boolean;
  /** Double click, or Enter on the focused tile. */
  readonly onOpen?: (cameraId: string) => void;
  /** What else lies over the picture. */
  readonly children?: ReactNode | ((snapshot: TileSnapshot) => ReactNode);
}

/** A sentence with "3 minutes ago" in it is read again this often. */
const SENTENCE_MS = 5000;

const sentenceOf = (texts: TileTexts, { state, sinceMs, fault }: TileSnapshot): string | null => {
  if (state === 'live') return null;
  if (state === 'stalled') return texts.stalledSince(sinceMs, fault);
  return state === 'offline' ? texts.offline(fault, sinceMs) : texts.connecting;
};

const shortOf = (texts: TileTexts, { state, sinceMs }: TileSnapshot): string | null =>
  state === 'stalled' || state === 'offline' ? (texts.short?.(state, sinceMs) ?? null) : null;

/** Frames and state go to the element's data by hand, four times a second: React renders only when the state changes. */
const mark = (element: HTMLElement, { state, frames, quality, keyFramesOnly, latencyMs }: TileSnapshot): void => {
  element.dataset['state'] = state;
  element.dataset['frames'] = String(frames);
  element.dataset['quality'] = keyFramesOnly ? 'key-frames' : quality;
  element.dataset['latency'] = latencyMs === null ? '' : String(latencyMs);
};

const sameForPeople = (a: TileSnapshot | null, b: TileSnapshot): boolean =>
  a !== null &&
  a.state === b.state &&
  a.sinceMs === b.sinceMs &&
  a.fault === b.fault &&
  a.keyFramesOnly === b.keyFramesOnly;

export const VideoTile = (props: VideoTileProps): ReactNode => {
  const {
    engine,
    cameraId,
    name,
    number = '',
    texts,
    quality = 'auto',
    focus = false,
    alarmed = false,
    onOpen,
    children,
  } = props;
  const frame = useRef<HTMLElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const handle = useRef<TileHandle | null>(null);
  const [snapshot, setSnapshot] = useState<TileSnapshot | null>(null);
  const [, readAgain] = useReducer((count: number) => count + 1, 0);
  const options = { cameraId, quality, focus, alarmed };
  const latest = useRef(options);

  useLayoutEffect(() => {
    latest.current = { cameraId, quality, focus, alarmed };
    handle.current?.update(latest.current);
  }, [cameraId, quality, focus, alarmed]);

  useLayoutEffect(() => {
    const [element, container] = [frame.current, stage.current];
    if (element === null || container === null) return undefined;
    const mine = engine.attach(container, latest.current);
    const show = (next: TileSnapshot): void => {
      mark(element, next);
      setSnapshot((before) => (sameForPeople(before, next) ? before : next));
    };
    handle.current = mine;
    show(mine.snapshot());
    const stop = mine.subscribe(show);
    return () => {
      stop();
      mine.detach();
      handle.current = null;
    };
  }, [engine]);

  const state = snapshot?.state;
  useEffect(() => {
    if (state === undefined || state === 'live') return undefined;
    const timer = setInterval(readAgain, SENTENCE_MS);
    return () => clearInterval(timer);
  }, [state]);

  const sentence = snapshot === null ? null : sentenceOf(texts, snapshot);
  const short = snapshot === null ? null : shortOf(texts, snapshot);
  const whole = sentence === null ? name : `${name}: ${sentence}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(cameraId);
  };

  return (
    <figure
      ref={frame}
      className="video-tile"
      data-tile={cameraId}
      data-alarmed={alarmed || undefined}
      data-focus={focus || undefined}
      tabIndex={0}
      title={whole}
      aria-label={whole}
      onDoubleClick={() => onOpen?.(cameraId)}
      onKeyDown={onKeyDown}
    >
      <div ref={stage} className="video-stage" />
      <figcaption className="video-name">
        {number !== '' && <b className="video-number">{number}</b>}
        <span className="video-word">{name.slice(number.length).trim()}</span>
        {snapshot?.keyFramesOnly === true && texts.reduced !== undefined && (
          <span className="video-reduced">{texts.reduced}</span>
        )}
      </figcaption>
      <p className="video-says" hidden={sentence === null}>
        <span className="video-sentence" data-has-short={short === null ? undefined : true}>
          {sentence}
        </span>
        {short !== null && (
          <span className="video-short" aria-hidden="true">
            {short}
          </span>
        )}
      </p>
      {typeof children === 'function' ? snapshot !== null && children(snapshot) : children}
    </figure>
  );
};
