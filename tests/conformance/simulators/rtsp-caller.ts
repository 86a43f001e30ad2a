/** A small RTSP caller of the tests' own: sends requests one by one, keeps what comes in between. */
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { vi } from 'vitest';

export interface RtspAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface RtspCaller {
  ask(method: string, url: string, headers?: Readonly<Record<string, string>>): Promise<RtspAnswer>;
  /** Interleaved packets so far: channel and content. */
  readonly packets: readonly { readonly channel: number; readonly bytes: Buffer; readonly atMs: number }[];
  readonly closed: boolean;
  end(): void;
}

export const rtspCaller = async (url: string): Promise<RtspCaller> => {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const packets: { channel: number; bytes: Buffer; atMs: number }[] = [];
  const waiting: ((answer: RtspAnswer) => void)[] = [];
  const refused: ((cause: Error) => void)[] = [];
  let held: Buffer = Buffer.alloc(0);
  let cseq = 0;
  let closed = false;
  const step = (): boolean => {
    if (held[0] === 0x24) {
      const size = held.length < 4 ? Infinity : 4 + held.readUInt16BE(2);
      if (held.length < size) return false;
      packets.push({ channel: held[1] ?? 0, bytes: Buffer.from(held.subarray(4, size)), atMs: performance.now() });
      held = held.subarray(size);
      return held.length > 0;
    }
    const end = held.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const [first = '', ...lines] = held.toString('utf8', 0, end).split('\r\n');
    const headers = new Map(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const length = Number(headers.get('content-length') ?? '0');
    if (held.length < end + 4 + length) return false;
    const body = held.toString('utf8', end + 4, end + 4 + length);
    held = held.subarray(end + 4 + length);
    refused.shift();
    waiting.shift()?.({ status: Number(first.split(' ')[1]), headers, body });
    return held.length > 0;
  };
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (step());
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    for (const reject of refused.splice(0)) reject(new Error('the camera closed the connection'));
  });
  return {
    packets,
    get closed() {
      return closed;
    },
    ask: (method, target, headers = {}) =>
      new Promise((resolve, reject) => {
        cseq += 1;
        waiting.push(resolve);
        refused.push(reject);
        const lines = [
          `${method} ${target} RTSP/1.0`,
          `CSeq: ${cseq}`,
          ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        ];
        socket.write(`${lines.join('\r\n')}\r\n\r\n`);
      }),
    end: () => socket.destroy(),
  };
};

/** `Authorization: Basic`. */
export const basic = (username: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
});

/** DESCRIBE is skipped: sets up and plays a stream over TCP, channels 0 and 1. */
export const playStream = async (url: string, username: string, password: string): Promise<RtspCaller> => {
  const caller = await rtspCaller(url);
  const login = basic(username, password);
  const setup = await caller.ask('SETUP', `${url}/trackID=1`, {
    ...login,
    Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1',
  });
  const session = setup.headers.get('session')?.split(';')[0] ?? '';
  const play = await caller.ask('PLAY', url, { ...login, Session: session });
  if (play.status !== 200) throw new Error(`PLAY was answered ${play.status}`);
  return caller;
};

/** The coded slice of the first picture that a stream sends, which is a key frame (NAL type 5, put together from its packets, RFC 6184). */
export const firstKeyFrame = async (url: string, username: string, password: string): Promise<Buffer> => {
  const caller = await playStream(url, username, password);
  const payloads = await vi.waitUntil(
    () => {
      const packets = caller.packets.filter(({ channel }) => channel === 0).map(({ bytes }) => bytes);
      const last = packets.findIndex((bytes) => ((bytes[1] ?? 0) & 0x80) !== 0);
      return last < 0 ? undefined : packets.slice(0, last + 1).map((bytes) => bytes.subarray(12));
    },
    { timeout: 6000 },
  );
  caller.end();
  const fragments = payloads.filter((payload) => ((payload[0] ?? 0) & 0x1f) === 28 && ((payload[1] ?? 0) & 0x1f) === 5);
  const [first] = fragments;
  if (first === undefined) throw new Error('the stream does not begin with a key frame in fragments');
  const header = ((first[0] ?? 0) & 0xe0) | 5;
  return Buffer.concat([Buffer.from([header]), ...fragments.map((fragment) => fragment.subarray(2))]);
};
