import { createHash } from 'node:crypto';
import net from 'node:net';
import { createPictureSource, interleave, type PictureSource } from './rtsp-media.ts';

/** One request as the camera got it. */
export interface CameraRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Of this connection, from 0. */
  readonly index: number;
  /** Number of the connection, from 0. */
  readonly connection: number;
}

/** The camera's end of one connection. */
export interface CameraWire {
  readonly reply: (status: number, headers?: readonly string[], body?: string) => void;
  readonly raw: (bytes: Uint8Array | string) => void;
  /** Sends pictures until the connection ends or `stop` is called. */
  readonly stream: (source: PictureSource, everyMs?: number, mangle?: (packets: Buffer[]) => Buffer[]) => void;
  readonly stop: () => void;
  readonly hangUp: () => void;
}

export interface CameraBehaviour {
  /** True when the request was dealt with; otherwise the camera answers as a good one does. */
  readonly on?: (request: CameraRequest, wire: CameraWire) => boolean;
  readonly onConnect?: (wire: CameraWire, connection: number) => boolean;
  readonly sdp?: string;
  /** What PLAY begins; pictures of 640x352 every 10 ms where nothing is said. */
  readonly play?: (wire: CameraWire, connection: number) => void;
}

export interface TestCamera {
  readonly url: string;
  readonly port: number;
  readonly requests: CameraRequest[];
  readonly connections: () => number;
  /** Connections that are open now. */
  readonly open: () => number;
  readonly close: () => Promise<void>;
}

export const plainSdp = [
  'v=0',
  'o=- 0 0 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'a=control:track1',
  '',
].join('\r\n');

const createWire = (socket: net.Socket, cseq: () => string | undefined): CameraWire => {
  let timer: NodeJS.Timeout | undefined;
  const raw = (bytes: Uint8Array | string): void => {
    if (!socket.destroyed) socket.write(bytes);
  };
  const stop = (): void => clearInterval(timer);
  socket.on('close', stop);
  return {
    raw,
    stop,
    reply: (status, headers = [], body = '') => {
      const number = cseq();
      const lines = [`RTSP/1.0 ${status} Test`, ...(number === undefined ? [] : [`CSeq: ${number}`]), ...headers];
      raw([...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
    },
    stream: (source, everyMs = 10, mangle = (packets) => packets) => {
      stop();
      timer = setInterval(
        () => raw(Buffer.concat(mangle(source.next()).map((packet) => interleave(0, packet)))),
        everyMs,
      );
    },
    hangUp: () => socket.destroy(),
  };
};

const answerWell = (request: CameraRequest, wire: CameraWire, behaviour: CameraBehaviour): void => {
  if (request.method === 'OPTIONS')
    wire.reply(200, ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER']);
  else if (request.method === 'DESCRIBE') wire.reply(200, ['Content-Type: application/sdp'], behaviour.sdp ?? plainSdp);
  else if (request.method === 'SETUP')
    wire.reply(200, ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1', 'Session: 4711;timeout=60']);
  else wire.reply(200, ['Session: 4711']);
  if (request.method !== 'PLAY') return;
  if (behaviour.play === undefined) wire.stream(createPictureSource());
  else behaviour.play(wire, request.connection);
};

/** Starts a camera on loopback that is as bad as the test wants it. */
export const startCamera = async (behaviour: CameraBehaviour = {}): Promise<TestCamera> => {
  const requests: CameraRequest[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const server = net.createServer((socket) => {
    const connection = connections;
    connections += 1;
    sockets.add(socket);
    let text = '';
    let index = 0;
    let cseq: string | undefined;
    const wire = createWire(socket, () => cseq);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    if (behaviour.onConnect?.(wire, connection) === true) {
      socket.resume();
      return;
    }
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const [start = '', ...lines] = text.slice(0, end).split('\r\n');
        text = text.slice(end + 4);
        const [method = '', uri = ''] = start.split(' ');
        const headers = new Map(
          lines.map((line) => [
            line.slice(0, line.indexOf(':')).toLowerCase(),
            line.slice(line.indexOf(':') + 1).trim(),
          ]),
        );
        cseq = headers.get('cseq');
        const request = { method, uri, headers, index, connection };
        index += 1;
        requests.push(request);
        if (behaviour.on?.(request, wire) !== true) answerWell(request, wire, behaviour);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `rtsp://127.0.0.1:${port}/estate`,
    port,
    requests,
    connections: () => connections,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

/** Whether a Digest answer (MD5 with qop=auth) proves the password. */
export const provesDigest = (authorization: string, method: string, username: string, password: string): boolean => {
  const field = (name: string): string => new RegExp(`[ ,]${name}="?([^",]+)"?`).exec(authorization)?.[1] ?? '';
  const hash = (text: string): string => createHash('md5').update(text).digest('hex');
  const a1 = hash(`${username}:${field('realm')}:${password}`);
  const a2 = hash(`${method}:${field('uri')}`);
  return field('response') === hash([a1, field('nonce'), field('nc'), field('cnonce'), 'auth', a2].join(':'));
};
