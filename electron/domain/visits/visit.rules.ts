import { hours } from '../kernel/time.ts';

const day = hours(24);

/** How long personal fields of a visit may be kept, milliseconds: 1 day to 365 days (PIPL: no longer than needed). */
export const keepRangeMs = { least: day, most: 365 * day } as const;
