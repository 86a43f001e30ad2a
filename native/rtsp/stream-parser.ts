import { header, parseRtspHead, type RtspHead, type RtspMessage } from './rtsp-message.ts';

/** Longest head of a message (bytes). */
const MAX_HEAD_BYTES = 65_536;
/** Longest body of a message (bytes): a session description. */
const MAX_BODY_BYTES = 262_144;
/** So many bytes of garbage in a row end the connection: it is not RTSP. */
export const MAX_GARBAGE_BYTES = 1_048_576;
/**
 * Networks' packets are shorter, but some cameras send pictures of any length in one. A longer one is believed when it
 * ends where another packet, a message or an empty line begins, or where a packet of the same sender is near; otherwise its
 * length lies, and what it covers is searched.
 */
const USUAL_BYTES = 1600;
/** So many bytes may stand between two packets without making the length of the first a lie. */
const MAX_STRAY_BYTES = 256;
/** Bytes of a packet up to the end of its sender's number (RFC 3550 section 5.1), with the four in front of it. */
const UP_TO_SENDER_BYTES = 16;
/** Above this the joining buffer is given back when it is empty. */
const KEPT_CAPACITY = 262_144;

const DOLLAR = 0x24;
const CR = 0x0d;
const LF = 0x0a;
const emptyBody = Buffer.alloc(0);
const methods = ['OPTIONS ', 'GET_PARAMETER ', 'SET_PARAMETER ', 'ANNOUNCE ', 'REDIRECT ', 'TEARDOWN ', 'PLAY_NOTIFY '];
const textStarts = ['RTSP/1.', 'RTSP/2.', ...methods].map((text) => Buffer.from(text, 'latin1'));

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

/** Whether the bytes at `at` begin a text message: `maybe` when too few are there to tell. */
const textStart = (buffer: Buffer, at: number, end: number): 'yes' | 'no' | 'maybe' => {
  const first = buffer[at] ?? 0;
  if (first < 0x41 || first > 0x54) return 'no';
  let isPossible = false;
  for (const text of textStarts) {
    const length = Math.min(text.length, end - at);
    if (buffer.compare(text, 0, length, at, at + length) !== 0) continue;
    if (length === text.length) return 'yes';
    isPossible = true;
  }
  return isPossible ? 'maybe' : 'no';
};

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
  let scannedHead = 0;
  let head: RtspHead | null = null;
  let bodyLength = 0;
  let payloadType = -1;
  const channelKnown = new Uint8Array(256);

  const overflow = (what: 'head' | 'body' | 'garbage'): void => {
    isStopped = true;
    handlers.onOverflow(what);
  };

  /** Whether a packet of more than the usual length is to be believed, as far as can be told: what is not there yet speaks for it. */
  const isLengthRight = (buffer: Buffer, at: number, end: number): boolean => {
    const next = at + 4 + buffer.readUInt16BE(at + 2);
    if (next - at <= USUAL_BYTES || next >= end) return true;
    const byte = buffer[next] ?? 0;
    if (byte === DOLLAR || byte === CR || byte === LF || textStart(buffer, next, end) !== 'no') return true;
    const sender = buffer.readUInt32BE(at + UP_TO_SENDER_BYTES - 4);
    for (let look = buffer.indexOf(DOLLAR, next); look >= 0; look = buffer.indexOf(DOLLAR, look + 1)) {
      if (look + UP_TO_SENDER_BYTES > Math.min(end, next + MAX_STRAY_BYTES)) return look + UP_TO_SENDER_BYTES > end;
      if (buffer.readUInt32BE(look + UP_TO_SENDER_BYTES - 4) === sender) return true;
    }
    return end - next < MAX_STRAY_BYTES;
  };

  /** Whether a picture's packet of ours begins at `at`, by all that its first six bytes tell. */
  const isOurs = (buffer: Buffer, at: number): boolean =>
    buffer[at] === DOLLAR &&
    channelKnown[buffer[at + 1] ?? 0] === 1 &&
    buffer.readUInt16BE(at + 2) >= UP_TO_SENDER_BYTES - 4 &&
    ((buffer[at + 4] ?? 0) & 0xc0) === 0x80 &&
    ((buffer[at + 5] ?? 0) & 0x7f) === payloadType;

  /** Whether two packets of ours follow each other in what a long one would cover: then its length lies, and nothing waits for the rest. */
  const holdsPackets = (buffer: Buffer, from: number, end: number): boolean => {
    for (let at = buffer.indexOf(DOLLAR, from); at >= 0 && at + 6 <= end; at = buffer.indexOf(DOLLAR, at + 1)) {
      if (!isOurs(buffer, at)) continue;
      const next = at + 4 + buffer.readUInt16BE(at + 2);
      if (next + 6 <= end && isOurs(buffer, next)) return true;
    }
    return false;
  };

  /** Whether the packet header at `at` (six bytes there) is one of ours: on a channel of ours, or by its payload type. */
  const isPlausible = (buffer: Buffer, at: number, end: number): boolean => {
    const length = buffer.readUInt16BE(at + 2);
    if (length === 0) return channelKnown[buffer[at + 1] ?? 0] === 1;
    if (((buffer[at + 4] ?? 0) & 0xc0) !== 0x80) return false;
    const type = buffer[at + 5] ?? 0;
    const isRtcp = type >= 200 && type <= 207;
    const isKnown = channelKnown[buffer[at + 1] ?? 0] === 1;
    if (!isLost) return isKnown || isRtcp || (type & 0x7f) === payloadType;
    return (isRtcp || (type & 0x7f) === payloadType) && isLengthRight(buffer, at, end);
  };

  const deliver = (body: Buffer): void => {
    const done = head;
    head = null;
    scannedHead = 0;
    if (done !== null) handlers.onMessage({ ...done, body });
  };

  /** The body of the pending message: to its length, and beyond it as far as no message or packet begins. */
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
    if (head !== null) return takeBody(buffer, at, end);
    if (buffer[at] === DOLLAR) {
      if (end - at < 4) return -1;
      const length = buffer.readUInt16BE(at + 2);
      if (length > 1 && end - at < 6) return -1;
      if (length === 1 || !isPlausible(buffer, at, end)) return skipGarbage(buffer, at, end);
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
    const stop = takeHead(buffer, at, end);
    if (stop < 0) return -1;
    found();
    if (bodyLength === 0 && stop === end) deliver(emptyBody);
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
    expect: (channels, type) => {
      channelKnown.fill(0);
      for (const channel of channels) channelKnown[channel & 255] = 1;
      payloadType = type;
    },
    isBodyPending: () => head !== null,
    flushBody: () => {
      if (head === null) return;
      const body = Buffer.from(held.subarray(0, heldLength));
      heldLength = 0;
      deliver(body);
    },
    garbageBytes: () => garbageTotal,
    stop: () => {
      isStopped = true;
    },
  };
};
