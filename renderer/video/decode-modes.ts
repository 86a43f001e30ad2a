/** In which way a channel's stream is decoded, and what follows when a decoder fails. */
import type { StreamQuality } from '../../electron/contract/kernel/video-wire.ts';
import { modesFor, recover, type DecodeMode, type Recovery } from './decode.rules.ts';

export interface DecodeModes {
  /** Another stream: all modes are worth trying again. */
  readonly reset: (height: number) => void;
  readonly current: () => DecodeMode;
  /** A picture came. */
  readonly worked: () => void;
  /** The decoder failed with this name (the `DOMException`'s, or `silent`). */
  readonly failed: (name: string) => Recovery;
  /** Whether the wait that the last failure asked for is over. */
  readonly mayTry: () => boolean;
}

export interface DecodeModesDeps {
  readonly nowMs: () => number;
  /** Whether hardware decoding is worth trying, and the news that it was not. */
  readonly hardwareTrusted: () => boolean;
  readonly hardwareFailed: () => void;
}

export const createDecodeModes = (deps: DecodeModesDeps, quality: StreamQuality): DecodeModes => {
  let modes: readonly DecodeMode[] = ['prefer-software'];
  let mode = 0;
  let failures = 0;
  let retryAtMs = 0;
  let worked = false;
  return {
    reset: (height) => {
      modes = modesFor(quality, height, deps.hardwareTrusted());
      mode = 0;
      worked = false;
      failures = 0;
    },
    current: () => modes[mode] ?? 'no-preference',
    worked: () => {
      failures = 0;
      worked = true;
    },
    failed: (name) => {
      failures += 1;
      const next = recover({ name, mode, modes: modes.length, failures, worked });
      if (next.mode !== mode) {
        if (modes[mode] === 'prefer-hardware') deps.hardwareFailed();
        mode = next.mode;
        worked = false;
      }
      retryAtMs = deps.nowMs() + next.waitMs;
      return next;
    },
    mayTry: () => deps.nowMs() >= retryAtMs,
  };
};
