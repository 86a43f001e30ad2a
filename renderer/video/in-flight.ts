/** The frames inside a decoder, and how late its pictures come: what tells a seat that cannot keep up. */
import { isSilent } from './decode.rules.ts';

/** A frame as it was given to the decoder. */
interface Fed {
  readonly arrivedAtMs: number;
  readonly receivedMs: number;
}

/** Frames whose arrival is remembered while the decoder has them; more than any decoder reorders. */
const REMEMBERED = 64;

/** A new channel begins with a whole kept group at once; being behind is no sign of overload for so long. */
const SETTLING_MS = 2500;

export interface InFlight {
  readonly fed: (stampUs: number, frame: Fed) => void;
  /** Its picture came; `undefined` for one that nobody remembers. */
  readonly came: (stampUs: number) => Fed | undefined;
  readonly isEmpty: () => boolean;
  /** The decoder is gone. */
  readonly clear: () => void;
  /** Frames were dropped because they waited too long. */
  readonly dropped: () => void;
  /** Fed, and no picture for too long. */
  readonly isSilent: (keyFramesOnly: boolean) => boolean;
  /** Whether it was late or frames were dropped since it was last asked. `waitingMs`: since when the next frame waits to be decoded. */
  readonly takeLate: (lateMs: number, waitingMs: number | null) => boolean;
}

/** @param queueFrames frames inside the decoder at a time. */
export const createInFlight = (nowMs: () => number, queueFrames: number): InFlight => {
  const inside = new Map<number, Fed>();
  const settledMs = nowMs() + SETTLING_MS;
  let fedSinceOutput = 0;
  let firstFedMs: number | null = null;
  let wasLate = false;
  let worstDelayMs = 0;
  return {
    fed: (stampUs, frame) => {
      inside.set(stampUs, frame);
      for (const old of inside.keys()) {
        if (inside.size <= REMEMBERED) break;
        inside.delete(old);
      }
      fedSinceOutput += 1;
      firstFedMs ??= nowMs();
    },
    came: (stampUs) => {
      const known = inside.get(stampUs);
      inside.delete(stampUs);
      fedSinceOutput = 0;
      firstFedMs = null;
      if (known !== undefined) worstDelayMs = Math.max(worstDelayMs, nowMs() - known.receivedMs);
      return known;
    },
    isEmpty: () => inside.size === 0,
    clear: () => {
      inside.clear();
      fedSinceOutput = 0;
      firstFedMs = null;
    },
    dropped: () => {
      wasLate = true;
    },
    isSilent: (keyFramesOnly) => isSilent({ nowMs: nowMs(), fedSinceOutput, firstFedMs, keyFramesOnly }),
    takeLate: (lateMs, waitingMs) => {
      const now = nowMs();
      const isBehind = waitingMs !== null && now - waitingMs > lateMs;
      const isSlow = firstFedMs !== null && now - firstFedMs > lateMs && fedSinceOutput >= queueFrames;
      const late = wasLate || worstDelayMs > lateMs || isBehind || isSlow;
      wasLate = false;
      worstDelayMs = 0;
      return late && now > settledMs;
    },
  };
};
