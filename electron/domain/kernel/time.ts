/** Points in time are UTC milliseconds since 1970-01-01 (`…At`, `…Ms`); the community's time zone exists only on screen. */

/** Seconds as milliseconds. */
export const seconds = (count: number): number => count * 1000;

/** Minutes as milliseconds. */
export const minutes = (count: number): number => count * 60_000;

/** Hours as milliseconds. */
export const hours = (count: number): number => count * 3_600_000;
