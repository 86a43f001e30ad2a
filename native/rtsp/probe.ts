import { MIN_PATIENCE_MS } from './device-habits.ts';
import { fault, type RtspFault } from './fault.ts';
import type { PictureFormat } from './picture-format.ts';
import type { ReceiverStats } from './rtp-receiver.ts';
import { createRtspSession } from './session.ts';
import type { Clock } from '../../electron/domain/kernel/clock.ts';

/** What the probe saw of one stream. */
export interface ProbeReport {
  /** RFC 6381 string, for example `avc1.42e01e`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly keyFrames: number;
  /** Bytes of RTP received for the picture track. */
  readonly bytes: number;
  /** RTP packets that the sequence numbers say are missing. */
  readonly lost: number;
  /** RTP packets that could not be understood. */
  readonly malformed: number;
  /** Pictures behind the first that could not be shown. */
  readonly dropped: number;
  /** Pictures in front of which others are missing. */
  readonly discontinuities: number;
  /** From the start of the connection to the first whole key frame, in milliseconds. */
  readonly firstFrameMs: number;
}

/** A report where a format was read, and why the stream is of no use where it is not. */
export interface ProbeOutcome {
  readonly report: ProbeReport | null;
  readonly fault: RtspFault | null;
}

/** One packet in so many that cannot be understood is noise, and no damage. */
const NOISE_SHARE = 10;

const noPicture = ({ packets, malformed, droppedKeys, sealed }: ReceiverStats, seconds: number): RtspFault => {
  if (packets === 0) return fault('noFrames', `The camera answered, but no pictures came within ${seconds} s.`);
  if (sealed > 0)
    return fault(
      'sealed',
      'The camera sends pictures that are encrypted (SRTP) and cannot be opened with the key it gave.',
    );
  const keyless =
    droppedKeys === 0
      ? 'no key frame to begin with'
      : 'no key frame that can be shown: parts of it, or what it is decoded with (parameter sets), are missing';
  const what = malformed * NOISE_SHARE > packets ? 'nothing that is a picture' : keyless;
  return fault('noFrames', `The camera answered and sent packets, but within ${seconds} s ${what}.`);
};

/** Why pictures that came are none that people could watch, or `null`. */
const objection = (report: ProbeReport, packets: number): RtspFault | null => {
  const { frames, keyFrames, malformed, dropped } = report;
  if (frames === keyFrames && malformed + dropped > 0)
    return fault(
      'noFrames',
      `Only key frames can be shown (${frames}); of what comes between them nothing can be read.`,
    );
  if (malformed * NOISE_SHARE > packets)
    return fault('protocol', `The camera sends noise: ${malformed} of ${packets} packets could not be understood.`);
  if (dropped > frames)
    return fault('noFrames', `More pictures were lost (${dropped}) than could be shown (${frames}).`);
  return null;
};

/** Plays the stream for `seconds` seconds and judges what came; a connection that ends earlier is a fault. */
export const probeStream = (url: string, seconds: number, clock: Clock): Promise<ProbeOutcome> =>
  new Promise((resolve) => {
    const startedMs = clock.monotonicMs();
    let format: PictureFormat | null = null;
    let frames = 0;
    let keyFrames = 0;
    let discontinuities = 0;
    let firstFrameMs = 0;
    const cancel = clock.after(seconds * 1000, () => {
      const stats = session.stats();
      const unanswered = session.isPlaying() ? null : session.silence();
      session.close();
      if (format === null || frames === 0) {
        resolve({ report: null, fault: unanswered ?? noPicture(stats, seconds) });
        return;
      }
      const { bytes, lost, malformed, dropped, packets } = stats;
      const report: ProbeReport = {
        codec: format.codecString,
        width: format.width,
        height: format.height,
        frames,
        keyFrames,
        bytes,
        lost,
        malformed,
        dropped,
        discontinuities,
        firstFrameMs: Math.round(firstFrameMs),
      };
      resolve({ report, fault: objection(report, packets) });
    });
    const session = createRtspSession({
      url,
      username: null,
      password: null,
      clock,
      // Whoever probes for longer waits for answers longer: some cameras take seconds to describe themselves.
      answerMs: Math.max(MIN_PATIENCE_MS, seconds * 1000),
      onFormat: (next) => {
        format = next;
      },
      onAccessUnit: (unit) => {
        if (frames === 0) firstFrameMs = clock.monotonicMs() - startedMs;
        frames += 1;
        if (unit.key) keyFrames += 1;
        if (unit.discontinuity) discontinuities += 1;
      },
      onEnd: (reason) => {
        cancel();
        resolve({ report: null, fault: reason });
      },
    });
  });
