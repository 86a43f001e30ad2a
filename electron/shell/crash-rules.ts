/** What to do when a part of the shell has died. Pure: the times are given. */

/** A page that died is loaded again at most this often within the window; then a recovery page is shown. */
const RELOADS = 3;
const RELOAD_WINDOW_MS = 5 * 60_000;
/** After this many losses of the GPU process the program starts again without GPU. */
const GPU_LOSSES = 3;

/** `reload`, or `recover` when it died too often lately. `diedAtMs` holds the times of its deaths, newest last, this one included. */
export const afterPageDeath = (diedAtMs: readonly number[], nowMs: number): 'reload' | 'recover' =>
  diedAtMs.filter((at) => nowMs - at < RELOAD_WINDOW_MS).length <= RELOADS ? 'reload' : 'recover';

/** Reasons with which Chromium reports an ordinary end, for which nothing is to be done. */
export const isOrdinaryEnd = (reason: string): boolean => reason === 'clean-exit';

/** `restartWithoutGpu` when the GPU process was lost too often. */
export const afterGpuLoss = (losses: number): 'carryOn' | 'restartWithoutGpu' => (losses >= GPU_LOSSES ? 'restartWithoutGpu' : 'carryOn');
