/** ffmpeg and ffprobe as the judges of what the simulators send. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestContext } from 'vitest';
import { leaveOut } from '../../support/requires.ts';

const run = promisify(execFile);

export const ffmpeg = process.env['FFMPEG_BIN'] ?? 'ffmpeg';
const ffprobe = 'ffprobe';

const isThere = (program: string): boolean => spawnSync(program, ['-version'], { stdio: 'ignore' }).status === 0;

/** Leaves the test out where ffmpeg or ffprobe is not installed. */
export const needFfmpeg = (context: TestContext): void => {
  for (const program of [ffmpeg, ffprobe])
    if (!isThere(program)) leaveOut(context, `${program} is not installed on this machine`);
};

/** What ffprobe says of the first video stream. */
export const probe = async (url: string): Promise<Readonly<Record<string, string>>> => {
  const { stdout } = await run(
    ffprobe,
    [
      '-v',
      'error',
      '-rtsp_transport',
      'tcp',
      '-select_streams',
      'v:0',
      '-show_entries',
      'stream=codec_name,profile,width,height,r_frame_rate,has_b_frames',
      '-of',
      'default=nw=1',
      url,
    ],
    { timeout: 30_000 },
  );
  return Object.fromEntries(
    stdout
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split('=', 2)),
  );
};

/** Decodes pictures of an input to gray; gives them and everything ffmpeg complained of. */
export const decodeGray = async (
  input: readonly string[],
  width: number,
  height: number,
): Promise<{ pictures: Uint8Array[]; complaints: string }> => {
  const { stdout, stderr } = await run(
    ffmpeg,
    [
      '-v',
      'warning',
      ...input,
      '-fps_mode',
      'passthrough',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'gray',
      '-s',
      `${width}x${height}`,
      'pipe:1',
    ],
    { encoding: 'buffer', maxBuffer: 1 << 30, timeout: 60_000 },
  );
  const size = width * height;
  return {
    pictures: Array.from({ length: Math.floor(stdout.length / size) }, (_, k) =>
      stdout.subarray(k * size, (k + 1) * size),
    ),
    complaints: stderr.toString('utf8'),
  };
};
