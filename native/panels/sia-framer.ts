/** The longest frame taken, in bytes between LF and CR. DC-09 allows 4095 in its three length digits. */
const maxFrameBytes = 4096;

/** What the framer cut out of a byte stream. */
export type FramedItem =
  /** Bytes between LF and CR, both left out. */
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  /** Bytes that belonged to no frame; `count` of them (1 to 4096). */
  | { readonly kind: 'garbage'; readonly count: number }
  /** More than 4096 bytes without an end. Nothing is read after it: the connection has to be closed. */
  | { readonly kind: 'overflow' };

/** Cuts one TCP byte stream into frames; holds at most one unfinished frame. */
export interface SiaFramer {
  /** The items completed by this chunk. How the stream was cut into chunks never changes what comes out. Never throws. */
  readonly push: (chunk: Uint8Array) => readonly FramedItem[];
  /** Whether bytes of an unfinished frame are held back. */
  readonly unfinished: () => boolean;
}

const LF = 0x0a;
const CR = 0x0d;

/** A framer for one connection. SIA DC-09 section 5.5.1: LF starts a message, CR ends it; several may follow on one socket. */
export const createSiaFramer = (limit: number = maxFrameBytes): SiaFramer => {
  const held = new Uint8Array(limit);
  let length = 0;
  let inFrame = false;
  let dead = false;

  const take = (byte: number): FramedItem | null => {
    if (byte === LF) {
      // A LF inside a frame means that the one before was cut off: start again with this one.
      const lost = length;
      length = 0;
      inFrame = true;
      return lost === 0 ? null : { kind: 'garbage', count: lost };
    }
    if (byte === CR && inFrame) {
      const bytes = held.slice(0, length);
      length = 0;
      inFrame = false;
      return { kind: 'frame', bytes };
    }
    if (length === limit) {
      dead = true;
      length = 0;
      return { kind: 'overflow' };
    }
    held[length] = byte;
    length += 1;
    return null;
  };

  return {
    push: (chunk) => {
      const items: FramedItem[] = [];
      for (const byte of chunk) {
        if (dead) break;
        const item = take(byte);
        if (item !== null) items.push(item);
      }
      return items;
    },
    unfinished: () => length > 0 || inFrame,
  };
};
