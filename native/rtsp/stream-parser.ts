import { createMessageReader } from './message-reader.ts';
import { CR, createPacketRules, DOLLAR, isLengthRight, LF, textStart, USUAL_BYTES } from './packet-rules.ts';
import type { RtspMessage } from './rtsp-message.ts';

/** So many bytes of garbage in a row end the connection: it is not RTSP. */
export const MAX_GARBAGE_BYTES = 1_048_576;
/** Above this the joining buffer is given back when it is empty. */
const KEPT_CAPACITY = 262_144;

const emptyBody = Buffer.alloc(0);

export interface StreamParserHandlers {
  /** An interleaved packet: `buffer[start, end)` is valid only during the call. */
  readonly onPacket: (channel: number, buffer: Buffer, start: number, end: number) => void;
  readonly onMessage: (message: RtspMessage) => void;
  /** A bound was exceeded; the connection is of no more use. */
  readonly onOverflow: (what: 'head' | 'body' | 'garbage') => void;
}

export interface StreamParser {
  /** Takes the next `length` bytes of the connection. They are copied where they must be kept. */
  readonly push: (chunk: Buffer, length: number) => void;
  /** Channels and payload type agreed in SETUP; packets that match neither are taken for garbage. */
  readonly expect: (channels: readonly number[], payloadType: number) => void;
  /** True while a message waits for the rest of its body. */
  readonly isBodyPending: () => boolean;
  /** Delivers a message whose body fell short of its Content-Length. */
  readonly flushBody: () => void;
  readonly garbageBytes: () => number;
  readonly stop: () => void;
}

/**
 * Takes an interleaved connection apart (RFC 2326 section 10.12) into packets and messages, and finds its way again after
 * garbage. Whole packets are handed over where they lie; only what a read cut in two is copied.
 */
export const createStreamParser = (handlers: StreamParserHandlers): StreamParser => {
  let held: Buffer = emptyBody;
  let heldLength = 0;
  let isStopped = false;
  let isLost = false;
  let garbageInRow = 0;
  let garbageTotal = 0;
  const { expect, isPlausible, holdsPackets } = createPacketRules();

  const overflow = (what: 'head' | 'body' | 'garbage'): void => {
    isStopped = true;
    handlers.onOverflow(what);
  };
  const messages = createMessageReader(handlers.onMessage, overflow);

  /** Steps over bytes that belong to nothing, to the next place worth a look. */
  const skipGarbage = (buffer: Buffer, at: number, end: number): number => {
    let next = at + 1;
    let isEmptyLine = buffer[at] === CR || buffer[at] === LF;
    while (next < end && buffer[next] !== DOLLAR && textStart(buffer, next, end) === 'no') {
      isEmptyLine &&= buffer[next] === CR || buffer[next] === LF;
      next += 1;
    }
    // Line ends between packets are a habit of some cameras, and no reason to doubt what follows.
    isLost ||= !isEmptyLine;
    garbageInRow += next - at;
    garbageTotal += next - at;
    if (garbageInRow > MAX_GARBAGE_BYTES) overflow('garbage');
    return next;
  };

  const found = (): void => {
    isLost = false;
    garbageInRow = 0;
  };

  /** Takes one packet, message or stretch of garbage; returns the index behind it, or -1 when more is needed. */
  const step = (buffer: Buffer, at: number, end: number): number => {
    if (messages.isPending()) return messages.takeBody(buffer, at, end);
    if (buffer[at] === DOLLAR) {
      if (end - at < 4) return -1;
      const length = buffer.readUInt16BE(at + 2);
      if (length > 1 && end - at < 6) return -1;
      if (length === 1 || !isPlausible(buffer, at, end, isLost)) return skipGarbage(buffer, at, end);
      const stop = at + 4 + length;
      if (stop - at > USUAL_BYTES && holdsPackets(buffer, at + 4, Math.min(stop, end)))
        return skipGarbage(buffer, at, end);
      if (stop > end) return -1;
      if (!isLengthRight(buffer, at, end)) return skipGarbage(buffer, at, end);
      found();
      if (length > 0) handlers.onPacket(buffer[at + 1] ?? 0, buffer, at + 4, stop);
      return stop;
    }
    const start = textStart(buffer, at, end);
    if (start === 'maybe') return -1;
    if (start === 'no') return skipGarbage(buffer, at, end);
    const stop = messages.takeHead(buffer, at, end);
    if (stop < 0) return -1;
    found();
    if (stop === end) messages.deliverBare();
    return stop;
  };

  const parse = (buffer: Buffer, from: number, end: number): number => {
    let at = from;
    while (at < end) {
      const next = step(buffer, at, end);
      if (next < 0 || isStopped) return at;
      at = next;
    }
    return at;
  };

  const hold = (size: number): void => {
    if (held.length >= size) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(size, held.length * 2, 4096));
    held.copy(larger, 0, 0, heldLength);
    held = larger;
  };

  return {
    push: (chunk, length) => {
      if (isStopped) return;
      if (heldLength === 0) {
        const at = parse(chunk, 0, length);
        if (isStopped || at === length) return;
        hold(length - at);
        chunk.copy(held, 0, at, length);
        heldLength = length - at;
        return;
      }
      hold(heldLength + length);
      chunk.copy(held, heldLength, 0, length);
      const end = heldLength + length;
      const at = parse(held, 0, end);
      heldLength = isStopped ? 0 : end - at;
      if (at > 0 && heldLength > 0) held.copyWithin(0, at, end);
      if (heldLength === 0 && held.length > KEPT_CAPACITY) held = emptyBody;
    },
    expect,
    isBodyPending: messages.isPending,
    flushBody: () => {
      if (!messages.isPending()) return;
      const body = Buffer.from(held.subarray(0, heldLength));
      heldLength = 0;
      messages.deliver(body);
    },
    garbageBytes: () => garbageTotal,
    stop: () => {
      isStopped = true;
    },
  };
};
