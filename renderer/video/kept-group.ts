/**
 * The last group of pictures of one channel, compressed: what waits to be decoded, and what is fed again when a decoder was
 * taken away. A new key frame replaces the whole group, so a decoder that is behind jumps to the next key frame and never
 * leaves a single frame out of a group.
 */

export interface KeptFrame {
  readonly key: boolean;
  readonly data: Uint8Array;
  /** By the station's clock, UTC milliseconds. */
  readonly arrivedAtMs: number;
  /** When this seat received it, monotonic milliseconds. */
  readonly receivedMs: number;
}

/** More than any sane group (10 s of 1080p at 8 Mb/s); beyond it the fed part is let go and cannot be fed again. */
const MOST_BYTES = 12 * 1024 * 1024;

export interface KeptGroup {
  /** Adds a frame. Answers how many undecoded frames a key frame pushed out. */
  add(frame: KeptFrame): number;
  /** The next frame to decode, `null` when there is none. */
  next(): KeptFrame | null;
  /** The next frame without taking it. */
  peek(): KeptFrame | null;
  /** Starts again at the key frame; false when it is no longer kept. */
  rewind(): boolean;
  /** Drops what was not decoded yet; answers how many. */
  dropRest(): number;
  clear(): void;
  /** Frames in the group so far. */
  size(): number;
}

export const createKeptGroup = (mostBytes = MOST_BYTES): KeptGroup => {
  let frames: KeptFrame[] = [];
  let fed = 0;
  let bytes = 0;
  const clear = (): void => {
    frames = [];
    fed = 0;
    bytes = 0;
  };
  const dropRest = (): number => {
    const rest = frames.length - fed;
    frames.length = fed;
    return rest;
  };
  return {
    add: (frame) => {
      const pushedOut = frame.key ? frames.length - fed : 0;
      if (frame.key) clear();
      frames.push(frame);
      bytes += frame.data.byteLength;
      if (bytes > mostBytes) {
        frames = frames.slice(fed);
        fed = 0;
        bytes = frames.reduce((sum, kept) => sum + kept.data.byteLength, 0);
      }
      return pushedOut;
    },
    next: () => {
      const frame = frames[fed] ?? null;
      if (frame !== null) fed += 1;
      return frame;
    },
    peek: () => frames[fed] ?? null,
    rewind: () => {
      if (frames[0]?.key !== true) {
        clear();
        return false;
      }
      fed = 0;
      return true;
    },
    dropRest,
    clear,
    size: () => frames.length,
  };
};
