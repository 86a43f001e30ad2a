/** Which stream a tile of this size asks for. Pure. */
import type { StreamQuality } from '../../electron/contract/kernel/video-wire.ts';

/** From this many device pixels of height a sub-stream of 360 lines looks soft; below the second figure it no longer does.
 * Two figures, so that a border dragged by hand does not switch to and fro. */
const MAIN_FROM_PX = 560;
const SUB_BELOW_PX = 480;

/** @param heightPx height of the tile in device pixels */
export const qualityFor = (before: StreamQuality, heightPx: number): StreamQuality => {
  if (heightPx >= MAIN_FROM_PX) return 'main';
  return heightPx < SUB_BELOW_PX ? 'sub' : before;
};
