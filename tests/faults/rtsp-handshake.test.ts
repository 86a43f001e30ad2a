import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  plainSdp,
  provesDigest,
  startCamera,
  type CameraBehaviour,
  type CameraRequest,
  type CameraWire,
} from '../support/rtsp-camera.ts';
import { startIntake, stopIntakes } from '../support/rtsp-bench-stream.ts';
import { createPictureSource } from '../support/rtsp-media.ts';

afterEach(stopIntakes);

type On = NonNullable<CameraBehaviour['on']>;
/** Misbehaves on the first `times` connections and is good afterwards. */
const atFirst =
  (bad: On, times = 1): On =>
  (request, wire) =>
    request.connection < times && bad(request, wire);
/** Answers one method in a way of its own. */
const when =
  (method: string, answer: (wire: CameraWire, request: CameraRequest) => void): On =>
  (request, wire) => {
    if (request.method === method) answer(wire, request);
    return request.method === method;
  };
const describes = (body: string, more: readonly string[] = []): On =>
  when('DESCRIBE', (wire) => wire.reply(200, ['Content-Type: application/sdp', ...more], body));

describe('a camera that recovers is seen again, whatever it did before', () => {
  test.for<[string, string, On]>([
    ['silence', 'offline/silent', () => true],
    ['503', 'offline/busy', when('DESCRIBE', (wire) => wire.reply(503))],
    ['453 not enough bandwidth', 'offline/busy', when('PLAY', (wire) => wire.reply(453))],
    ['454 no such session', 'offline/closed', when('PLAY', (wire) => wire.reply(454))],
    ['461 no such transport', 'offline/unsupported', when('SETUP', (wire) => wire.reply(461))],
    [
      'UDP answered',
      'offline/unsupported',
      when('SETUP', (wire) => wire.reply(200, ['Transport: RTP/AVP;unicast;client_port=1-2'])),
    ],
    ['404', 'offline/noSuchStream', when('DESCRIBE', (wire) => wire.reply(404))],
    ['500', 'offline/protocol', when('SETUP', (wire) => wire.reply(500))],
    ['an empty description', 'offline/protocol', describes('')],
    ['a description of 1 MB', 'offline/protocol', describes(`v=0\r\n${'a=x:y\r\n'.repeat(150_000)}`)],
    ['sound only', 'offline/unsupported', describes('v=0\r\nm=audio 0 RTP/AVP 0\r\n')],
    ['pictures of another kind', 'offline/unsupported', describes('v=0\r\nm=video 0 RTP/AVP 26\r\n')],
    [
      'a head without end',
      'offline/protocol',
      when('OPTIONS', (wire) => wire.raw(`RTSP/1.0 200 OK\r\nX: ${'x'.repeat(100_000)}`)),
    ],
    ['another protocol', 'offline/protocol', when('OPTIONS', (wire) => wire.raw('HTTP/1.1 400 Bad Request\r\n\r\n'))],
    ['garbage without end', 'offline/protocol', when('OPTIONS', (wire) => wire.raw(Buffer.alloc(1_200_000, 0xaa)))],
    [
      'a redirect to itself',
      'offline/protocol',
      (request, wire) => {
        wire.reply(302, [`Location: ${request.uri}`]);
        return true;
      },
    ],
    ...['rtsp://a\0b/x', 'rtsp://[::1%\0]/x', 'rtsp://a%00b/', 'rtsp://a b/', 'rtsp://a:99999/', 'rtsp://'].map(
      (location): [string, string, On] => [
        `a redirect to ${JSON.stringify(location)}`,
        'offline/protocol',
        when('DESCRIBE', (wire) => wire.reply(302, [`Location: ${location}`])),
      ],
    ),
    [
      'protection that is not known',
      'offline/sealed',
      describes(
        plainSdp.replace('RTP/AVP', 'RTP/SAVP').replace('a=control', 'a=key-mgmt:mikey AQQFgAAAAAAA\r\na=control'),
      ),
    ],
    [
      'a redirect to nowhere',
      'offline/protocol',
      when('DESCRIBE', (wire) => wire.reply(301, ['Location: http://elsewhere/'])),
    ],
    ['answered, then no pictures', 'offline/noFrames', when('PLAY', (wire) => wire.reply(200))],
  ])('%s', async ([name, expected, bad]) => {
    // A redirect to itself uses a connection for each of its six hops.
    const intake = await startIntake({ on: atFirst(bad, name === 'a redirect to itself' ? 6 : 1) });
    await intake.reaches(expected);
    await intake.reaches('live');
    await intake.shows(3);
    expect(intake.stream.status()).toMatchObject({ state: 'live', fault: null });
    expect(intake.camera.open()).toBe(1);
  });

  test.for(['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY'])('closed at %s, with and without an answer', async (method) => {
    const intake = await startIntake({
      on: (request, wire) => {
        if (request.connection === 0 && request.method === method) wire.hangUp();
        if (request.connection === 1 && request.method === method) {
          wire.reply(
            200,
            method === 'DESCRIBE' ? ['Content-Type: application/sdp'] : [],
            method === 'DESCRIBE' ? plainSdp : '',
          );
          setTimeout(wire.hangUp, 5);
        }
        return request.connection < 2 && request.method === method;
      },
    });
    await intake.reaches('offline/closed');
    await intake.reaches('live');
    expect(intake.camera.connections()).toBe(3);
  });
});

describe('a camera that is only odd is played at the first attempt', () => {
  test.for<[string, On]>([
    ['Content-Length too long', describes(plainSdp, ['Content-Length: 9999'])],
    [
      'no Content-Length',
      when('DESCRIBE', (wire) => wire.raw(`RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n${plainSdp}`)),
    ],
    [
      'Content-Length too short',
      when('DESCRIBE', (wire) =>
        wire.raw(`RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: 20\r\n\r\n${plainSdp}`),
      ),
    ],
    [
      'Content-Length that is none',
      when('DESCRIBE', (wire) =>
        wire.raw(`RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: many\r\n\r\n${plainSdp}`),
      ),
    ],
    [
      'two pictures described',
      describes(plainSdp.replace('m=video', 'm=video 0 RTP/AVP 26\r\na=control:track0\r\nm=video')),
    ],
    [
      'wrong parameter sets described',
      describes(
        plainSdp.replace(
          'a=control',
          'a=fmtp:96 sprop-parameter-sets=Z0IAHpWoKA9puAgICAQ=,aM4G4g==,!!!,AAAA\r\na=control',
        ),
      ),
    ],
    ...[
      ['0', 'CSeq of nothing'],
      ['1', 'the first CSeq in every answer'],
      ['', 'an empty CSeq'],
      ['99999', 'a CSeq of its own'],
      ['one', 'a CSeq that is no number'],
    ].map(([cseq, name]): [string, On] => [
      `${name} (homebridge-foscamcamera 6)`,
      (request, wire) => {
        const body = request.method === 'DESCRIBE' ? plainSdp : '';
        const more = body === '' ? '' : `Content-Type: application/sdp\r\nContent-Length: ${body.length}\r\n`;
        const sets = request.method === 'SETUP' ? 'Session: 4711\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n' : '';
        wire.raw(`RTSP/1.0 200 OK\r\nCseq: ${cseq}\r\n${more}${sets}\r\n${body}`);
        if (request.method === 'PLAY') wire.stream(createPictureSource());
        return true;
      },
    ]),
    [
      'headers that go on in the next line',
      when('SETUP', (wire) =>
        wire.raw(
          'RTSP/1.0 200 OK\r\nTransport: RTP/AVP/TCP;unicast;\r\n\tinterleaved=4-5\r\nSession:\r\n 4711\r\n\r\n',
        ),
      ),
    ],
    [
      'a track that is known only behind a slash',
      (request, wire) => {
        if (request.method === 'DESCRIBE')
          wire.reply(200, ['Content-Type: application/sdp'], plainSdp.replace('track1', '?ctype=video'));
        else if (request.method === 'SETUP' && !request.uri.endsWith('/estate/?ctype=video')) wire.reply(404);
        else return false;
        return true;
      },
    ],
    ['a Session of control characters', when('SETUP', (wire) => wire.reply(200, ['Session: 47\0\u000111;timeout=60']))],
    ['a control of control characters', describes(plainSdp.replace('track1', 'tr\0ack \u0007 1'))],
    ['dollars in the text', describes(plainSdp.replace('s=-', 's=$ 5 $\u0000'))],
    ['no Session header, no Transport header', when('SETUP', (wire) => wire.reply(200))],
  ])('%s', async ([, odd]) => {
    const intake = await startIntake({ on: odd }, 2);
    await intake.reaches('live');
    await intake.shows(3);
    expect(intake.camera.connections()).toBe(1);
    expect(intake.statuses.map((status) => status.state)).toEqual(['live']);
  });
});

describe('accounts are not locked', () => {
  const digest = (nonce: string, more = ''): readonly string[] => [
    `WWW-Authenticate: Digest realm="cam", nonce="${nonce}", qop="auth"${more}`,
  ];

  test('a loop of 401 is asked twice a minute at most', async () => {
    let nonce = 0;
    const intake = await startIntake(
      {
        on: (_request, wire) => {
          nonce += 1;
          wire.reply(401, digest(`n${nonce}`, ', stale=true'));
          return true;
        },
      },
      20,
      'guard',
    );
    await intake.reaches('offline/credentials');
    // First answer and one renegotiation; then nothing for a minute of the intake's clock.
    expect(intake.camera.requests).toHaveLength(3);
    const before = performance.now();
    await vi.waitFor(() => expect(intake.camera.connections()).toBe(2), { timeout: 10_000, interval: 5 });
    expect((performance.now() - before) * 20).toBeGreaterThan(55_000);
  });

  test('a nonce that changes at each step, and another realm, are followed', async () => {
    let nonce = 'a';
    const intake = await startIntake(
      {
        on: ({ method, headers }, wire) => {
          const sent = headers.get('authorization') ?? '';
          const isFresh = sent.includes(`nonce="${nonce}"`);
          if (isFresh && provesDigest(sent, method, 'guard', 'guard')) {
            nonce = `${nonce}x`;
            return false;
          }
          wire.reply(401, digest(nonce, ', stale=true'));
          return true;
        },
      },
      5,
      'guard',
    );
    await intake.shows(3);
    expect(intake.statuses.map((status) => status.state)).toEqual(['live']);
  });
});

test('a port where nothing listens is tried for ever, and seen when it comes', async () => {
  const gone = await startCamera();
  await gone.close();
  const intake = await startIntake({
    onConnect: (wire, connection) => {
      if (connection < 6) wire.hangUp();
      return connection < 6;
    },
  });
  await intake.reaches('live');
  expect(intake.camera.connections()).toBe(7);
  expect(intake.statuses.filter((status) => status.state === 'offline')).toHaveLength(1);
});

describe('a camera that needs long is given longer', () => {
  test('with each try, until it is seen (RTSPtoWeb 315)', async () => {
    const intake = await startIntake({
      on: (request, wire) => {
        // 7 s on the intake's clock.
        if (request.method === 'DESCRIBE')
          setTimeout(() => wire.reply(200, ['Content-Type: application/sdp'], plainSdp), 700);
        return request.method === 'DESCRIBE';
      },
    });
    await intake.reaches('offline/silent');
    await intake.shows(3);
    expect(intake.camera.connections()).toBe(2);
  });
});

describe('what would be another request is not sent', () => {
  test('a name with a line break in it', async () => {
    const intake = await startIntake(
      {
        on: (_request, wire) => {
          wire.reply(401, ['WWW-Authenticate: Digest realm="cam", nonce="n", qop="auth"']);
          return true;
        },
      },
      10,
      'guard\r\nX-Evil: 1',
    );
    await intake.reaches('offline/protocol');
    expect(intake.camera.requests.map(({ headers }) => headers.has('x-evil'))).not.toContain(true);
    expect(intake.camera.requests.some(({ headers }) => headers.has('authorization'))).toBe(false);
  });

  test('and a camera that first asked safely gets no password in the clear', async () => {
    const intake = await startIntake(
      {
        on: ({ connection }, wire) => {
          wire.reply(401, [
            connection === 0
              ? 'WWW-Authenticate: Digest realm="cam", nonce="n"'
              : 'WWW-Authenticate: Basic realm="cam"',
          ]);
          return true;
        },
      },
      100,
      'guard',
    );
    await intake.reaches('offline/credentials');
    await intake.reaches('offline/plainPassword');
    const sent = intake.camera.requests.map(({ headers }) => headers.get('authorization') ?? '');
    expect(sent.filter((one) => one.startsWith('Basic'))).toEqual([]);
  });
});
