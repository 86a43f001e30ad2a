import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import { fault, type RtspFault } from './fault.ts';
import type { PictureFormat } from './picture-format.ts';
import { createRtspSession } from './session.ts';
import type { Timers } from './timers.ts';

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
  /** From the start of the connection to the first whole key frame, in milliseconds. */
  readonly firstFrameMs: number;
}

/** Plays the stream for `seconds` seconds and reports; a connection that ends earlier is an error. */
export const probeStream = (url: string, seconds: number, timers: Timers): Promise<Result<ProbeReport, RtspFault>> =>
  new Promise((resolve) => {
    const startedMs = timers.monotonicMs();
    let format: PictureFormat | null = null;
    let frames = 0;
    let keyFrames = 0;
    let firstFrameMs = 0;
    const cancel = timers.schedule(seconds * 1000, () => {
      const { bytes, lost, packets } = session.stats();
      session.close();
      if (format === null || frames === 0) {
        const what = packets === 0 ? 'no pictures came' : 'pictures came, but no key frame to begin with';
        resolve(err(fault('noFrames', `The camera answered, but ${what} within ${seconds} s.`)));
        return;
      }
      const { codecString: codec, width, height } = format;
      resolve(ok({ codec, width, height, frames, keyFrames, bytes, lost, firstFrameMs: Math.round(firstFrameMs) }));
    });
    const session = createRtspSession({
      url,
      username: null,
      password: null,
      timers,
      onFormat: (next) => {
        format = next;
      },
      onAccessUnit: (unit) => {
        if (frames === 0) firstFrameMs = timers.monotonicMs() - startedMs;
        frames += 1;
        if (unit.key) keyFrames += 1;
      },
      onEnd: (reason) => {
        cancel();
        resolve(err(reason));
      },
    });
  });
