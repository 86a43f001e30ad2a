import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { afterEach, describe, expect, test, type TestContext } from 'vitest';
import { findFfmpeg } from '../../../native/ffmpeg/find-ffmpeg.ts';
import { createRtspSession } from '../../../native/rtsp/session.ts';
import { probeStream } from '../../../native/rtsp/probe.ts';
import { createFineClock } from '../../../native/kit/system-clock.ts';
import { leaveOut } from '../../support/requires.ts';

const script = path.resolve(import.meta.dirname, '../../support/gst-rtsp-server.py');
const children: ChildProcess[] = [];
afterEach(() => {
  // The server ends when its input closes.
  for (const child of children.splice(0)) child.stdin?.end();
});

/** Starts gst-rtsp-server and returns its port, or leaves the test out where it is not installed. */
const serve = async (context: TestContext, codec: string, access: string): Promise<number> => {
  const child = spawn('/usr/bin/python3', [script, codec, access], { stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  const line = await new Promise<string>((resolve) => {
    child.on('error', () => resolve('no /usr/bin/python3'));
    child.on('exit', () => resolve('no gst-rtsp-server for python (gir1.2-gst-rtsp-server-1.0)'));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const port = /^port (\d+)$/.exec(line)?.[1];
  return port === undefined ? leaveOut(context, line) : Number(port);
};

const probe = (port: number, account: string, seconds = 3) =>
  probeStream(`rtsp://${account}127.0.0.1:${port}/estate`, seconds, createFineClock());

describe('our client plays gst-rtsp-server', () => {
  test.for([
    ['h264', 'none', ''],
    ['h264', 'basic', 'guard:p%40ss%3Aword@'],
    ['h264', 'digest', 'guard:p@ss:word@'],
    ['h265', 'none', ''],
    ['h265', 'digest', 'guard:p@ss:word@'],
  ] as const)('%s, access %s', async ([codec, access, account], context) => {
    const { report: value, fault } = await probe(await serve(context, codec, access), account);
    expect(fault).toBeNull();
    expect(value).toMatchObject({ width: 320, height: 184, lost: 0, malformed: 0, dropped: 0, discontinuities: 0 });
    expect(value?.codec).toMatch(codec === 'h264' ? /^avc1\.42c0/ : /^hev1\./);
    expect(value?.frames).toBeGreaterThan(25);
    expect(value?.frames).toBeLessThan(60);
    expect(value?.keyFrames).toBeGreaterThanOrEqual(2);
    expect(value?.firstFrameMs).toBeLessThan(3000);
  });

  test.for(['basic', 'digest'])('a wrong password is refused by access %s', async (access, context) => {
    const report = await probe(await serve(context, 'h264', access), 'guard:wrong@', 2);
    expect(report).toMatchObject({ report: null, fault: { kind: 'credentials' } });
    expect(JSON.stringify(report)).not.toContain('wrong');
  });

  test('what is not there is said not to be', async (context) => {
    const port = await serve(context, 'h264', 'none');
    const report = await probeStream(`rtsp://127.0.0.1:${port}/nothing`, 2, createFineClock());
    expect(report).toMatchObject({ report: null, fault: { kind: 'noSuchStream' } });
  });

  test.for(['h264', 'h265'] as const)('every picture taken in decodes, %s', async (codec, context) => {
    const ffmpeg = findFfmpeg();
    if (ffmpeg.kind === 'missing') return leaveOut(context, 'no ffmpeg (FFMPEG_BIN, ffmpeg-static or on the PATH)');
    const port = await serve(context, codec, 'none');
    const units: Uint8Array[] = [];
    await new Promise<void>((resolve, reject) => {
      const session = createRtspSession({
        url: `rtsp://127.0.0.1:${port}/estate`,
        username: null,
        password: null,
        clock: createFineClock(),
        onFormat: () => undefined,
        onAccessUnit: (unit) => {
          units.push(unit.data);
          if (units.length < 40) return;
          session.close();
          resolve();
        },
        onEnd: (reason) => reject(new Error(reason.detail)),
      });
    });
    const format = codec === 'h264' ? 'h264' : 'hevc';
    const child = spawn(ffmpeg.path, [
      '-v',
      'error',
      '-xerror',
      '-f',
      format,
      '-i',
      'pipe:0',
      '-f',
      'framehash',
      'pipe:1',
    ]);
    children.push(child);
    let hashes = '';
    let complaints = '';
    child.stdout.on('data', (chunk: Buffer) => (hashes += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.stdin.end(Buffer.concat(units.slice(0, 40)));
    await new Promise((resolve) => child.on('close', resolve));
    expect(complaints).toBe('');
    expect(hashes.split('\n').filter((line) => line.startsWith('0,'))).toHaveLength(40);
    return undefined;
  });
});
