import { effect } from '../kernel/effects.ts';

/** After the commit, at most once: send the barrier a motion. The outcome comes back as an event. `givenAtMs`: UTC milliseconds. */
export type DriveBarrier = {
  readonly barrierId: string;
  readonly motion: 'open' | 'close';
  readonly motionId: string;
  readonly givenAtMs: number;
};

export const barrierEffects = { driveBarrier: effect<DriveBarrier>() };
