/** The RTSP 1.0 server of one simulated camera: RTP interleaved in the RTSP connection, live only (RFC 2326). */
import { randomBytes } from 'node:crypto';
import { type Socket, createServer } from 'node:net';
import { type Authenticator, type Credentials, createAuthenticator } from '../wire/auth.ts';
import { type Listener, listen } from '../wire/listen.ts';
import { type RtspRequest, answer, createReader, describeStream } from './messages.ts';
import type { Pacer, Source } from './pacer.ts';
import { createRtpViewer } from './rtp-viewer.ts';

export interface RtspServerOptions {
  readonly host: string;
  /** 0 for any */
  readonly port: number;
  readonly credentials: Credentials;
  /** Older cameras know only Basic. */
  readonly basicOnly: boolean;
  /** By path, such as `/Streaming/Channels/101`. */
  readonly streams: ReadonlyMap<string, Source>;
  readonly pacer: Pacer;
  /** False while the camera refuses even the right password. */
  readonly accept: () => boolean;
  /** Silence after which a session ends, in seconds; told to the client. */
  readonly timeoutSeconds: number;
}

const publicMethods = 'OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN';

/** The path without a trailing `trackID=1`, or undefined where the URL cannot be read. */
const streamPath = (url: string): string | undefined => {
  if (!URL.canParse(url)) return undefined;
  return new URL(url).pathname.replace(/\/trackID=1$/, '').replace(/\/$/, '');
};

const serve = (socket: Socket, options: RtspServerOptions, authenticator: Authenticator): void => {
  const { pacer, streams } = options;
  let session: { id: string; path: string; source: Source; channel: number; stop?: () => void } | undefined;
  let heardAt = pacer.now();
  const end = (): void => {
    session?.stop?.();
    session = undefined;
  };
  const sessionHeader = (): [string, string] => ['Session', `${session?.id ?? ''};timeout=${options.timeoutSeconds}`];
  const setup = (request: RtspRequest, path: string, source: Source): Buffer => {
    if (session?.stop) return answer(request, 455);
    const offers = (request.headers.get('transport') ?? '').split(',');
    const offer = offers.find((one) => one.trim().startsWith('RTP/AVP/TCP'));
    if (offer === undefined) return answer(request, 461);
    const channel = Number(/interleaved=(\d{1,3})/.exec(offer)?.[1] ?? '0');
    if (channel > 254) return answer(request, 461);
    session = { id: session?.id ?? randomBytes(6).toString('hex').toUpperCase(), path, source, channel };
    return answer(request, 200, [
      ['Transport', `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`],
      sessionHeader(),
    ]);
  };
  const play = (request: RtspRequest): Buffer => {
    if (!session) return answer(request, 454);
    const { source, channel } = session;
    const rtp = createRtpViewer(socket, channel, source, pacer);
    if (!session.stop) {
      // Written before the first picture can be: the answer leaves in this turn of the loop, pictures in a later one.
      source.add(rtp);
      session.stop = () => source.remove(rtp);
    }
    return answer(request, 200, [
      sessionHeader(),
      ['Range', 'npt=now-'],
      ['RTP-Info', `url=${request.url.replace(/\/$/, '')}/trackID=1;seq=${rtp.info.seq};rtptime=${rtp.info.rtpTime}`],
    ]);
  };
  const handle = (request: RtspRequest): Buffer => {
    if (request.headers.has('require'))
      return answer(request, 551, [['Unsupported', request.headers.get('require') ?? '']]);
    if (request.method === 'OPTIONS') return answer(request, 200, [['Public', publicMethods]]);
    const verdict = authenticator.judge(request.headers.get('authorization'), request.method);
    if (verdict !== 'granted')
      return answer(
        request,
        401,
        authenticator.challenges(verdict === 'stale').map((one) => ['WWW-Authenticate', one] as const),
      );
    const path = streamPath(request.url);
    const source = path === undefined ? undefined : streams.get(path);
    const named = request.headers.get('session')?.split(';')[0]?.trim();
    if (named !== undefined && named !== session?.id) return answer(request, 454);
    switch (request.method) {
      case 'DESCRIBE': {
        if (!source) return answer(request, 404);
        const { sps, pps } = source.programme.clip;
        const body = describeStream(options.host, sps, pps);
        return answer(
          request,
          200,
          [
            ['Content-Base', `${request.url.replace(/\/$/, '')}/`],
            ['Content-Type', 'application/sdp'],
          ],
          body,
        );
      }
      case 'SETUP':
        return source && path !== undefined ? setup(request, path, source) : answer(request, 404);
      case 'PLAY':
        return play(request);
      case 'GET_PARAMETER':
        return session ? answer(request, 200, [sessionHeader()]) : answer(request, 454);
      case 'TEARDOWN': {
        const reply = answer(request, session ? 200 : 454);
        end();
        return reply;
      }
      default:
        return answer(request, 501, [['Public', publicMethods]]);
    }
  };
  const read = createReader(
    (request) => {
      heardAt = pacer.now();
      socket.write(handle(request));
      if (request.method === 'TEARDOWN') socket.end();
    },
    () => {
      heardAt = pacer.now();
    },
  );
  const watch = setInterval(
    () => {
      if (pacer.now() - heardAt > options.timeoutSeconds * 1000) socket.destroy();
    },
    Math.min(1000, options.timeoutSeconds * 250),
  );
  watch.unref();
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    if (!read(chunk)) socket.destroy();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearInterval(watch);
    end();
  });
};

/** Starts the server. */
export const createRtspServer = async (options: RtspServerOptions): Promise<Listener> => {
  const authenticator = createAuthenticator({
    realm: 'IP Camera',
    credentials: options.credentials,
    qop: false,
    schemes: options.basicOnly ? ['basic'] : ['digest', 'basic'],
    accept: options.accept,
  });
  return listen(
    createServer((socket) => serve(socket, options, authenticator)),
    options.host,
    options.port,
  );
};
