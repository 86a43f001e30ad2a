import { describe, expect, test, vi } from 'vitest';
import { gateClips, placeClips } from '../../../resources/demo/pictures/clips.ts';
import { readCounter } from '../../../resources/demo/pictures/counter.ts';
import { cameraAt, startCommunity, withPassword } from './community.ts';
import { decodeGray, needFfmpeg, probe } from './media-tools.ts';
import { basic, playStream, rtspCaller } from './rtsp-caller.ts';

const live = ['-rtsp_transport', 'tcp'];

describe('the streams, judged by ffprobe and ffmpeg', () => {
  test('ffprobe reads codec, size and rate of main and sub', async (context) => {
    needFfmpeg(context);
    const camera = cameraAt(await startCommunity(), 1);
    const [main, sub] = await Promise.all(
      [camera.rtspMain, camera.rtspSub].map((url) => probe(withPassword(camera, url))),
    );
    expect(main).toMatchObject({
      codec_name: 'h264',
      width: '1280',
      height: '720',
      r_frame_rate: '15/1',
      has_b_frames: '0',
    });
    expect(sub).toMatchObject({
      codec_name: 'h264',
      width: '640',
      height: '360',
      r_frame_rate: '15/1',
      has_b_frames: '0',
    });
  });

  test.for([
    { scheme: 'Digest', basicOnly: false },
    { scheme: 'Basic', basicOnly: true },
  ])(
    'ffmpeg plays main and sub with $scheme without a complaint, and the counters go up by one',
    async ({ basicOnly }, context) => {
      needFfmpeg(context);
      const camera = cameraAt(await startCommunity({ basicOnly }), 1);
      const [main, sub] = await Promise.all([
        decodeGray([...live, '-i', withPassword(camera, camera.rtspMain), '-frames:v', '45'], 1280, 720),
        decodeGray([...live, '-i', withPassword(camera, camera.rtspSub), '-frames:v', '45'], 640, 360),
      ]);
      for (const [played, width, height] of [
        [main, 1280, 720],
        [sub, 640, 360],
      ] as const) {
        expect(played.complaints).toBe('');
        const counters = played.pictures.map((picture) => readCounter(picture, width, height));
        expect(counters).toHaveLength(45);
        const first = counters[0]?.frame ?? -1;
        expect(counters).toEqual(
          Array.from({ length: 45 }, (_, k) => ({ clip: placeClips[0]?.id, frame: (first + k) % 300 })),
        );
      }
    },
  );

  test('ffmpeg with a wrong password gets nothing', async (context) => {
    needFfmpeg(context);
    const camera = cameraAt(await startCommunity(), 1);
    await expect(probe(withPassword({ ...camera, password: 'wrong' }, camera.rtspSub))).rejects.toThrow('401');
  });
});

describe('the RTSP server, request by request', () => {
  test('answers what it does not do as the standard says', async () => {
    const camera = cameraAt(await startCommunity(), 1);
    const caller = await rtspCaller(camera.rtspSub);
    const login = basic(camera.username, camera.password);
    const url = camera.rtspSub;
    expect((await caller.ask('OPTIONS', url)).headers.get('public')).toContain('GET_PARAMETER');
    expect((await caller.ask('DESCRIBE', url)).status).toBe(401);
    expect((await caller.ask('DESCRIBE', url, basic(camera.username, 'wrong'))).status).toBe(401);
    expect((await caller.ask('DESCRIBE', url.replace('102', '909'), login)).status).toBe(404);
    expect(
      (await caller.ask('SETUP', `${url}/trackID=1`, { ...login, Transport: 'RTP/AVP;unicast;client_port=5000-5001' }))
        .status,
    ).toBe(461);
    expect((await caller.ask('PLAY', url, { ...login, Session: 'NOTMINE' })).status).toBe(454);
    expect((await caller.ask('RECORD', url, login)).status).toBe(501);
    expect((await caller.ask('SETUP', url, { ...login, Require: 'implicit-play' })).status).toBe(551);
    const described = await caller.ask('DESCRIBE', url, login);
    expect(described.body).toMatch(
      /a=fmtp:96 packetization-mode=1;profile-level-id=4D[0-9A-F]{4};sprop-parameter-sets=[^,\s]+,[^,\s]+/,
    );
    caller.end();
  });

  test('sends sender reports whose times fit the pictures', async () => {
    const simulators = await startCommunity();
    const camera = cameraAt(simulators, 1);
    const caller = await playStream(camera.rtspSub, camera.username, camera.password);
    const [report, picture] = await vi.waitUntil(
      () => {
        const first = caller.packets.find((one) => one.channel === 1);
        const later = caller.packets.findLast((one) => one.channel === 0);
        return caller.packets.length > 40 && first && later ? ([first, later] as const) : undefined;
      },
      { timeout: 6000 },
    );
    expect(report.bytes[1]).toBe(200);
    const ntpMs =
      (report.bytes.readUInt32BE(8) - 2_208_988_800) * 1000 + (report.bytes.readUInt32BE(12) / 2 ** 32) * 1000;
    expect(Math.abs(ntpMs - Date.now())).toBeLessThan(5000);
    const ahead = (picture.bytes.readUInt32BE(4) - report.bytes.readUInt32BE(16)) | 0;
    expect(Math.abs(ahead / 90 - (picture.atMs - report.atMs))).toBeLessThan(150);
    const seqs = caller.packets.filter((one) => one.channel === 0).map((one) => one.bytes.readUInt16BE(2));
    expect(seqs).toEqual(seqs.map((_, k) => ((seqs[0] ?? 0) + k) & 0xffff));
    caller.end();
  });

  test('two viewers see the same picture at the same time', async () => {
    const simulators = await startCommunity();
    const camera = cameraAt(simulators, 1);
    const both = await Promise.all([0, 1].map(() => playStream(camera.rtspSub, camera.username, camera.password)));
    expect(simulators.cameras[1]?.viewers().sub).toBe(2);
    const tails = await vi.waitUntil(
      () => {
        const lists = both.map((one) =>
          one.packets
            .filter((packet) => packet.channel === 0)
            .map((packet) => packet.bytes.subarray(12).toString('base64')),
        );
        return lists.every((list) => list.length > 60) ? lists : undefined;
      },
      { timeout: 12_000 },
    );
    // The one that came later begins at a key frame the other one has seen, or is the first to see.
    const [one = [], other = []] = tails.map((tail) => tail.slice(0, 60));
    const start = Math.max(one.indexOf(other[0] ?? ''), 0);
    const back = Math.max(other.indexOf(one[0] ?? ''), 0);
    expect(one.slice(start, start + 20)).toEqual(other.slice(back, back + 20).slice(0, one.length - start));
    for (const one of both) one.end();
    await vi.waitUntil(() => simulators.cameras[1]?.viewers().sub === 0);
  });

  test('a session that falls silent is ended, one that is kept alive is not', async () => {
    const camera = cameraAt(await startCommunity({ rtspTimeoutSeconds: 1 }), 1);
    const [silent, kept] = await Promise.all(
      [0, 1].map(() => playStream(camera.rtspSub, camera.username, camera.password)),
    );
    const pulse = setInterval(() => void kept?.ask('OPTIONS', camera.rtspSub), 300);
    await vi.waitUntil(() => silent?.closed, { timeout: 5000 });
    clearInterval(pulse);
    expect(kept?.closed).toBe(false);
    kept?.end();
  });

  test.for([
    ['no RTSP at all', 'GET / HTTP/1.1\r\nHost: camera\r\n\r\n'],
    ['a head without end', `DESCRIBE rtsp://camera/ RTSP/1.0\r\n${'X: '.padEnd(9000, 'y')}`],
    ['a lying length', 'OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 99999999\r\n\r\n'],
  ] as const)('hangs up on %s', async ([, bytes]) => {
    const camera = cameraAt(await startCommunity(), 1);
    const caller = await rtspCaller(camera.rtspSub);
    await expect(caller.ask(bytes, '')).rejects.toThrow('closed');
  });
});

describe('faults of a camera', () => {
  const countOf = (packets: readonly unknown[]) => packets.length;

  test('stalls without closing, and goes on when told', async () => {
    const simulators = await startCommunity();
    const camera = cameraAt(simulators, 1);
    const caller = await playStream(camera.rtspSub, camera.username, camera.password);
    await vi.waitUntil(() => countOf(caller.packets) > 5, { timeout: 5000 });
    await simulators.cameras[1]?.setFault('stall');
    // What was on its way has arrived with the answer to the first question; then nothing more comes.
    expect((await caller.ask('OPTIONS', camera.rtspSub)).status).toBe(200);
    const atStall = countOf(caller.packets);
    await expect(vi.waitUntil(() => countOf(caller.packets) > atStall, { timeout: 700 })).rejects.toThrow('Timed out');
    expect((await caller.ask('OPTIONS', camera.rtspSub)).status).toBe(200);
    await simulators.cameras[1]?.setFault('none');
    const next = await vi.waitUntil(() => caller.packets.slice(atStall).find((packet) => packet.channel === 0), {
      timeout: 5000,
    });
    // It goes on with a sequence parameter set: at a key frame, where a decoder can begin again.
    expect((next.bytes[12] ?? 0) & 0x1f).toBe(7);
    caller.end();
  });

  test('drops its connections, refuses new ones, and comes back on the same port', async () => {
    const simulators = await startCommunity();
    const camera = cameraAt(simulators, 1);
    const first = await playStream(camera.rtspSub, camera.username, camera.password);
    simulators.cameras[1]?.drop();
    await vi.waitUntil(() => first.closed);
    await simulators.cameras[1]?.setFault('refuse');
    await expect(rtspCaller(camera.rtspSub)).rejects.toThrow('ECONNREFUSED');
    await simulators.cameras[1]?.setFault('none');
    const again = await playStream(camera.rtspSub, camera.username, camera.password);
    await vi.waitUntil(() => countOf(again.packets) > 2, { timeout: 5000 });
    again.end();
  });

  test('refuses the right password when told so', async () => {
    const simulators = await startCommunity();
    const camera = cameraAt(simulators, 1);
    await simulators.cameras[1]?.setFault('reject-credentials');
    const caller = await rtspCaller(camera.rtspSub);
    expect((await caller.ask('DESCRIBE', camera.rtspSub, basic(camera.username, camera.password))).status).toBe(401);
    caller.end();
  });
});

describe('the gate camera', () => {
  test('shows the arm where the barrier has it', async (context) => {
    needFfmpeg(context);
    const simulators = await startCommunity({ cameras: 1 });
    const camera = cameraAt(simulators, 0);
    const watching = decodeGray([...live, '-i', withPassword(camera, camera.rtspSub), '-frames:v', '100'], 640, 360);
    await vi.waitUntil(() => simulators.cameras[0]?.viewers().sub === 1, { timeout: 8000 });
    await vi.waitUntil(() => Date.now() > simulators.epochMs + 2500, { timeout: 8000 });
    simulators.barrier.pulse('open');
    const { pictures, complaints } = await watching;
    expect(complaints).toBe('');
    const seen = pictures.map((picture) => readCounter(picture, 640, 360)?.clip);
    expect([...new Set(seen)]).toEqual([gateClips.closed.id, gateClips.opening.id, gateClips.open.id]);
    // Three seconds of travel at fifteen pictures a second, one more or less at either end.
    expect(Math.abs(seen.filter((clip) => clip === gateClips.opening.id).length - 45)).toBeLessThanOrEqual(1);
  });
});
