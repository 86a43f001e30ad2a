import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createPictureSource } from '../../tests/support/rtsp-media.ts';
import { startCamera, type CameraBehaviour, type TestCamera } from '../../tests/support/rtsp-camera.ts';

const cameras: TestCamera[] = [];
afterEach(async () => {
  await Promise.all(cameras.splice(0).map((camera) => camera.close()));
});
const camera = async (behaviour: CameraBehaviour = {}): Promise<TestCamera> => {
  const started = await startCamera(behaviour);
  cameras.push(started);
  return started;
};

const probe = (
  ...args: string[]
): Promise<{ readonly status: number | null; readonly out: string; readonly complaint: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'probe-cli.ts'), ...args]);
    let out = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.on('close', (status) => resolve({ status, out, complaint }));
  });

test('one line of JSON for a camera that plays', async () => {
  const { url } = await camera();
  const { status, out, complaint } = await probe(url.replace('rtsp://', 'rtsp://guard:hunter2@'), '--seconds', '1');
  expect([status, complaint, out.split('\n').length]).toEqual([0, '', 2]);
  const report: unknown = JSON.parse(out);
  expect(report).toMatchObject({ codec: 'avc1.42c01e', width: 640, height: 352, lost: 0 });
  expect(Object.keys(Object(report))).toEqual([
    'codec',
    'width',
    'height',
    'frames',
    'keyFrames',
    'bytes',
    'lost',
    'malformed',
    'dropped',
    'discontinuities',
    'firstFrameMs',
  ]);
});

test('a sentence and status 1 for one that does not, without what was typed', async () => {
  const refusing = await camera({
    on: (_request, wire) => {
      wire.reply(401, ['WWW-Authenticate: Digest realm="cam", nonce="n"']);
      return true;
    },
  });
  const empty = await camera({ play: () => undefined });
  for (const [url, expected] of [
    [refusing.url, 'The camera refused the user name or the password.\n'],
    [empty.url, 'The camera answered, but no pictures came within 1 s.\n'],
  ] as const) {
    const result = await probe(url.replace('rtsp://', 'rtsp://guard:hunter2@'), '--seconds', '1');
    expect(result).toEqual({ status: 1, out: '', complaint: expected });
  }
});

const without = (types: readonly number[]): CameraBehaviour => ({
  play: (wire) =>
    wire.stream(createPictureSource(), 20, (packets) =>
      packets.filter((packet) => {
        const [type = 0, fragment = 0] = [(packet[12] ?? 0) & 31, (packet[13] ?? 0) & 31];
        return !types.includes(type === 28 ? fragment : type);
      }),
    ),
});

test.each([
  ['no key frame at all (types 5, 7 and 8)', [5, 7, 8], /^[^:]* no key frame to begin with\.\n$/],
  [
    'key frames without what they are decoded with (FFmpeg 181)',
    [8],
    /no key frame that can be shown: .*parameter sets/,
  ],
] as const)('%s are told apart', async (_name, types, expected) => {
  const { status, out, complaint } = await probe((await camera(without(types))).url, '--seconds', '1');
  expect([status, out, complaint]).toEqual([1, '', expect.stringMatching(expected)]);
});

test('what nobody could watch is a failure, though a picture was read', async () => {
  const keysOnly = await camera({
    play: (wire) =>
      wire.stream(createPictureSource({ packetBytes: 60_000 }), 10, (packets) =>
        // What follows a key frame comes as fragments without a beginning.
        packets.length > 1
          ? packets
          : packets.map((packet) =>
              Buffer.concat([packet.subarray(0, 12), Buffer.from([0x7c, 0x01]), packet.subarray(13)]),
            ),
      ),
  });
  const { status, out, complaint } = await probe(keysOnly.url, '--seconds', '1');
  expect([status, complaint]).toEqual([1, expect.stringMatching(/^Only key frames can be shown \(\d+\)/)]);
  const { frames, keyFrames, dropped, discontinuities } = Object(JSON.parse(out));
  expect([frames === keyFrames, dropped > frames, discontinuities > 0]).toEqual([true, true, true]);
});

test.each([
  [[]],
  [['http://guard:hunter2@camera/']],
  [['rtsp://camera/', '--seconds', '0']],
  [['rtsp://camera/', '--seconds', 'many']],
  [['rtsp://a/', 'rtsp://b/']],
  [['rtsp://guard:hunter2@a/', '--wrong']],
])('called wrongly: %j', async (args) => {
  const { status, out, complaint } = await probe(...args);
  expect([status, out]).toEqual([2, '']);
  expect(complaint).toMatch(/^Usage: npm run probe/);
  expect(complaint).not.toContain('hunter2');
});
