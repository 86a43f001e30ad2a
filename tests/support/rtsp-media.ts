/** Writes bits, most significant first. */
const createBitWriter = () => {
  const bits: number[] = [];
  const put = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push(Math.floor(value / 2 ** bit) % 2);
  };
  return {
    put,
    ue: (value: number): void => {
      const length = Math.floor(Math.log2(value + 1));
      put(0, length);
      put(value + 1, length + 1);
    },
    bytes: (): Buffer => {
      const padded = [...bits, 1];
      while (padded.length % 8 !== 0) padded.push(0);
      const bytes = Buffer.alloc(padded.length / 8);
      for (const [index, bit] of padded.entries())
        bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (bit << (7 - (index & 7)));
      return bytes;
    },
  };
};

/** A baseline sequence parameter set for a size in multiples of 16. */
export const makeH264Sps = (width: number, height: number): Buffer => {
  const writer = createBitWriter();
  writer.put(0x42c01e, 24);
  for (const value of [0, 0, 2, 1]) writer.ue(value);
  writer.put(0, 1);
  writer.ue(width / 16 - 1);
  writer.ue(height / 16 - 1);
  writer.put(0b1100, 4);
  return Buffer.concat([Buffer.from([0x67]), writer.bytes()]);
};

export const h264Pps = Buffer.from('68cb83cb20', 'hex');

/** A slice of `bytes` bytes that names picture parameter set 0; the content counts up from `seed` and never looks like a start code. */
export const makeSlice = (isKey: boolean, bytes: number, seed: number, isFirst = true): Buffer => {
  const slice = Buffer.alloc(Math.max(3, bytes), 0x55);
  for (let index = 3; index < slice.length; index += 1) slice[index] = 1 + ((seed + index) % 250);
  slice[0] = isKey ? 0x65 : 0x41;
  slice[1] = isFirst ? 0x88 : 0x44;
  slice[2] = 0x80;
  return slice;
};

export interface RtpFields {
  readonly sequence: number;
  readonly timestamp: number;
  readonly marker?: boolean;
  readonly payloadType?: number;
  readonly ssrc?: number;
}

/** One RTP packet. */
export const makeRtp = (fields: RtpFields, payload: Uint8Array): Buffer => {
  const packet = Buffer.alloc(12 + payload.length);
  packet[0] = 0x80;
  packet[1] = (fields.marker === true ? 0x80 : 0) | (fields.payloadType ?? 96);
  packet.writeUInt16BE(fields.sequence & 0xffff, 2);
  packet.writeUInt32BE(fields.timestamp >>> 0, 4);
  packet.writeUInt32BE(fields.ssrc ?? 0x1234_5678, 8);
  packet.set(payload, 12);
  return packet;
};

/** A packet between the messages of an RTSP connection. */
export const interleave = (channel: number, packet: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0x24, channel, packet.length >> 8, packet.length & 255]), packet]);

/** The payloads of one H.264 unit: itself, or FU-A fragments of at most `limit` bytes. */
export const fragmentH264 = (nal: Buffer, limit: number): Buffer[] => {
  if (nal.length <= limit) return [nal];
  const first = nal[0] ?? 0;
  const parts: Buffer[] = [];
  for (let at = 1; at < nal.length; at += limit - 2) {
    const chunk = nal.subarray(at, at + limit - 2);
    const flags = (at === 1 ? 0x80 : 0) | (at + limit - 2 >= nal.length ? 0x40 : 0);
    parts.push(Buffer.concat([Buffer.from([(first & 0xe0) | 28, flags | (first & 0x1f)]), chunk]));
  }
  return parts;
};

/** The payloads of one H.265 unit: itself, or FU fragments. */
export const fragmentH265 = (nal: Buffer, limit: number): Buffer[] => {
  if (nal.length <= limit) return [nal];
  const type = ((nal[0] ?? 0) >> 1) & 0x3f;
  const parts: Buffer[] = [];
  for (let at = 2; at < nal.length; at += limit - 3) {
    const chunk = nal.subarray(at, at + limit - 3);
    const flags = (at === 2 ? 0x80 : 0) | (at + limit - 3 >= nal.length ? 0x40 : 0);
    parts.push(Buffer.concat([Buffer.from([((nal[0] ?? 0) & 0x81) | (49 << 1), nal[1] ?? 1, flags | type]), chunk]));
  }
  return parts;
};

/** Units as an Annex B byte stream. */
export const annexB = (...nals: readonly Uint8Array[]): Buffer =>
  Buffer.concat(nals.flatMap((nal) => [Buffer.from([0, 0, 0, 1]), nal]));

export interface PictureSource {
  /** RTP packets of the next picture; every `group`th is a key frame with its parameter sets. */
  readonly next: () => Buffer[];
  /** Leaves packet numbers out, as a network does. */
  readonly skip: (packets: number) => void;
  readonly resize: (width: number, height: number) => void;
}

export interface PictureSourceOptions {
  readonly width?: number;
  readonly height?: number;
  /** Pictures per group. */
  readonly group?: number;
  readonly payloadType?: number;
  readonly bytes?: number;
  readonly packetBytes?: number;
  readonly marker?: boolean;
}

/** A camera's H.264 at 25 pictures a second by its time stamps. */
export const createPictureSource = (options: PictureSourceOptions = {}): PictureSource => {
  const { group = 5, payloadType = 96, bytes = 3000, packetBytes = 1400, marker = true } = options;
  let sps = makeH264Sps(options.width ?? 640, options.height ?? 352);
  let sequence = 65_500;
  let timestamp = 0xffff_f000;
  let count = 0;
  return {
    next: () => {
      const isKey = count % group === 0;
      const nals = [...(isKey ? [sps, h264Pps] : []), makeSlice(isKey, isKey ? bytes * 2 : bytes, count)];
      const payloads = nals.flatMap((nal) => fragmentH264(nal, packetBytes));
      const packets = payloads.map((payload, index) => {
        const packet = makeRtp(
          { sequence, timestamp, payloadType, marker: marker && index === payloads.length - 1 },
          payload,
        );
        sequence = (sequence + 1) & 0xffff;
        return packet;
      });
      timestamp = (timestamp + 3600) >>> 0;
      count += 1;
      return packets;
    },
    skip: (packets) => {
      sequence = (sequence + packets) & 0xffff;
    },
    resize: (width, height) => {
      sps = makeH264Sps(width, height);
    },
  };
};
