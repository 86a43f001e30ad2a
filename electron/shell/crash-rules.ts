/** What to do when a part of the shell has died. Pure: the times are given, in milliseconds of one monotonic clock. */
import { backOffMs } from '../domain/kernel/back-off.ts';

/** A page that died is loaded again at most this often within the window; then a recovery page is shown (VIDEO.md). */
const RELOADS = 3;
const RELOAD_WINDOW_MS = 5 * 60_000;
/** Electron up to 42 crashes when a page is loaded from within the report of its death (electron issue 19887), and a machine out of memory needs a moment. */
const RELOAD_PAUSE_MS = 250;
/** A recovery page that dies as well is not loaded in a frantic loop. */
const RECOVERY_PAUSES = { firstMs: RELOAD_PAUSE_MS, longestMs: 30_000 };

/** This many losses of the GPU process within the window, and the program starts again without GPU. */
const GPU_LOSSES = 3;
const GPU_WINDOW_MS = 60 * 60_000;

/** A page may not answer for this long after Chromium has called it unresponsive; then its process is ended. */
export const HANG_PATIENCE_MS = 10_000;

export interface NextPage {
  readonly page: 'seat' | 'recovery';
  readonly afterMs: number;
}

/** Which page follows, and after what pause. `diedAtMs` holds the times at which pages died, this one included. */
export const pageAfterDeath = (diedAtMs: readonly number[], nowMs: number): NextPage => {
  const lately = diedAtMs.filter((at) => nowMs - at < RELOAD_WINDOW_MS).length;
  if (lately <= RELOADS) return { page: 'seat', afterMs: RELOAD_PAUSE_MS };
  return { page: 'recovery', afterMs: backOffMs(RECOVERY_PAUSES, lately - RELOADS - 1) };
};

/** Reasons with which Chromium reports an ordinary end, for which nothing is to be done. */
export const isOrdinaryEnd = (reason: string): boolean => reason === 'clean-exit';

/** `restartWithoutGpu` when the GPU process was lost too often lately. `lostAtMs` holds the times of its losses, this one included. */
export const afterGpuLoss = (lostAtMs: readonly number[], nowMs: number): 'carryOn' | 'restartWithoutGpu' =>
  lostAtMs.filter((at) => nowMs - at < GPU_WINDOW_MS).length >= GPU_LOSSES ? 'restartWithoutGpu' : 'carryOn';
