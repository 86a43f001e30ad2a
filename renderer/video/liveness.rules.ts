/**
 * Is this tile alive? Decided by painted frames alone: a socket, a decoder or a server may claim health while the picture
 * stands still. Pure, so that every sentence of it is tested without a browser.
 */
import type { StreamFault, StreamState, VideoStatus } from '../../electron/contract/kernel/video-wire.ts';

/** Without a painted frame for this long a tile is standing still (DESIGN.md section 4). */
export const STALL_AFTER_MS = 2000;

/** How long a server may keep silent about a picture just asked for before the tile stops saying "connecting". */
export const SILENT_SERVER_MS = 5000;

/** The most that one poll may count as time without a frame: after a blocked page or a sleeping machine the tile was not
 * watched, and "not seen to move" is not "seen to stand still". */
export const POLL_CREDIT_MS = 500;

/** Why a tile shows no moving picture: the stream's own fault, the seat's lost link, or no free picture in the pool. */
export type TileFault = StreamFault | 'link' | 'pool';

export interface Liveness {
  readonly state: StreamState;
  /** Since when, UTC milliseconds: for `stalled` the time of the last painted frame. */
  readonly sinceMs: number;
  readonly fault: TileFault | null;
  /** Milliseconds without a painted frame, counted only while the tile was watched. */
  readonly idleMs: number;
  /** The last painted frame, UTC milliseconds; `null` before the first one of this picture. */
  readonly lastFrameMs: number | null;
}

export interface LivenessSample {
  /** UTC milliseconds by the engine's clock. */
  readonly nowMs: number;
  /** Monotonic milliseconds since the sample before. */
  readonly elapsedMs: number;
  /** Frames painted since the sample before. */
  readonly painted: number;
  /** False while the page is hidden or the tile is out of sight: nothing is decoded then and nothing is judged. */
  readonly watched: boolean;
  readonly linkUp: boolean;
  /** The last word of the server about this picture, `null` before the first. */
  readonly server: VideoStatus | null;
  /** Longest time between two frames that is expected, milliseconds: above the usual one when only key frames are decoded. */
  readonly expectedGapMs: number;
}

/** A tile nobody has looked at yet. */
export const newLiveness = (nowMs: number): Liveness => ({
  state: 'connecting',
  sinceMs: nowMs,
  fault: null,
  idleMs: 0,
  lastFrameMs: null,
});

const become = (before: Liveness, state: StreamState, sinceMs: number, fault: TileFault | null): Liveness => ({
  ...before,
  state,
  sinceMs: before.state === state && state !== 'stalled' && state !== 'offline' ? before.sinceMs : sinceMs,
  fault,
});

/** After how long without a frame a picture is called still: 2 s, or half again the expected gap where that is longer. */
export const stallAfterMs = (expectedGapMs: number): number =>
  Math.max(STALL_AFTER_MS, expectedGapMs * 1.5 + POLL_CREDIT_MS);

/** The next judgement. Order matters: a painted frame beats every message, and silence beats every claim of health. */
export const judge = (before: Liveness, sample: LivenessSample): Liveness => {
  const { nowMs, server } = sample;
  if (!sample.watched) {
    return { ...become(before, 'connecting', nowMs, null), idleMs: 0 };
  }
  if (sample.painted > 0) {
    return { ...become(before, 'live', nowMs, null), idleMs: 0, lastFrameMs: nowMs };
  }
  const idleMs = before.idleMs + Math.min(sample.elapsedMs, POLL_CREDIT_MS);
  const still = { ...before, idleMs };
  const fault: TileFault | null = sample.linkUp ? (server?.fault ?? null) : 'link';
  const isOffline = sample.linkUp && server?.state === 'offline';
  // With a picture on screen its own movement decides; where there never was one, the server's word is all there is.
  if (isOffline && before.lastFrameMs === null) return become(still, 'offline', server.sinceMs, fault);
  if (idleMs < stallAfterMs(sample.expectedGapMs)) return { ...still, fault: before.state === 'live' ? null : fault };

  const standingSinceMs = before.lastFrameMs ?? nowMs - idleMs;
  const keptSinceMs = before.state === 'stalled' ? before.sinceMs : standingSinceMs;
  if (!sample.linkUp) {
    return before.lastFrameMs === null
      ? become(still, 'connecting', nowMs, fault)
      : become(still, 'stalled', keptSinceMs, fault);
  }
  if (isOffline) return become(still, 'offline', server.sinceMs, fault);
  if (before.lastFrameMs === null) {
    if (server === null && idleMs < SILENT_SERVER_MS) return become(still, 'connecting', nowMs, fault);
    if (server?.state === 'connecting') return become(still, 'connecting', nowMs, fault);
    if (server?.state === 'stalled') return become(still, 'stalled', server.sinceMs, fault);
  }
  return become(still, 'stalled', keptSinceMs, fault);
};
