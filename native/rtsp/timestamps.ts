/** A step of more than this is a camera that set its clock, not time that passed (seconds). */
const MAX_STEP_SECONDS = 10;
/** Pictures are shown before others that were sent earlier (B frames) by at most this much (seconds). */
const MAX_STEP_BACK_SECONDS = 1;
/** What is assumed to have passed when the camera's clock jumped (seconds): one picture at 25 a second. */
const ASSUMED_STEP_SECONDS = 0.04;

/**
 * Turns 32-bit RTP time stamps into microseconds from the first one on: unwrapped, and without the jumps of a
 * camera that sets its clock.
 * @param clockRate ticks per second.
 */
export const createTimestamps = (clockRate: number): ((timestamp: number) => number) => {
  let last = -1;
  let totalTicks = 0;
  let highestTicks = 0;
  let lastUs = 0;
  return (timestamp) => {
    if (timestamp === last) return lastUs;
    if (last >= 0) {
      const ticks = (timestamp - last) | 0;
      totalTicks += ticks;
      if (ticks > MAX_STEP_SECONDS * clockRate || totalTicks < highestTicks - MAX_STEP_BACK_SECONDS * clockRate) {
        totalTicks = highestTicks + ASSUMED_STEP_SECONDS * clockRate;
      }
      highestTicks = Math.max(highestTicks, totalTicks);
      lastUs = Math.round((totalTicks * 1_000_000) / clockRate);
    }
    last = timestamp;
    return lastUs;
  };
};
