/**
 * One channel: the frames of one stream into one decoder, and its newest picture. It feeds the decoder a few frames at a time
 * from the kept group, so the queue inside the decoder stays short and everything that waits can still be dropped.
 */
import type { StreamQuality, VideoConfig } from '../../electron/contract/kernel/video-wire.ts';
import { createDecodeModes } from './decode-modes.ts';
import type { DecodeMode } from './decode.rules.ts';
import { createInFlight } from './in-flight.ts';
import { createKeyGate } from './key-gate.ts';
import { createKeptGroup } from './kept-group.ts';
import { createPace } from './pace.ts';

/** What is needed of a `VideoFrame`. */
export interface Picture {
  readonly timestamp: number;
  close(): void;
}

/** What is needed of a `VideoFrame` to paint it and to tell its size. */
export interface PaintedPicture extends Picture {
  readonly displayWidth: number;
  readonly displayHeight: number;
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

/** Holds one picture; who puts another one in its place closes it. */
const createHolder = <P extends Picture>() => {
  let held: Newest<P> | null = null;
  const take = (): Newest<P> | null => {
    const taken = held;
    held = null;
    return taken;
  };
  const drop = (): void => take()?.picture.close();
  return {
    put: (next: Newest<P>): void => {
      drop();
      held = next;
    },
    look: (): Newest<P> | null => held,
    take,
    drop,
  };
};

export const createChannel = <P extends Picture>(deps: ChannelDeps<P>, quality: StreamQuality): Channel<P> => {
  const group = createKeptGroup();
  const inFlight = createInFlight(deps.nowMs, QUEUE_FRAMES);
  const modes = createDecodeModes(deps, quality);
  const gate = createKeyGate();
  let decoder: DecoderPort | null = null;
  let config: VideoConfig | null = null;
  let unsupported = false;
  let precious = false;
  const newest = createHolder<P>();
  const pace = createPace();

  const dropDecoder = (): void => {
    decoder?.close();
    decoder = null;
    inFlight.clear();
  };

  const restart = (name: string): void => {
    dropDecoder();
    const next = modes.failed(name);
    if (next.givenUp) {
      unsupported = true;
      group.clear();
      gate.close();
      deps.gaveUp();
      return;
    }
    if (!next.refeed || !group.rewind()) {
      group.clear();
      gate.close();
    }
    pump();
  };

  const output = (picture: P): void => {
    const known = inFlight.came(picture.timestamp);
    modes.worked();
    newest.put({ picture, arrivedAtMs: known?.arrivedAtMs ?? 0 });
    deps.decoded();
    pump();
  };

  const ensureDecoder = (wanted: VideoConfig): DecoderPort | null => {
    if (decoder !== null) return decoder;
    if (!modes.mayTry()) return null;
    const mine = deps.createDecoder({
      picture: (picture) => (decoder === mine ? output(picture) : picture.close()),
      room: () => pump(),
      failed: (name) => {
        if (decoder === mine) restart(name);
      },
    });
    decoder = mine;
    mine.configure(wanted, modes.current());
    return mine;
  };

  const pump = (): void => {
    if (config === null || unsupported) return;
    const stale = group.peek();
    if (stale !== null && !stale.key && deps.nowMs() - stale.receivedMs > STALE_MS * (precious ? 2 : 1)) {
      group.dropRest();
      gate.close();
      inFlight.dropped();
    }
    try {
      while (group.peek() !== null) {
        const into = ensureDecoder(config);
        if (into === null || into.queueSize() >= QUEUE_FRAMES) return;
        const frame = group.next();
        if (frame === null) return;
        const stampUs = deps.stampUs();
        inFlight.fed(stampUs, frame);
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
      modes.reset(next.height);
      unsupported = false;
      dropDecoder();
      group.clear();
      gate.close();
    },
    arrived: (frame) => {
      const nowMs = deps.nowMs();
      pace.frame(frame.key, frame.arrivedAtMs);
      if (!gate.lets(frame) || unsupported) return;
      const { key, data, arrivedAtMs } = frame;
      if (group.add({ key, data, arrivedAtMs, receivedMs: nowMs }) > QUEUE_FRAMES) inFlight.dropped();
      pump();
    },
    setKeyFramesOnly: (on) => {
      if (gate.setKeyFramesOnly(on)) group.dropRest();
    },
    setPrecious: (on) => {
      precious = on;
    },
    awaitKey: gate.renew,
    look: () => {
      if (inFlight.isSilent(gate.keyFramesOnly())) restart('silent');
      else pump();
    },
    newest: newest.look,
    takeNewest: newest.take,
    caughtUp: () => group.peek() === null && inFlight.isEmpty(),
    takeLate: (lateMs) => inFlight.takeLate(lateMs, group.peek()?.receivedMs ?? null),
    fps: pace.fps,
    keyGapMs: pace.keyGapMs,
    close: () => {
      dropDecoder();
      newest.drop();
      group.clear();
    },
  };
};
