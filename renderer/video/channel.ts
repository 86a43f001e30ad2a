/**
 * One channel: the frames of one stream into one decoder, and its newest picture. It feeds the decoder a few frames at a time
 * from the kept group, so the queue inside the decoder stays short and everything that waits can still be dropped.
 */
import type { StreamQuality, VideoConfig } from '../../electron/contract/kernel/video-wire.ts';
import { isSilent, modesFor, recover } from './decode.rules.ts';
import type { DecodeMode } from './decode.rules.ts';
import { createKeptGroup } from './kept-group.ts';
import { createPace } from './pace.ts';

/** What is needed of a `VideoFrame`. */
export interface Picture {
  readonly timestamp: number;
  close(): void;
}

export interface DecoderEvents<P extends Picture> {
  readonly picture: (picture: P) => void;
  /** There is room in the queue again. */
  readonly room: () => void;
  /** The decoder is closed; `name` is the `DOMException`'s. */
  readonly failed: (name: string) => void;
}

/** What is needed of a `VideoDecoder`; may throw where that throws. */
export interface DecoderPort {
  configure(config: VideoConfig, mode: DecodeMode): void;
  decode(frame: { key: boolean; stampUs: number; data: Uint8Array }): void;
  queueSize(): number;
  close(): void;
}

export interface ChannelDeps<P extends Picture> {
  readonly createDecoder: (events: DecoderEvents<P>) => DecoderPort;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  /** A time stamp for a frame, microseconds, never the same twice in this seat: a painted frame is known by it. */
  readonly stampUs: () => number;
  readonly decoded: () => void;
  /** `unsupported` when no mode of this machine decodes the codec. */
  readonly gaveUp: () => void;
  /** Whether hardware decoding is worth trying, and the news that it was not. */
  readonly hardwareTrusted: () => boolean;
  readonly hardwareFailed: () => void;
}

export interface ArrivedFrame {
  readonly key: boolean;
  readonly discontinuity: boolean;
  readonly sequence: number;
  readonly data: Uint8Array;
  readonly arrivedAtMs: number;
}

/** The newest decoded picture. Whoever takes it closes it. */
export interface Newest<P extends Picture> {
  readonly picture: P;
  readonly arrivedAtMs: number;
}

/** Frames inside the decoder at a time: enough to keep it busy, few enough that dropping helps at once. */
const QUEUE_FRAMES = 6;

/** A frame that waited longer than this to be decoded is not worth decoding; twice that for a picture that may not suffer. */
const STALE_MS = 1500;

/** A new channel begins with a whole kept group at once; being behind is no sign of overload for so long. */
const SETTLING_MS = 2500;

/** Frames whose arrival is remembered while the decoder has them; more than any decoder reorders. */
const REMEMBERED = 64;

export interface Channel<P extends Picture> {
  configure(config: VideoConfig): void;
  arrived(frame: ArrivedFrame): void;
  setKeyFramesOnly(on: boolean): void;
  setPrecious(on: boolean): void;
  /** The connection was new: frames before it are no reference for those after it. */
  awaitKey(): void;
  /** The watchdog's look, about twice a second. */
  look(): void;
  newest(): Newest<P> | null;
  takeNewest(): Newest<P> | null;
  /** Everything received is decoded. */
  caughtUp(): boolean;
  /** Whether it was late or dropped frames since it was last asked. */
  takeLate(lateMs: number): boolean;
  /** Frames a second over the last seconds, 0 before it is known. */
  fps(): number;
  /** Milliseconds between the last two key frames, 0 before it is known. */
  keyGapMs(): number;
  close(): void;
}

export const createChannel = <P extends Picture>(deps: ChannelDeps<P>, quality: StreamQuality): Channel<P> => {
  const group = createKeptGroup();
  const inDecoder = new Map<number, { arrivedAtMs: number; receivedMs: number }>();
  let decoder: DecoderPort | null = null;
  let config: VideoConfig | null = null;
  let modes: readonly DecodeMode[] = ['prefer-software'];
  let mode = 0;
  let failures = 0;
  let retryAtMs = 0;
  let worked = false;
  let unsupported = false;
  let waitingForKey = true;
  let expected: number | null = null;
  let keyFramesOnly = false;
  let precious = false;
  let newest: Newest<P> | null = null;
  let fedSinceOutput = 0;
  let firstFedMs: number | null = null;
  let wasLate = false;
  let worstDelayMs = 0;
  const pace = createPace();
  const settledMs = deps.nowMs() + SETTLING_MS;

  const dropDecoder = (): void => {
    decoder?.close();
    decoder = null;
    inDecoder.clear();
    fedSinceOutput = 0;
    firstFedMs = null;
  };

  const restart = (name: string): void => {
    failures += 1;
    dropDecoder();
    const next = recover({ name, mode, modes: modes.length, failures, worked });
    if (next.mode !== mode) {
      if (modes[mode] === 'prefer-hardware') deps.hardwareFailed();
      mode = next.mode;
      worked = false;
    }
    retryAtMs = deps.nowMs() + next.waitMs;
    if (next.givenUp) {
      unsupported = true;
      group.clear();
      waitingForKey = true;
      deps.gaveUp();
      return;
    }
    if (!next.refeed || !group.rewind()) {
      group.clear();
      waitingForKey = true;
    }
    pump();
  };

  const output = (picture: P): void => {
    const known = inDecoder.get(picture.timestamp);
    inDecoder.delete(picture.timestamp);
    fedSinceOutput = 0;
    firstFedMs = null;
    failures = 0;
    worked = true;
    newest?.picture.close();
    newest = { picture, arrivedAtMs: known?.arrivedAtMs ?? 0 };
    if (known !== undefined) worstDelayMs = Math.max(worstDelayMs, deps.nowMs() - known.receivedMs);
    deps.decoded();
    pump();
  };

  const ensureDecoder = (wanted: VideoConfig): DecoderPort | null => {
    if (decoder !== null) return decoder;
    if (deps.nowMs() < retryAtMs) return null;
    const mine = deps.createDecoder({
      picture: (picture) => (decoder === mine ? output(picture) : picture.close()),
      room: () => pump(),
      failed: (name) => {
        if (decoder === mine) restart(name);
      },
    });
    decoder = mine;
    mine.configure(wanted, modes[mode] ?? 'no-preference');
    return mine;
  };

  const pump = (): void => {
    if (config === null || unsupported) return;
    const stale = group.peek();
    if (stale !== null && !stale.key && deps.nowMs() - stale.receivedMs > STALE_MS * (precious ? 2 : 1)) {
      group.dropRest();
      waitingForKey = true;
      wasLate = true;
    }
    try {
      while (group.peek() !== null) {
        const into = ensureDecoder(config);
        if (into === null || into.queueSize() >= QUEUE_FRAMES) return;
        const frame = group.next();
        if (frame === null) return;
        const stampUs = deps.stampUs();
        inDecoder.set(stampUs, frame);
        for (const old of inDecoder.keys()) {
          if (inDecoder.size <= REMEMBERED) break;
          inDecoder.delete(old);
        }
        fedSinceOutput += 1;
        firstFedMs ??= deps.nowMs();
        into.decode({ key: frame.key, stampUs, data: frame.data });
      }
    } catch (error) {
      restart(error instanceof Error ? error.name : 'unknown');
    }
  };

  return {
    configure: (next) => {
      if (config?.codec === next.codec && config.width === next.width && config.height === next.height) return;
      config = next;
      modes = modesFor(quality, next.height, deps.hardwareTrusted());
      mode = 0;
      worked = false;
      failures = 0;
      unsupported = false;
      dropDecoder();
      group.clear();
      waitingForKey = true;
    },
    arrived: (frame) => {
      const nowMs = deps.nowMs();
      pace.frame(frame.key, frame.arrivedAtMs);
      const gap = frame.discontinuity || (expected !== null && frame.sequence !== expected);
      expected = (frame.sequence + 1) % 2 ** 32;
      if (frame.key) waitingForKey = false;
      else if (gap || keyFramesOnly) waitingForKey = true;
      if (waitingForKey || unsupported) return;
      const { key, data, arrivedAtMs } = frame;
      if (group.add({ key, data, arrivedAtMs, receivedMs: nowMs }) > QUEUE_FRAMES) wasLate = true;
      pump();
    },
    setKeyFramesOnly: (on) => {
      if (on && !keyFramesOnly) {
        group.dropRest();
        waitingForKey = true;
      }
      keyFramesOnly = on;
    },
    setPrecious: (on) => {
      precious = on;
    },
    awaitKey: () => {
      waitingForKey = true;
      expected = null;
    },
    look: () => {
      const nowMs = deps.nowMs();
      if (isSilent({ nowMs, fedSinceOutput, firstFedMs, keyFramesOnly })) restart('silent');
      else pump();
    },
    newest: () => newest,
    takeNewest: () => {
      const taken = newest;
      newest = null;
      return taken;
    },
    caughtUp: () => group.peek() === null && inDecoder.size === 0,
    takeLate: (lateMs) => {
      const nowMs = deps.nowMs();
      const waiting = group.peek();
      const isBehind = waiting !== null && nowMs - waiting.receivedMs > lateMs;
      const isSlow = firstFedMs !== null && nowMs - firstFedMs > lateMs && fedSinceOutput >= QUEUE_FRAMES;
      const late = wasLate || worstDelayMs > lateMs || isBehind || isSlow;
      wasLate = false;
      worstDelayMs = 0;
      return late && nowMs > settledMs;
    },
    fps: pace.fps,
    keyGapMs: pace.keyGapMs,
    close: () => {
      dropDecoder();
      newest?.picture.close();
      newest = null;
      group.clear();
    },
  };
};
