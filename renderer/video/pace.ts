/** How fast a stream runs, by the times its frames arrived at the station: a kept group sent at once is no fast stream. */

/** Counted over this long, milliseconds. */
const WINDOW_MS = 2000;

/** A longer gap, or a clock set back, begins a new count. */
const GAP_MS = 30_000;

export interface Pace {
  frame(key: boolean, arrivedAtMs: number): void;
  /** Frames a second, 0 before it is known. */
  fps(): number;
  /** Milliseconds between the last two key frames, 0 before it is known. */
  keyGapMs(): number;
}

export const createPace = (): Pace => {
  let fromMs: number | null = null;
  let counted = 0;
  let fps = 0;
  let lastKeyMs: number | null = null;
  let keyGapMs = 0;

  const isSane = (sinceMs: number | null, atMs: number): sinceMs is number =>
    sinceMs !== null && atMs >= sinceMs && atMs - sinceMs < GAP_MS;

  return {
    frame: (key, arrivedAtMs) => {
      if (!isSane(fromMs, arrivedAtMs)) {
        fromMs = arrivedAtMs;
        counted = 0;
      } else {
        counted += 1;
        const spanMs = arrivedAtMs - fromMs;
        if (spanMs >= WINDOW_MS) {
          fps = (counted * 1000) / spanMs;
          fromMs = arrivedAtMs;
          counted = 0;
        }
      }
      if (!key) return;
      if (isSane(lastKeyMs, arrivedAtMs)) keyGapMs = arrivedAtMs - lastKeyMs;
      lastKeyMs = arrivedAtMs;
    },
    fps: () => fps,
    keyGapMs: () => keyGapMs,
  };
};
