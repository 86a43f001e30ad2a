import { siaHeader } from './sia-frame.ts';

/** The longest frame taken, in bytes between LF and CR. DC-09 allows 4095 in its three length digits. */
const maxFrameBytes = 4096;

/** What the framer cut out of a byte stream. */
export type FramedItem =
  /** Bytes between LF and CR, both left out; also of a frame that the next one cut off, so that whoever it names is not forgotten. */
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  /** What came does not begin as a frame: HTTP, TLS, noise. Nothing is read after it: the connection has to be closed. */
  | { readonly kind: 'foreign'; readonly looksLike: 'http' | 'tls' | 'other' }
  /** More than 4096 bytes without an end. Nothing is read after it: the connection has to be closed. */
  | { readonly kind: 'overflow' };

/** Cuts one TCP byte stream into frames; holds at most one unfinished frame. */
export interface SiaFramer {
  /** The items completed by this chunk. How the stream was cut into chunks never changes what comes out. Never throws. */
  readonly push: (chunk: Uint8Array) => readonly FramedItem[];
  /** Whether bytes of an unfinished frame are held back; what may stand between frames does not count. */
  readonly unfinished: () => boolean;
}

const LF = 0x0a;
const CR = 0x0d;
/** What panels put between frames (NUL or LF after CR, seen from Lupus and others). */
const between = new Set([0x00, LF, CR, 0x20]);
/** Bytes of a header with its quote. */
const HEADER = 9;

const looksLike = (bytes: Uint8Array): 'http' | 'tls' | 'other' => {
  const text = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (/^[A-Z]{3,7} ?/.test(text)) return 'http';
  return bytes[0] === 0x16 ? 'tls' : 'other';
};

/** Whether the quote of a frame stands where a damaged header could still have put it: such a frame is read as far as it goes. */
const couldBeHeader = (bytes: Uint8Array): boolean => {
  const quote = bytes.subarray(0, 12).indexOf(0x22);
  return quote >= 0 && !bytes.subarray(0, quote).some((byte) => byte === LF || byte === CR);
};

/** Where the first frame begins in the held bytes. */
type Begin =
  | { readonly is: 'frame'; readonly from: number }
  /** Not decidable before more bytes come; the first `drop` are of no use. */
  | { readonly is: 'open'; readonly drop: number }
  | { readonly is: 'foreign'; readonly from: number };

const beginOf = (held: Uint8Array): Begin => {
  for (let at = 0; at < held.length; at += 1) {
    const rest = held.subarray(at + 1);
    if (held[at] === LF) {
      // Two bytes of a checksum may look like what stands between frames, so the header is looked for first.
      if (siaHeader(rest) !== undefined) return { is: 'frame', from: at + 1 };
      if (
        rest.length < HEADER &&
        (rest.length < 3 || rest.subarray(2).every((byte) => !between.has(byte) || byte === 0x20))
      )
        return { is: 'open', drop: at };
      const next = rest[0];
      if (next !== undefined && !between.has(next)) {
        if (couldBeHeader(rest)) return { is: 'frame', from: at + 1 };
        return rest.length < 12 && !rest.includes(CR) ? { is: 'open', drop: at } : { is: 'foreign', from: at + 1 };
      }
    } else if (!between.has(held[at] ?? 0)) {
      return { is: 'foreign', from: at };
    }
  }
  return { is: 'open', drop: held.length };
};

/**
 * A framer for one connection. SIA DC-09 section 5.5.1: LF starts a message, CR ends it; several may follow on one socket. Anything else
 * that begins ends the stream: a web page can make a browser post a frame, but never without a line of HTTP before it.
 */
export const createSiaFramer = (limit: number = maxFrameBytes): SiaFramer => {
  let held: Uint8Array = new Uint8Array(0);
  let dead = false;

  const end = (item: FramedItem): FramedItem => {
    dead = true;
    held = new Uint8Array(0);
    return item;
  };

  /** The next item, or null when more bytes are needed. */
  const next = (): FramedItem | null => {
    const begin = beginOf(held);
    if (begin.is === 'foreign') return end({ kind: 'foreign', looksLike: looksLike(held.subarray(begin.from)) });
    if (begin.is === 'open') {
      held = held.subarray(begin.drop);
      return null;
    }
    const frame = held.subarray(begin.from);
    const header = siaHeader(frame)?.body ?? 0;
    const length = frame.indexOf(CR, header);
    if (length === -1 ? frame.length > limit : length > limit) return end({ kind: 'overflow' });
    if (length === -1) return null;
    // Another header inside: the frame before it was cut off.
    for (let at = frame.indexOf(LF, header); at !== -1 && at < length; at = frame.indexOf(LF, at + 1)) {
      if (siaHeader(frame.subarray(at + 1)) === undefined) continue;
      held = frame.subarray(at);
      return { kind: 'frame', bytes: Uint8Array.from(frame.subarray(0, at)) };
    }
    held = frame.subarray(length + 1);
    return { kind: 'frame', bytes: Uint8Array.from(frame.subarray(0, length)) };
  };

  return {
    push: (chunk) => {
      const items: FramedItem[] = [];
      if (dead) return items;
      held = Buffer.concat([held, chunk]);
      for (let item = next(); item !== null; item = next()) {
        items.push(item);
        if (dead) break;
      }
      return items;
    },
    unfinished: () => held.some((byte) => !between.has(byte)),
  };
};
