import { createAccessUnitBuilder, type AccessUnitHandlers, type MarkerLearning } from './access-unit-builder.ts';
import { createH265Depacketizer, h264Depacketizer } from './depacketizer.ts';
import { h264Rules, h265Rules } from './nal-rules.ts';
import { createTimestamps } from './timestamps.ts';
import type { VideoTrack } from './sdp.ts';
import { createSrtpOpener, type SrtpOpener } from './srtp.ts';

/** Packets that come this much late are repetitions; further back the camera has started counting anew. */
const LATE_PACKETS = 128;

/** A jump ahead of more than this is a camera that counts anew, not a loss (RFC 3550 appendix A.1, MAX_DROPOUT). */
const MAX_DROPOUT = 3000;

const RTP_HEADER_BYTES = 12;

/** What was received on one track. */
export interface ReceiverStats {
  /** RTP packets of the picture track, and their bytes. */
  readonly packets: number;
  readonly bytes: number;
  /** Packets that the sequence numbers say are missing. */
  readonly lost: number;
  /** Packets that came twice or too late. */
  readonly repeated: number;
  /** Packets that could not be understood. */
  readonly malformed: number;
  /** Pictures that could not be delivered. */
  readonly dropped: number;
  /** Those of them that were key frames. */
  readonly droppedKeys: number;
  /** Packets whose protection could not be opened. */
  readonly sealed: number;
}

export interface RtpReceiver {
  /** One RTP packet in `buffer[start, end)`; nothing is kept of the buffer. */
  readonly packet: (buffer: Buffer, start: number, end: number) => void;
  readonly stats: () => ReceiverStats;
}

/**
 * Receives the RTP packets (RFC 3550) of one picture track: notices what is missing by the sequence numbers and leaves
 * out pictures up to the next key frame. Over TCP nothing arrives out of order, so nothing is put in order here.
 */
export const createRtpReceiver = (
  track: VideoTrack,
  handlers: AccessUnitHandlers,
  utcMs: () => number,
  learning: MarkerLearning | null = null,
): RtpReceiver => {
  const builder = createAccessUnitBuilder(track.codec === 'h264' ? h264Rules : h265Rules, handlers, utcMs, learning);
  const depacketize = track.codec === 'h264' ? h264Depacketizer : createH265Depacketizer(track.hasDecodingOrder);
  const unwrap = createTimestamps(track.clockRate);
  const payloadType = track.payloadType;
  for (const set of track.parameterSets) builder.seed(set);
  let expected = -1;
  let source = 0;
  let packets = 0;
  let bytes = 0;
  let lost = 0;
  let repeated = 0;
  let malformed = 0;
  let sealed = 0;
  let hasOpened = false;
  const opener = track.protection === null ? null : createSrtpOpener(track.protection);

  /** False when the packet came before. */
  const isNext = (sequence: number, sender: number): boolean => {
    if (expected >= 0 && sender === source) {
      const ahead = (sequence - expected) & 0xffff;
      if (ahead > 0 && ahead < 0x8000) {
        if (ahead <= MAX_DROPOUT) lost += ahead;
        builder.damage();
      } else if (ahead >= 0x1_0000 - LATE_PACKETS) {
        repeated += 1;
        return false;
      } else if (ahead !== 0) {
        builder.damage();
      }
    } else if (expected >= 0) {
      builder.damage();
    }
    source = sender;
    expected = (sequence + 1) & 0xffff;
    return true;
  };

  const take = (buffer: Buffer, start: number, end: number): void => {
    const first = buffer[start] ?? 0;
    const second = buffer[start + 1] ?? 0;
    let from = start + RTP_HEADER_BYTES + (first & 0x0f) * 4;
    let to = end;
    if ((first & 0x10) !== 0) from += from + 4 <= end ? 4 + buffer.readUInt16BE(from + 2) * 4 : 4;
    if ((first & 0x20) !== 0) to -= buffer[end - 1] ?? 0;
    if ((first & 0xc0) !== 0x80 || from > to) {
      malformed += 1;
      return;
    }
    if (!isNext(buffer.readUInt16BE(start + 2), buffer.readUInt32BE(start + 8))) return;
    builder.at(unwrap(buffer.readUInt32BE(start + 4)));
    if (!depacketize(builder, buffer, from, to)) {
      malformed += 1;
      builder.damage();
    }
    if ((second & 0x80) !== 0) builder.marker();
  };

  /** Opens a protected packet. Some cameras offer protection and do not use it: those that never sealed one are read as they are. */
  const openSealed = (opener: SrtpOpener, buffer: Buffer, start: number, end: number): void => {
    const plain = opener.open(buffer, start, end);
    if (plain !== null) {
      hasOpened = true;
      take(plain, 0, plain.length);
    } else if (hasOpened || track.isSecureProfile) sealed += 1;
    else take(buffer, start, end);
  };

  return {
    packet: (buffer, start, end) => {
      if (end - start < RTP_HEADER_BYTES || ((buffer[start + 1] ?? 0) & 0x7f) !== payloadType) return;
      packets += 1;
      bytes += end - start;
      if (opener === null) take(buffer, start, end);
      else openSealed(opener, buffer, start, end);
    },
    stats: () => ({
      packets,
      bytes,
      lost,
      repeated,
      malformed,
      dropped: builder.dropped(),
      droppedKeys: builder.droppedKeys(),
      sealed,
    }),
  };
};
