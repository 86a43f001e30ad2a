/**
 * The pool of `<video>` elements (canvases where `MediaStreamTrackGenerator` is missing). Elements are made once and moved,
 * never removed: removed ones leak their player (VIDEO.md), and too many players exhaust Chromium.
 *
 * Frames are counted by `getVideoPlaybackQuality()`, total less dropped: measured on Chromium 156 with a track generator, a
 * `<video>` that is invisible, not displayed or scrolled away counts 73 of 74 frames as dropped there, while
 * `requestVideoFrameCallback` goes on being called and its `presentedFrames` goes on counting (72 of 74) for each of them.
 * So only the first is evidence of painting; it also needs no callback per frame.
 */
import type { SinkTransfer } from './messages.ts';

interface TrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}

declare global {
  interface Window {
    /** Chromium only, and on the window only. */
    readonly MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => TrackGenerator;
  }
}

export interface Surface {
  readonly slot: number;
  /** Puts the picture into `parent` as its only foreign child, without interrupting it. */
  moveTo(parent: Element): void;
  /** Hidden until it shows a frame of the right camera. */
  setShown(shown: boolean): void;
  /** Frames painted since the surface was made. */
  painted(): number;
  /** The worker's count, for surfaces that cannot count. */
  noteDrawn(drawn: number): void;
  /** Calls back with the stamp (microseconds) of the next frame given to the compositor. */
  nextFrame(callback: (stampUs: number) => void): void;
  /** A new way in for frames, for a new worker: what was transferred to the one before is lost with it. */
  renew(): SinkTransfer;
  release(): void;
}

const move = (element: Element, parent: Element): void => {
  if (element.parentElement === parent) return;
  if (element.isConnected && parent.isConnected && 'moveBefore' in parent) parent.moveBefore(element, null);
  else parent.append(element);
};

const createVideo = (slot: number, Generator: new (init: { kind: 'video' }) => TrackGenerator): Surface => {
  const video = document.createElement('video');
  let track: TrackGenerator | null = null;
  video.className = 'video-picture';
  video.muted = true;
  video.playsInline = true;
  video.disablePictureInPicture = true;
  video.tabIndex = -1;
  video.ariaHidden = 'true';
  const play = (): void => {
    // Refused only while the element is between two places; the next move or pause asks again.
    video.play().catch((error: unknown) => (error instanceof DOMException ? null : reportError(error)));
  };
  video.addEventListener('pause', play);
  return {
    slot,
    moveTo: (parent) => {
      move(video, parent);
      if (video.paused) play();
    },
    setShown: (shown) => video.toggleAttribute('data-shown', shown),
    painted: () => {
      const quality = video.getVideoPlaybackQuality();
      return Math.max(0, quality.totalVideoFrames - quality.droppedVideoFrames);
    },
    noteDrawn: () => undefined,
    nextFrame: (callback) => {
      video.requestVideoFrameCallback((_now, frame) => callback(Math.round(frame.mediaTime * 1e6)));
    },
    renew: () => {
      track?.stop();
      track = new Generator({ kind: 'video' });
      video.srcObject = new MediaStream([track]);
      // Another source pauses the element, without an event.
      if (video.isConnected) play();
      return { kind: 'track', writable: track.writable };
    },
    release: () => {
      video.removeEventListener('pause', play);
      track?.stop();
      video.srcObject = null;
      video.remove();
    },
  };
};

const createCanvas = (slot: number): Surface => {
  const blank = (): HTMLCanvasElement => {
    const made = document.createElement('canvas');
    made.className = 'video-picture';
    made.ariaHidden = 'true';
    return made;
  };
  let canvas = blank();
  let drawn = 0;
  return {
    slot,
    moveTo: (parent) => move(canvas, parent),
    setShown: (shown) => canvas.toggleAttribute('data-shown', shown),
    painted: () => drawn,
    noteDrawn: (count) => {
      drawn = count;
    },
    nextFrame: (callback) => {
      requestAnimationFrame(() => callback(Number.MAX_SAFE_INTEGER));
    },
    renew: () => {
      // A canvas can be transferred once: a new worker needs a new one in its place.
      const next = blank();
      next.toggleAttribute('data-shown', canvas.hasAttribute('data-shown'));
      canvas.replaceWith(next);
      canvas = next;
      drawn = 0;
      return { kind: 'canvas', canvas: canvas.transferControlToOffscreen() };
    },
    release: () => canvas.remove(),
  };
};

export interface SurfacePool {
  /** A free picture, `null` when all are in use. */
  take(): Surface | null;
  /** Out of its tile and out of sight, still moving, before the tile's element leaves the document. */
  park(surface: Surface): void;
  /** Back into the pool, for the next tile. */
  give(surface: Surface): void;
  /** Connects every picture to a new worker. */
  renew(): void;
  dispose(): void;
}

/** @param size most pictures at a time; each is made when it is first needed */
export const createSurfacePool = (
  size: number,
  kind: 'auto' | 'canvas',
  newSink: (slot: number, sink: SinkTransfer) => void,
): SurfacePool => {
  const parking = document.createElement('div');
  parking.className = 'video-parking';
  document.body.append(parking);
  const free: Surface[] = [];
  const all: Surface[] = [];
  const make = (): Surface => {
    const Generator = kind === 'auto' ? window.MediaStreamTrackGenerator : undefined;
    const surface = Generator === undefined ? createCanvas(all.length) : createVideo(all.length, Generator);
    all.push(surface);
    newSink(surface.slot, surface.renew());
    return surface;
  };
  return {
    take: () => free.pop() ?? (all.length < size ? make() : null),
    park: (surface) => surface.moveTo(parking),
    give: (surface) => {
      surface.setShown(false);
      surface.moveTo(parking);
      free.push(surface);
    },
    renew: () => {
      for (const surface of all) newSink(surface.slot, surface.renew());
    },
    dispose: () => {
      for (const surface of all) surface.release();
      parking.remove();
    },
  };
};
