/** How the waits between attempts grow. Milliseconds. */
export interface BackOffPlan {
  readonly firstMs: number;
  /** No wait is longer; attempts never end. */
  readonly longestMs: number;
  /** What each further failure multiplies the wait by; 2 where nothing is named. */
  readonly factor?: number;
}

/** From here on nothing that is waited for grows any more, and a power of it is still a number. */
const MOST_FAILURES = 64;

/** The wait after `waitMs`, milliseconds: for who chooses by the failure how fast the waits grow. */
export const longerMs = (waitMs: number, { longestMs, factor = 2 }: Omit<BackOffPlan, 'firstMs'>): number =>
  Math.min(longestMs, waitMs * factor);

/** How long to wait before the next attempt, milliseconds. `failures`: how many failed in a row before the last one, from 0. */
export const backOffMs = (plan: BackOffPlan, failures: number): number =>
  Math.min(plan.longestMs, plan.firstMs * (plan.factor ?? 2) ** Math.min(failures, MOST_FAILURES));

/**
 * Takes up to `share` (0 to 1) off a wait by `random` (0 to 1), so that many who lost the same thing at once do not come back in one instant.
 */
export const spreadMs = (waitMs: number, share: number, random: number): number => waitMs * (1 - share * random);
