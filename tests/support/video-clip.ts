/** H.264 test clips, made by ffmpeg and cut into access units: what a camera's stream consists of on the video wire. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface AccessUnit {
  readonly key: boolean;
  readonly data: Uint8Array;
}

export interface Clip {
  /** RFC 6381, from the SPS. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly units: readonly AccessUnit[];
}

const START_BYTES = 4;

/** Offsets of the NAL units' first bytes in an Annex B stream. */
const nalStarts = (bytes: Buffer): number[] => {
  const starts: number[] = [];
  for (let at = bytes.indexOf('000001', 0, 'hex'); at >= 0; at = bytes.indexOf('000001', at + 3, 'hex'))
    starts.push(at + 3);
  return starts;
};

/** Cuts at the access unit delimiters (type 9), which x264 writes when asked. */
const cut = (bytes: Buffer): { units: AccessUnit[]; codec: string } => {
  const units: AccessUnit[] = [];
  let codec = '';
  let from = -1;
  let key = false;
  const finish = (to: number): void => {
    if (from >= 0) units.push({ key, data: bytes.subarray(from, to) });
  };
  for (const start of nalStarts(bytes)) {
    const type = (bytes[start] ?? 0) & 31;
    if (type === 9) {
      const begin = bytes[start - START_BYTES] === 0 ? start - START_BYTES : start - 3;
      finish(begin);
      from = begin;
      key = false;
    }
    if (type === 5) key = true;
    if (type === 7 && codec === '') codec = `avc1.${bytes.subarray(start + 1, start + 4).toString('hex')}`;
  }
  finish(bytes.length);
  return { units, codec };
};

/** A clip of ffmpeg's moving test picture: key frame every 2 s, no B-frames, `seconds` long (an even number). */
export const makeClip = async (
  ffmpeg: string,
  { width, height, fps, seconds }: { width: number; height: number; fps: number; seconds: number },
): Promise<Clip> => {
  const group = fps * 2;
  const source = `testsrc2=size=${width}x${height}:rate=${fps}:duration=${seconds}`;
  const x264 = `keyint=${group}:min-keyint=${group}:scenecut=0:bframes=0:aud=1:repeat-headers=1`;
  const coding = ['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main', '-b:v', '512k', '-x264-params', x264];
  const { stdout } = await run(
    ffmpeg,
    [
      '-hide_banner',
      '-loglevel',
      'error',
      '-f',
      'lavfi',
      '-i',
      source,
      '-pix_fmt',
      'yuv420p',
      ...coding,
      '-f',
      'h264',
      '-',
    ],
    { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
  );
  return { width, height, fps, ...cut(stdout) };
};
