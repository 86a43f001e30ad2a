/**
 * One timer for all streams. Picture `n` of a source belongs to the moment `epoch + phase + n / 15 s`, whoever watches and
 * however late the timer fires; sources of different phase are sent in different quarters of a picture's time.
 */
import { performance } from 'node:perf_hooks';
import { picturesPerSecond } from '../pictures/clips.ts';
import type { PackedFrame } from './clip-frames.ts';
import type { Programme } from './programme.ts';

export const ticksPerPicture = 4;
const pictureMs = 1000 / picturesPerSecond;
const tickMs = pictureMs / ticksPerPicture;

/** Who takes the pictures of a source. */
export interface Viewer {
  /** `n` is the running number since the epoch. */
  show(frame: PackedFrame, n: number): void;
}

export interface Source {
  readonly programme: Programme;
  /** Milliseconds after the epoch at which picture 0 was due, 0 to one picture. */
  readonly phaseMs: number;
  add(viewer: Viewer): void;
  remove(viewer: Viewer): void;
  readonly viewers: number;
}

export interface Pacer {
  /** UTC milliseconds of the first picture. */
  readonly epochMs: number;
  /** UTC milliseconds, never going backwards. */
  now(): number;
  /** A source; `flowing` is asked before each picture. */
  source(programme: Programme, place: number, flowing: () => boolean): Source;
  close(): void;
}

export const createPacer = (): Pacer => {
  const epochMs = Date.now();
  const start = performance.now();
  const since = (): number => performance.now() - start;
  const sources: {
    phase: number;
    phaseMs: number;
    next: number;
    programme: Programme;
    flowing: () => boolean;
    viewers: Set<Viewer>;
  }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const arm = (): void => {
    if (closed || timer || !sources.some((one) => one.viewers.size > 0)) return;
    const at = since();
    timer = setTimeout(tick, Math.max(1, Math.ceil((Math.floor(at / tickMs) + 1) * tickMs - at)));
  };
  const tick = (): void => {
    timer = undefined;
    const at = since();
    for (const one of sources) {
      if (one.viewers.size === 0) continue;
      const due = Math.floor((at - one.phaseMs) / pictureMs);
      // A machine that slept does not send what it missed.
      if (due - one.next > picturesPerSecond) one.next = due;
      for (; one.next <= due; one.next += 1) {
        const frame = one.programme.next(one.next);
        if (!one.flowing()) continue;
        for (const viewer of one.viewers) viewer.show(frame, one.next);
      }
    }
    arm();
  };
  return {
    epochMs,
    now: () => epochMs + since(),
    source: (programme, place, flowing) => {
      const phase = place % ticksPerPicture;
      const own = { phase, phaseMs: phase * tickMs, next: 0, programme, flowing, viewers: new Set<Viewer>() };
      sources.push(own);
      return {
        programme,
        phaseMs: own.phaseMs,
        add: (viewer) => {
          if (own.viewers.size === 0) own.next = Math.floor((since() - own.phaseMs) / pictureMs) + 1;
          own.viewers.add(viewer);
          arm();
        },
        remove: (viewer) => {
          own.viewers.delete(viewer);
        },
        get viewers() {
          return own.viewers.size;
        },
      };
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
