/** RTSP 1.0 requests out of a byte stream that also carries `$`-framed packets, and the answers to them. */

export interface RtspRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

const headLimit = 8192;
const bodyLimit = 65_536;

/** Feeds bytes; calls `request` and `packet` in order of arrival and returns false when the peer breaks the limits. */
export const createReader = (
  request: (one: RtspRequest) => void,
  packet: (channel: number) => void,
): ((chunk: Buffer) => boolean) => {
  let held: Buffer = Buffer.alloc(0);
  const step = (): 'more' | 'again' | 'broken' => {
    if (held.length === 0) return 'more';
    if (held[0] === 0x24) {
      if (held.length < 4) return 'more';
      const size = 4 + held.readUInt16BE(2);
      if (held.length < size) return 'more';
      packet(held[1] ?? 0);
      held = held.subarray(size);
      return 'again';
    }
    const end = held.indexOf('\r\n\r\n');
    if (end < 0) return held.length > headLimit ? 'broken' : 'more';
    if (end > headLimit) return 'broken';
    const [first = '', ...lines] = held
      .toString('utf8', 0, end)
      .replace(/^[\r\n]+/, '')
      .split('\r\n');
    const [method = '', url = '', version = ''] = first.split(' ');
    if (!version.startsWith('RTSP/1.')) return 'broken';
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    const length = Number(headers.get('content-length') ?? '0');
    if (!Number.isInteger(length) || length < 0 || length > bodyLimit) return 'broken';
    if (held.length < end + 4 + length) return 'more';
    held = held.subarray(end + 4 + length);
    request({ method, url, headers });
    return 'again';
  };
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let did = step();
    while (did === 'again') did = step();
    return did !== 'broken';
  };
};

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  454: 'Session Not Found',
  455: 'Method Not Valid in This State',
  459: 'Aggregate Operation Not Allowed',
  461: 'Unsupported Transport',
  501: 'Not Implemented',
  551: 'Option not supported',
};

/** The bytes of an answer; headers may repeat. */
export const answer = (
  request: RtspRequest,
  status: number,
  headers: readonly (readonly [string, string])[] = [],
  body = '',
): Buffer => {
  const length = Buffer.byteLength(body);
  const lines = [
    `RTSP/1.0 ${status} ${reasons[status] ?? 'Error'}`,
    `CSeq: ${request.headers.get('cseq') ?? '0'}`,
    `Date: ${new Date().toUTCString()}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(length > 0 ? [`Content-Length: ${length}`] : []),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
};

/** The description of a stream (RFC 8866, RFC 6184 section 8.2). */
export const describeStream = (host: string, sps: Buffer, pps: Buffer): string =>
  [
    'v=0',
    `o=- ${Date.now()} 1 IN IP4 ${host}`,
    's=Media Presentation',
    `c=IN IP4 0.0.0.0`,
    't=0 0',
    'a=control:*',
    'a=range:npt=now-',
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;profile-level-id=${sps.subarray(1, 4).toString('hex').toUpperCase()};sprop-parameter-sets=${sps.toString('base64')},${pps.toString('base64')}`,
    'a=framerate:15',
    'a=control:trackID=1',
    'a=recvonly',
    '',
  ].join('\r\n');
