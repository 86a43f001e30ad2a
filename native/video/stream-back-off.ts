import { longerMs, type BackOffPlan } from '../../electron/domain/kernel/back-off.ts';
import type { StreamFault } from '../../electron/contract/kernel/video-wire.ts';

/** How long to wait before the next attempt; it grows with each and never ends. */
export interface BackOff {
  /** Milliseconds until the next attempt after this fault. */
  readonly next: (kind: StreamFault) => number;
  /** The stream was healthy for long enough: begin again with short waits. */
  readonly reset: () => void;
}

const WAITS: BackOffPlan = { firstMs: 500, longestMs: 30_000 };
/** Two refusals are one failed sign-in: cameras lock the account after three to seven of them within minutes. */
const CREDENTIALS_WAIT_MS = 60_000;
/** An absent camera costs a few packets a try, so waits grow slowly and it is back soon after the power is. */
const SLOW_GROWTH = 1.25;
const FAST_GROWTH = 2;
const absent: ReadonlySet<StreamFault> = new Set(['unreachable', 'silent', 'refused', 'closed', 'noFrames']);

/** @param random uniform in [0, 1); spreads the attempts of many cameras behind one switch by ±20 %. */
export const createBackOff = (random: () => number): BackOff => {
  let waitMs = WAITS.firstMs;
  return {
    next: (kind) => {
      const spread = 0.8 + random() * 0.4;
      if (kind === 'credentials') return CREDENTIALS_WAIT_MS * (1 + random() * 0.25);
      const nowMs = Math.min(WAITS.longestMs, Math.max(WAITS.firstMs, waitMs * spread));
      waitMs = longerMs(waitMs, { ...WAITS, factor: absent.has(kind) ? SLOW_GROWTH : FAST_GROWTH });
      return nowMs;
    },
    reset: () => {
      waitMs = WAITS.firstMs;
    },
  };
};
