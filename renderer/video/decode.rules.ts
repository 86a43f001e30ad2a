/** What a channel's decoder is asked to do, and what follows when it fails. Pure. */
import { backOffMs } from '../../electron/domain/kernel/back-off.ts';
import type { StreamQuality } from '../../electron/contract/kernel/video-wire.ts';

/** In software, in hardware, or as the browser likes: the last is how H.265 without hardware is refused in so many words. */
export type DecodeMode = 'prefer-software' | 'prefer-hardware' | 'no-preference';

/** Below this many lines software is right (VIDEO.md: Chromium prefers it there, and hardware decoders are few). */
const HARDWARE_LINES = 720;

/** The modes to try in turn. Large pictures begin in hardware where it has not failed yet, tiles in software. */
export const modesFor = (quality: StreamQuality, lines: number, hardwareTrusted: boolean): readonly DecodeMode[] =>
  hardwareTrusted && quality === 'main' && lines >= HARDWARE_LINES
    ? ['prefer-hardware', 'prefer-software', 'no-preference']
    : ['prefer-software', 'no-preference'];

/** Frames in and none out for this long is a silent failure of the decoder. */
const SILENT_MS = 2000;

/** Frames it takes in that time before silence means anything; decoders may hold some back for reordering. */
const SILENT_FRAMES = 6;

export interface Progress {
  readonly nowMs: number;
  /** Frames fed since the last picture came out. */
  readonly fedSinceOutput: number;
  /** When the first of them was fed; monotonic milliseconds, `null` when there is none. */
  readonly firstFedMs: number | null;
  readonly keyFramesOnly: boolean;
}

/** Whether the decoder swallows frames without a word: some hardware decoders do. */
export const isSilent = (progress: Progress): boolean =>
  progress.firstFedMs !== null &&
  progress.nowMs - progress.firstFedMs > SILENT_MS &&
  progress.fedSinceOutput >= (progress.keyFramesOnly ? 2 : SILENT_FRAMES);

/** After a failure: the mode to go on with, and whether the kept group is fed again or the next key frame awaited. */
export interface Recovery {
  readonly mode: number;
  readonly refeed: boolean;
  readonly waitMs: number;
  /** No mode is left: this codec cannot be decoded here. */
  readonly givenUp: boolean;
}

export interface Failure {
  /** The decoder's error name, `silent` for the watchdog's finding. */
  readonly name: string;
  /** Index into the channel's modes, and how many there are. */
  readonly mode: number;
  readonly modes: number;
  /** In a row since a picture came out, this one included: 1 and more. */
  readonly failures: number;
  /** Whether a picture has come out in this mode. */
  readonly worked: boolean;
}

/** How Chromium 156 says that a mode is not there: the first for a codec, the second for hardware it does not have (measured). */
const NOT_HERE = new Set(['NotSupportedError', 'OperationError']);

/** A new decoder for a stream that kills decoders: half a second after the second in a row, then longer. */
const WAITS = { firstMs: 125, longestMs: 5000 };

/** Errors of the decoder and not of the stream: the same frames may well be decoded by a new one. */
const TAKEN_AWAY = new Set(['QuotaExceededError', 'OperationError', 'silent']);

/**
 * A decoder that was taken away gets its group again; after two in a row it may be the group itself that kills it. A damaged
 * frame waits for the next key frame. Waits grow from 0 to 5 s.
 */
export const recover = ({ name, mode, modes, failures, worked }: Failure): Recovery => {
  const next = mode + 1;
  if (!worked && NOT_HERE.has(name)) {
    return { mode: Math.min(next, modes - 1), refeed: true, waitMs: 0, givenUp: next >= modes };
  }
  const doubtful = name === 'silent' || failures >= 3;
  return {
    mode: doubtful && next < modes ? next : mode,
    refeed: failures <= 2 && TAKEN_AWAY.has(name),
    waitMs: failures <= 1 ? 0 : backOffMs(WAITS, failures),
    givenUp: false,
  };
};
