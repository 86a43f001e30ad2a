/**
 * The common tick on which all tiles show their newest frame. Pure. Unsynchronised tiles make every vsync dirty: with 48 tiles
 * 2.13 against 1.46 CPU-seconds per camera-minute (VIDEO.md).
 */

/** Up to this many tiles are released at once: there is nothing to gather, and the delay is saved. */
const AT_ONCE_TILES = 2;

const SLOWEST_HZ = 20;
const FASTEST_HZ = 40;

/** Ticks per second for the fastest of the streams (frames per second): a little above it, 20 at 15 fps. */
export const tickHz = (fastestFps: number): number =>
  Math.min(FASTEST_HZ, Math.max(SLOWEST_HZ, Math.round((fastestFps * 1.25) / 5) * 5));

/** Whether frames wait for the tick. `mode` `none` is for measuring what the tick saves. */
export const waitsForTick = (mode: 'common' | 'none', tiles: number): boolean =>
  mode === 'common' && tiles > AT_ONCE_TILES;
