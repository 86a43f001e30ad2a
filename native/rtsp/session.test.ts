import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  plainSdp,
  provesDigest,
  startCamera,
  type CameraBehaviour,
  type TestCamera,
} from '../../tests/support/rtsp-camera.ts';
import { createFastClock } from '../../tests/support/fast-clock.ts';
import type { RtspFault } from './fault.ts';
import { newDeviceHabits, type DeviceHabits } from './device-habits.ts';
import { createRtspSession, type RtspSession } from './session.ts';

const cameras: TestCamera[] = [];
const sessions: RtspSession[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0)) session.close();
  await Promise.all(cameras.splice(0).map((camera) => camera.close()));
});

const camera = async (behaviour: CameraBehaviour = {}): Promise<TestCamera> => {
  const started = await startCamera(behaviour);
  cameras.push(started);
  return started;
};

interface Played {
  frames: number;
  fault: RtspFault | null;
  readonly session: RtspSession;
}

const play = (
  url: string,
  more: {
    readonly username?: string;
    readonly password?: string;
    readonly habits?: DeviceHabits;
    readonly factor?: number;
  } = {},
): Played => {
  const played: Played = {
    frames: 0,
    fault: null,
    session: createRtspSession({
      url,
      username: more.username ?? null,
      password: more.password ?? null,
      clock: createFastClock(more.factor ?? 2),
      ...(more.habits === undefined ? {} : { habits: more.habits }),
      onFormat: () => undefined,
      onAccessUnit: () => {
        played.frames += 1;
      },
      onEnd: (reason) => {
        played.fault = reason;
      },
    }),
  };
  sessions.push(played.session);
  return played;
};

const plays = async (played: Played): Promise<void> => {
  await vi.waitFor(() => expect([played.fault, played.frames > 3]).toEqual([null, true]), {
    timeout: 5000,
    interval: 10,
  });
};
const methodsOf = (one: TestCamera): string[] => one.requests.map((request) => request.method);

describe('playing', () => {
  test('the usual way, with absolute and relative control addresses', async () => {
    const relative = await camera();
    await plays(play(relative.url));
    expect(relative.requests.map((request) => `${request.method} ${request.uri.slice(relative.url.length)}`)).toEqual([
      'OPTIONS ',
      'DESCRIBE ',
      'SETUP /track1',
      'PLAY ',
    ]);
    expect(relative.requests[3]?.headers.get('session')).toBe('4711');
    const absolute = await camera({ sdp: plainSdp.replace('track1', 'rtsp://10.9.8.7/elsewhere/t') });
    await plays(play(absolute.url));
    expect(absolute.requests[2]?.uri).toBe('rtsp://10.9.8.7/elsewhere/t');
  });

  test('Content-Base leads, and closing says goodbye', async () => {
    const based = await camera({
      on: ({ method }, wire) => {
        if (method === 'DESCRIBE')
          wire.reply(200, ['Content-Base: rtsp://127.0.0.1/based/', 'Content-Type: application/sdp'], plainSdp);
        return method === 'DESCRIBE';
      },
    });
    const played = play(based.url);
    await plays(played);
    expect(based.requests[2]?.uri).toBe('rtsp://127.0.0.1/based/track1');
    played.session.close();
    await vi.waitFor(() => expect(methodsOf(based).at(-1)).toBe('TEARDOWN'));
    await vi.waitFor(() => expect(based.open()).toBe(0));
    expect(played.fault).toBeNull();
  });

  test('answers without CSeq, OPTIONS refused, channels numbered anew', async () => {
    const odd = await camera({
      on: ({ method }, wire) => {
        if (method === 'OPTIONS') wire.raw('RTSP/1.0 405 Method Not Allowed\r\n\r\n');
        if (method === 'DESCRIBE')
          wire.raw(`RTSP/1.0 200 OK\nContent-Type: application/sdp\nContent-Length: ${plainSdp.length}\n\n${plainSdp}`);
        if (method === 'SETUP')
          wire.raw('RTSP/1.0 200 OK\r\nTransport: RTP/AVP/TCP;interleaved=4-5\r\nSession: 1\r\n\r\n');
        return method !== 'PLAY';
      },
    });
    await plays(play(odd.url));
  });

  test('a redirect is followed, without the account when it leads to another host', async () => {
    const goal = await camera();
    const redirecting = (location: string): CameraBehaviour => ({
      on: (_request, wire) => {
        wire.reply(302, [`Location: ${location}`]);
        return true;
      },
    });
    const first = await camera(redirecting(goal.url));
    await plays(play(first.url));
    const asks = await camera({
      on: ({ headers }, wire) => {
        if (!headers.has('authorization')) wire.reply(401, ['WWW-Authenticate: Basic realm="x"']);
        return !headers.has('authorization');
      },
    });
    const away = await camera(redirecting(asks.url.replace('127.0.0.1', 'localhost')));
    const played = play(away.url, { username: 'guard', password: 'secret' });
    await vi.waitFor(() => expect(played.fault?.kind).toBe('credentials'));
    expect(asks.requests.every((request) => !request.headers.has('authorization'))).toBe(true);
  });
});

describe('signing in', () => {
  test('Digest, given in the address or beside it; the nonce grown old is renegotiated', async () => {
    let nonce = 'first';
    const careful = await camera({
      on: ({ method, headers }, wire) => {
        const sent = headers.get('authorization') ?? '';
        if (provesDigest(sent, method, 'guard', 'p@ss') && sent.includes(`nonce="${nonce}"`)) {
          if (method === 'DESCRIBE') nonce = 'second';
          return false;
        }
        wire.reply(401, [
          `WWW-Authenticate: Basic realm="cam"`,
          `WWW-Authenticate: Digest realm="cam", nonce="${nonce}", qop="auth"`,
        ]);
        return true;
      },
    });
    await plays(play(careful.url, { username: 'guard', password: 'p@ss' }));
    expect(methodsOf(careful)).toEqual(['OPTIONS', 'OPTIONS', 'DESCRIBE', 'SETUP', 'SETUP', 'PLAY']);
    nonce = 'first';
    await plays(play(careful.url.replace('rtsp://', 'rtsp://guard:p%40ss@')));
    expect(careful.requests.some((request) => request.uri.includes('@'))).toBe(false);
  });

  test('wrong credentials are tried once, and never named', async () => {
    const careful = await camera({
      on: (_request, wire) => {
        wire.reply(401, ['WWW-Authenticate: Digest realm="cam", nonce="n", qop="auth"']);
        return true;
      },
    });
    const played = play(careful.url, { username: 'guard', password: 'hunter2' });
    await vi.waitFor(() => expect(played.fault?.kind).toBe('credentials'));
    expect(methodsOf(careful)).toEqual(['OPTIONS', 'OPTIONS']);
    expect(JSON.stringify(played.fault)).not.toContain('hunter2');
    expect(JSON.stringify(careful.requests)).not.toContain('hunter2');
  });
});

describe('keeping alive', () => {
  const sessionOf =
    (seconds: number): NonNullable<CameraBehaviour['on']> =>
    ({ method }, wire) => {
      if (method === 'SETUP')
        wire.reply(200, ['Transport: RTP/AVP/TCP;interleaved=0-1', `Session: 9 ; timeout=${seconds}`]);
      return method === 'SETUP';
    };

  test('GET_PARAMETER at half the timeout where it is offered, with the session', async () => {
    const lively = await camera({ on: sessionOf(4) });
    await plays(play(lively.url, { factor: 10 }));
    await vi.waitFor(
      () => expect(methodsOf(lively).slice(4, 7)).toEqual(['GET_PARAMETER', 'GET_PARAMETER', 'GET_PARAMETER']),
      { timeout: 5000 },
    );
    expect(lively.requests[4]?.headers.get('session')).toBe('9');
  });

  test('a camera that refuses it is asked OPTIONS, and it is remembered', async () => {
    const habits = newDeviceHabits();
    const refusing = await camera({
      on: (request, wire) => {
        if (request.method === 'GET_PARAMETER') wire.reply(501);
        return request.method === 'GET_PARAMETER' || sessionOf(4)(request, wire);
      },
    });
    const played = play(refusing.url, { habits, factor: 10 });
    await vi.waitFor(() => expect(methodsOf(refusing).slice(4, 7)).toEqual(['GET_PARAMETER', 'OPTIONS', 'OPTIONS']), {
      timeout: 5000,
    });
    played.session.close();
    expect(habits.keepAlive).toBe('OPTIONS');
    play(refusing.url, { habits, factor: 10 });
    await vi.waitFor(
      () => expect(refusing.requests.findLast((one) => one.connection === 1)?.index).toBeGreaterThan(5),
      { timeout: 5000 },
    );
    expect(refusing.requests.some((one) => one.connection === 1 && one.method === 'GET_PARAMETER')).toBe(false);
  });

  test('a camera that never answers it plays on; one that forgot the session is left', async () => {
    const mute = await camera({
      on: (request, wire) => request.method === 'GET_PARAMETER' || sessionOf(2)(request, wire),
    });
    const played = play(mute.url, { factor: 10 });
    await vi.waitFor(() => expect(methodsOf(mute).filter((one) => one === 'GET_PARAMETER').length).toBeGreaterThan(2), {
      timeout: 5000,
    });
    await plays(played);
    const forgetful = await camera({
      on: (request, wire) => {
        if (request.method === 'GET_PARAMETER') wire.reply(454);
        return request.method === 'GET_PARAMETER' || sessionOf(2)(request, wire);
      },
    });
    const left = play(forgetful.url, { factor: 10 });
    await vi.waitFor(() => expect(left.fault?.kind).toBe('closed'), { timeout: 5000 });
  });

  test('requests of the camera are answered', async () => {
    const answers: string[] = [];
    const asking = await camera({
      on: ({ method }, wire) => {
        if (method === 'RTSP/1.0') answers.push(method);
        if (method === 'PLAY') wire.raw('OPTIONS * RTSP/1.0\r\nCSeq: 77\r\n\r\n');
        return method === 'RTSP/1.0';
      },
    });
    await plays(play(asking.url));
    await vi.waitFor(() =>
      expect(asking.requests.find((one) => one.method === 'RTSP/1.0')?.headers.get('cseq')).toBe('77'),
    );
    expect(answers).toHaveLength(1);
  });
});
