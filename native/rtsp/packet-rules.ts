/** What tells a packet, a message and garbage apart in an interleaved connection (RFC 2326 section 10.12). Reads, and copies nothing. */

/**
 * Networks' packets are shorter, but some cameras send pictures of any length in one. A longer one is believed when it
 * ends where another packet, a message or an empty line begins, or where a packet of the same sender is near; otherwise its
 * length lies, and what it covers is searched.
 */
export const USUAL_BYTES = 1600;
/** So many bytes may stand between two packets without making the length of the first a lie. */
const MAX_STRAY_BYTES = 256;
/** Bytes of a packet up to the end of its sender's number (RFC 3550 section 5.1), with the four in front of it. */
const UP_TO_SENDER_BYTES = 16;
export const DOLLAR = 0x24;
export const CR = 0x0d;
export const LF = 0x0a;
const methods = ['OPTIONS ', 'GET_PARAMETER ', 'SET_PARAMETER ', 'ANNOUNCE ', 'REDIRECT ', 'TEARDOWN ', 'PLAY_NOTIFY '];
const textStarts = ['RTSP/1.', 'RTSP/2.', ...methods].map((text) => Buffer.from(text, 'latin1'));

/** Whether the bytes at `at` begin a text message: `maybe` when too few are there to tell. */
export const textStart = (buffer: Buffer, at: number, end: number): 'yes' | 'no' | 'maybe' => {
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

/** Whether a packet of more than the usual length is to be believed, as far as can be told: what is not there yet speaks for it. */
export const isLengthRight = (buffer: Buffer, at: number, end: number): boolean => {
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

/** What was agreed in SETUP, and what is held against it. */
export interface PacketRules {
  readonly expect: (channels: readonly number[], payloadType: number) => void;
  /** Whether the packet header at `at` (six bytes there) is one of ours; stricter where the way was lost. */
  readonly isPlausible: (buffer: Buffer, at: number, end: number, isLost: boolean) => boolean;
  /** Whether two packets of ours follow each other in what a long one would cover: then its length lies, and nothing waits for the rest. */
  readonly holdsPackets: (buffer: Buffer, from: number, end: number) => boolean;
}

export const createPacketRules = (): PacketRules => {
  const channelKnown = new Uint8Array(256);
  let payloadType = -1;

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
  const isPlausible = (buffer: Buffer, at: number, end: number, isLost: boolean): boolean => {
    const length = buffer.readUInt16BE(at + 2);
    if (length === 0) return channelKnown[buffer[at + 1] ?? 0] === 1;
    if (((buffer[at + 4] ?? 0) & 0xc0) !== 0x80) return false;
    const type = buffer[at + 5] ?? 0;
    const isRtcp = type >= 200 && type <= 207;
    const isKnown = channelKnown[buffer[at + 1] ?? 0] === 1;
    if (!isLost) return isKnown || isRtcp || (type & 0x7f) === payloadType;
    return (isRtcp || (type & 0x7f) === payloadType) && isLengthRight(buffer, at, end);
  };

  return {
    expect: (channels, type) => {
      channelKnown.fill(0);
      for (const channel of channels) channelKnown[channel & 255] = 1;
      payloadType = type;
    },
    isPlausible,
    holdsPackets,
  };
};
