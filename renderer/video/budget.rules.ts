/**
 * The decoder budget: what is given up, in which order, when this machine cannot decode everything. Pure. The first step,
 * not decoding what nobody sees, is always taken. Then small tiles go to key frames only, a quarter of them at a time, then the
 * common tick is halved for small tiles. A focused or alarmed tile is never touched.
 */
import type { SlotPlan } from './channels.rules.ts';

/** Steps 1 to 4 put a quarter more of the small tiles on key frames each; step 5 halves the tick. */
export const BUDGET_STEPS = 5;

/** A tile is late when its newest frame was decoded this long after it arrived; milliseconds. */
export const LATE_MS = 350;

/** Two steps down are at least this far apart, so that the first has time to help. */
const SETTLE_MS = 2000;

/** Calm needed before one step is taken back; doubled up to the second figure when taking it back was too early, which is
 * when the overload returns within the third. */
const CALM_MS = 8000;
const CALM_MOST_MS = 64_000;
const RELAPSE_MS = 15_000;

export interface Budget {
  /** 0 (nothing given up) to 5. */
  readonly level: number;
  readonly lateSinceMs: number | null;
  readonly calmSinceMs: number | null;
  readonly changedMs: number;
  /** When a step was last taken back. */
  readonly easedMs: number | null;
  readonly calmNeededMs: number;
}

export interface Load {
  /** Monotonic milliseconds. */
  readonly nowMs: number;
  readonly tiles: number;
  /** Tiles whose frames come late out of the decoder, or were dropped to the next key frame since the last look. */
  readonly late: number;
}

export const fullBudget = (nowMs: number): Budget => ({
  level: 0,
  lateSinceMs: null,
  calmSinceMs: null,
  changedMs: nowMs,
  easedMs: null,
  calmNeededMs: CALM_MS,
});

/** To be called about twice a second. A quarter of the tiles late for a second is an overload. */
export const nextBudget = (before: Budget, load: Load): Budget => {
  const overloaded = load.late > 0 && load.late * 4 >= load.tiles;
  const { nowMs } = load;
  if (overloaded) {
    const lateSinceMs = before.lateSinceMs ?? nowMs;
    const due = nowMs - lateSinceMs >= 1000 && nowMs - before.changedMs >= SETTLE_MS;
    if (!due || before.level === BUDGET_STEPS) return { ...before, lateSinceMs, calmSinceMs: null };
    const relapse = before.easedMs !== null && nowMs - before.easedMs < RELAPSE_MS;
    return {
      ...before,
      level: before.level + 1,
      lateSinceMs,
      calmSinceMs: null,
      changedMs: nowMs,
      calmNeededMs: relapse ? Math.min(before.calmNeededMs * 2, CALM_MOST_MS) : before.calmNeededMs,
    };
  }
  const calmSinceMs = before.calmSinceMs ?? nowMs;
  if (before.level === 0 || nowMs - calmSinceMs < before.calmNeededMs) {
    return { ...before, lateSinceMs: null, calmSinceMs };
  }
  const level = before.level - 1;
  return { ...before, level, lateSinceMs: null, calmSinceMs: nowMs, changedMs: nowMs, easedMs: nowMs };
};

/** The slots that decode key frames only at this level: the last ones of the wall first. */
export const slotsOnKeyFrames = (slots: readonly SlotPlan[], level: number): ReadonlySet<number> => {
  const small = slots.filter(({ tile }) => isSmall(tile)).map(({ tile }) => tile.slot);
  const count = Math.ceil((small.length * Math.min(level, 4)) / 4);
  return new Set(small.toSorted((a, b) => b - a).slice(0, count));
};

/** Whether a tile may lose quality at all. */
export const isSmall = (tile: SlotPlan['tile']): boolean => tile.rank === 'normal' && tile.quality === 'sub';

/** Whether a small tile is released on this tick: on every second one at the last step. */
export const releasedOn = (level: number, tick: number): boolean => level < BUDGET_STEPS || tick % 2 === 0;
