/** The text messages of an interleaved connection: a head, and a body of the length that it names, or of another one. */
import { DOLLAR, textStart } from './packet-rules.ts';
import { header, parseRtspHead, type RtspHead, type RtspMessage } from './rtsp-message.ts';

/** Longest head of a message (bytes). */
const MAX_HEAD_BYTES = 65_536;
/** Longest body of a message (bytes): a session description. */
const MAX_BODY_BYTES = 262_144;
const emptyBody = Buffer.alloc(0);

const isDescription = (head: RtspHead | null): boolean =>
  head !== null && (header(head, 'content-type') ?? '').toLowerCase().includes('sdp');

/** Where the head ends: the index behind the empty line, or -1. Some cameras end lines with a bare line feed. */
const headEnd = (buffer: Buffer, from: number, end: number): number => {
  for (let at = buffer.indexOf(0x0a, from); at >= 0 && at < end; at = buffer.indexOf(0x0a, at + 1)) {
    const next = at + 1 < end ? buffer[at + 1] : -1;
    if (next === 0x0a) return at + 2;
    if (next === 0x0d && at + 2 < end && buffer[at + 2] === 0x0a) return at + 3;
  }
  return -1;
};

/** All return the index behind what they took, or -1 when more is needed. */
export interface MessageReader {
  readonly takeHead: (buffer: Buffer, at: number, end: number) => number;
  /** The body of the pending message: to its length, and beyond it as far as no message or packet begins. */
  readonly takeBody: (buffer: Buffer, at: number, end: number) => number;
  /** A head was read, and its body is not complete. */
  readonly isPending: () => boolean;
  /** Delivers the pending message with what is there of its body. */
  readonly deliver: (body: Buffer) => void;
  /** Delivers the pending message if it has no body. */
  readonly deliverBare: () => void;
}

export const createMessageReader = (
  onMessage: (message: RtspMessage) => void,
  overflow: (what: 'head' | 'body') => void,
): MessageReader => {
  let head: RtspHead | null = null;
  let scannedHead = 0;
  let bodyLength = 0;

  const deliver = (body: Buffer): void => {
    const done = head;
    head = null;
    scannedHead = 0;
    if (done !== null) onMessage({ ...done, body });
  };

  const takeBody = (buffer: Buffer, at: number, end: number): number => {
    if (end - at < bodyLength) return -1;
    let stop = at + bodyLength;
    if (isDescription(head))
      while (stop < end && buffer[stop] !== DOLLAR && textStart(buffer, stop, end) === 'no') stop += 1;
    if (stop - at > MAX_BODY_BYTES) {
      overflow('body');
      return -1;
    }
    deliver(stop === at ? emptyBody : Buffer.from(buffer.subarray(at, stop)));
    return stop;
  };

  /** Reads the head at `at`; returns where the body begins, or -1 when more is needed. */
  const takeHead = (buffer: Buffer, at: number, end: number): number => {
    const stop = headEnd(buffer, at + Math.max(0, scannedHead - 3), end);
    if (stop < 0 || stop - at > MAX_HEAD_BYTES) {
      scannedHead = end - at;
      if (end - at > MAX_HEAD_BYTES) overflow('head');
      return -1;
    }
    scannedHead = 0;
    head = parseRtspHead(buffer.toString('latin1', at, stop));
    if (head === null) return stop;
    const declared = header(head, 'content-length');
    const length = Number(declared ?? 0);
    bodyLength = Number.isSafeInteger(length) && length >= 0 ? length : 0;
    if (declared === null && isDescription(head) && head.status === 200) bodyLength = MAX_BODY_BYTES;
    if (bodyLength > MAX_BODY_BYTES) {
      overflow('body');
      return -1;
    }
    return stop;
  };

  return {
    takeHead,
    takeBody,
    isPending: () => head !== null,
    deliver,
    deliverBare: () => {
      if (bodyLength === 0) deliver(emptyBody);
    },
  };
};
