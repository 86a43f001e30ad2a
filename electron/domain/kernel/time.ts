import type { Brand } from './brand.ts';

/** A point in time: UTC milliseconds since 1970-01-01. The community's time zone exists only on screen. */
export type UtcMs = Brand<number, 'UtcMs'>;

/** A point on the monotonic clock of one process, in milliseconds. Never comparable across a restart. */
export type MonotonicMs = Brand<number, 'MonotonicMs'>;

/** Marks a number of milliseconds as a point in time. */
export const utcMs = (value: number): UtcMs => value as UtcMs;

/** Marks a number of milliseconds as a reading of the monotonic clock. */
export const monotonicMs = (value: number): MonotonicMs => value as MonotonicMs;

/** Seconds as milliseconds. */
export const seconds = (count: number): number => count * 1000;

/** Minutes as milliseconds. */
export const minutes = (count: number): number => count * 60_000;

/** Hours as milliseconds. */
export const hours = (count: number): number => count * 3_600_000;
