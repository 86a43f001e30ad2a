import { hours, minutes } from '../kernel/time.ts';

const day = hours(24);

/** How long personal fields of a visit may be kept, milliseconds: 1 day to 365 days (PIPL: no longer than needed). */
export const keepRangeMs = { least: day, most: 365 * day } as const;

/** A departure that was written down by mistake can be taken back for this long; milliseconds. */
export const TAKE_BACK_MS = minutes(10);

/** Whether a departure at `leftAt` can still be taken back at `at`; UTC milliseconds. */
export const mayTakeBack = (leftAt: number | null, at: number): boolean =>
  leftAt !== null && at - leftAt <= TAKE_BACK_MS;
