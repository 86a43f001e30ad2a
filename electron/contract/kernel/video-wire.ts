/**
 * The video socket, from the media worker's own listener to a seat.
 *
 * Seat to worker: JSON text `VideoRequest`, the complete set of pictures wanted now (not a difference), so that a lost
 * message cannot leave a stream open. Worker to seat: one binary message per frame, a fixed header and the payload.
 * Pictures travel as an Annex B byte stream with the parameter sets in front of every key frame.
 */
import { z } from 'zod';

export const VIDEO_WIRE_VERSION = 1;

/** Bytes in front of every payload. */
export const VIDEO_HEADER_BYTES = 32;

export const videoKind = { config: 1, frame: 2, status: 3 } as const;
export type VideoKind = (typeof videoKind)[keyof typeof videoKind];

export const videoFlag = { key: 1, discontinuity: 2 } as const;

export const videoCodec = { h264: 1, h265: 2 } as const;
export type VideoCodecNumber = (typeof videoCodec)[keyof typeof videoCodec];

export const streamQuality = z.enum(['main', 'sub']);
export type StreamQuality = z.infer<typeof streamQuality>;

/** What a seat wants to see: at most 64 pictures; `channel` is the seat's own number for the tile (0 to 65535). */
export const videoRequest = z.strictObject({
  t: z.literal('watch'),
  tiles: z
    .array(
      z.strictObject({
        channel: z.int().min(0).max(65_535),
        cameraId: z.string().min(1).max(64),
        quality: streamQuality,
        keyFramesOnly: z.boolean().optional(),
      }),
    )
    .max(64),
});
export type VideoRequest = z.infer<typeof videoRequest>;

/** Payload of a `config` message: sent before the first frame and whenever the parameter sets change. */
export const videoConfig = z.object({
  /** RFC 6381 string for WebCodecs, for example `avc1.42e01e` or `hev1.1.6.L93.B0`. */
  codec: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
});
export type VideoConfig = z.infer<typeof videoConfig>;

export const streamState = z.enum(['connecting', 'live', 'stalled', 'offline']);
export type StreamState = z.infer<typeof streamState>;

/** Why a stream is not live, in words a screen can translate. */
export const streamFault = z.enum([
  'unreachable',
  'silent',
  'refused',
  'encryption',
  'oldEncryption',
  'sealed',
  'credentials',
  'plainPassword',
  'noSuchStream',
  'unsupported',
  'protocol',
  'noFrames',
  'closed',
  'busy',
]);
export type StreamFault = z.infer<typeof streamFault>;

/** Payload of a `status` message. `sinceMs` is UTC milliseconds. */
export const videoStatus = z.object({
  state: streamState,
  sinceMs: z.number(),
  fault: streamFault.optional(),
});
export type VideoStatus = z.infer<typeof videoStatus>;

/** The fixed header, little endian. Offsets in bytes: 0 version u8, 1 kind u8, 2 flags u8, 3 codec u8, 4 channel u16,
 * 6 reserved u16, 8 sequence u32, 12 reserved u32, 16 timestampUs f64, 24 arrivedAtMs f64. */
export interface VideoHeader {
  readonly kind: VideoKind;
  readonly flags: number;
  readonly codec: VideoCodecNumber;
  readonly channel: number;
  /** Counts the frames of this stream; a jump means that frames were left out. Wraps at 2^32. */
  readonly sequence: number;
  /** Media time in microseconds, from the RTP time stamp, unwrapped. */
  readonly timestampUs: number;
  /** When the last byte of the frame arrived, UTC milliseconds with fraction, by the station's clock. */
  readonly arrivedAtMs: number;
}

/** Writes the header at the start of `view` (at least 32 bytes). */
export const writeVideoHeader = (view: DataView, header: VideoHeader): void => {
  view.setUint8(0, VIDEO_WIRE_VERSION);
  view.setUint8(1, header.kind);
  view.setUint8(2, header.flags);
  view.setUint8(3, header.codec);
  view.setUint16(4, header.channel, true);
  view.setUint16(6, 0, true);
  view.setUint32(8, header.sequence, true);
  view.setUint32(12, 0, true);
  view.setFloat64(16, header.timestampUs, true);
  view.setFloat64(24, header.arrivedAtMs, true);
};

/** Reads the header, or `null` when the message is too short or of another version. */
export const readVideoHeader = (view: DataView): VideoHeader | null => {
  if (view.byteLength < VIDEO_HEADER_BYTES || view.getUint8(0) !== VIDEO_WIRE_VERSION) return null;
  const kind = view.getUint8(1);
  const codec = view.getUint8(3);
  if (kind !== 1 && kind !== 2 && kind !== 3) return null;
  if (codec !== 1 && codec !== 2) return null;
  return {
    kind,
    codec,
    flags: view.getUint8(2),
    channel: view.getUint16(4, true),
    sequence: view.getUint32(8, true),
    timestampUs: view.getFloat64(16, true),
    arrivedAtMs: view.getFloat64(24, true),
  };
};
