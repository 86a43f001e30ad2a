import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interleave, makeRtp } from '../../tests/support/rtsp-media.ts';
import { createStreamParser, MAX_GARBAGE_BYTES } from './stream-parser.ts';

interface Seen {
  readonly packets: string[];
  readonly messages: string[];
  readonly overflows: string[];
}

const parseAll = (chunks: readonly Uint8Array[], isFlushed = false): Seen => {
  const seen: Seen = { packets: [], messages: [], overflows: [] };
  const parser = createStreamParser({
    onPacket: (channel, buffer, start, end) => seen.packets.push(`${channel}:${buffer.toString('hex', start, end)}`),
    onMessage: ({ status, method, headers, body }) =>
      seen.messages.push(`${status ?? method}|${headers.get('cseq')?.[0]}|${body.toString()}`),
    onOverflow: (what) => seen.overflows.push(what),
  });
  parser.expect([0, 1], 96);
  for (const chunk of chunks) parser.push(Buffer.from(chunk), chunk.length);
  if (isFlushed) parser.flushBody();
  return seen;
};

const rtp = (sequence: number, bytes = 40): Buffer => makeRtp({ sequence, timestamp: 9 }, Buffer.alloc(bytes, 7));
const packet = (sequence: number, channel = 0, bytes = 40): Buffer => interleave(channel, rtp(sequence, bytes));
const sequencesOf = (seen: Seen): number[] => seen.packets.map((one) => Number.parseInt(one.slice(6, 10), 16));
const answer = (body = '', more = ''): Buffer =>
  Buffer.from(`RTSP/1.0 200 OK\r\nCSeq: 4\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`);

test('packets and messages come out alike, however the connection cuts them', () => {
  const whole = Buffer.concat([
    packet(1),
    answer('v=0\r\nprice=$5 $$\r\n'),
    packet(2, 1, 900),
    Buffer.from('GET_PARAMETER rtsp://c RTSP/1.0\r\nCSeq: 9\r\n\r\n'),
    packet(3),
    Buffer.from([0x24, 0, 0, 0]),
    packet(4),
  ]);
  const expected = parseAll([whole]);
  expect(expected.messages).toEqual(['200|4|v=0\r\nprice=$5 $$\r\n', 'GET_PARAMETER|9|']);
  expect(sequencesOf(expected)).toEqual([1, 2, 3, 4]);
  expect(parseAll([...whole].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 12 }), (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
      const chunks = edges.slice(1).map((edge, index) => whole.subarray(edges[index] ?? 0, edge));
      expect(parseAll(chunks)).toEqual(expected);
    }),
    fuzz(100, 50_000),
  );
});

describe('long packets', () => {
  const big = (sequence: number): Buffer => packet(sequence, 0, 10_000);
  test.each([
    ['empty lines in front of each', Buffer.from('\r\n')],
    ['a bare line feed', Buffer.from('\n')],
    ['any bytes', Buffer.from([1, 2, 3, 250, 0])],
    ['nothing', Buffer.alloc(0)],
  ])('%s (retina 0.3.8)', (_name, stray) => {
    const seen = parseAll([Buffer.concat([1, 2, 3, 4].flatMap((sequence) => [stray, big(sequence)]))]);
    expect(sequencesOf(seen)).toEqual([1, 2, 3, 4]);
    const cut = Buffer.concat([1, 2, 3, 4].flatMap((sequence) => [big(sequence), stray]));
    expect(sequencesOf(parseAll([cut.subarray(0, 15_000), cut.subarray(15_000)]))).toEqual([1, 2, 3, 4]);
  });
});

test('a header that goes on in the next line is read whole', () => {
  const head =
    'RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm="cam",\r\n\t  nonce="a"\r\nCSeq:\r\n 4\r\n\r\n';
  const values: string[] = [];
  const parser = createStreamParser({
    onPacket: () => undefined,
    onMessage: ({ headers }) => values.push(headers.get('www-authenticate')?.[0] ?? '', headers.get('cseq')?.[0] ?? ''),
    onOverflow: () => undefined,
  });
  parser.push(Buffer.from(head), head.length);
  expect(values).toEqual(['Digest realm="cam", nonce="a"', '4']);
});

describe('garbage', () => {
  test('between packets, with a dollar in it, is stepped over', () => {
    const garbage = Buffer.from('hello $\0 this costs $100 and R is not RTSP');
    const seen = parseAll([Buffer.concat([packet(1), garbage, packet(2), Buffer.from([0xff, 0x24, 0x24]), packet(3)])]);
    expect(sequencesOf(seen)).toEqual([1, 2, 3]);
    expect(seen.overflows).toEqual([]);
  });

  test('a lying length of 0xFFFF costs no packet it covers', () => {
    const lie = Buffer.from([0x24, 0, 0xff, 0xff, 0x80, 96, 0, 9]);
    const cover = Array.from({ length: 900 }, (_, index) => packet(index + 1, 0, 70));
    const seen = parseAll([Buffer.concat([lie, ...cover])]);
    expect(sequencesOf(seen)).toEqual(Array.from({ length: 900 }, (_, index) => index + 1));
  });

  test('without end is given up', () => {
    const chunk = Buffer.alloc(65_536, 0xee);
    const seen = parseAll(Array.from({ length: MAX_GARBAGE_BYTES / chunk.length + 1 }, () => chunk));
    expect(seen.overflows).toEqual(['garbage']);
  });
});

describe('lengths that lie', () => {
  const sdp = 'v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n';
  const head = (length: string): string =>
    `RTSP/1.0 200 OK\r\nCSeq: 4\r\nContent-Type: application/sdp\r\n${length}\r\n${sdp}`;

  test('too short, the rest still belongs to the description', () => {
    expect(parseAll([Buffer.concat([Buffer.from(head('Content-Length: 9\r\n')), packet(1)])])).toMatchObject({
      messages: [`200|4|${sdp}`],
      packets: [expect.stringContaining('0:')],
    });
  });

  test.each(['Content-Length: 5000\r\n', ''])('too long or missing, it is taken as it is in the end (%j)', (length) => {
    expect(parseAll([Buffer.from(head(length))]).messages).toEqual([]);
    expect(parseAll([Buffer.from(head(length))], true).messages).toEqual([`200|4|${sdp}`]);
  });

  test('beyond all measure, the connection is given up', () => {
    expect(parseAll([Buffer.from(head('Content-Length: 1000000\r\n'))]).overflows).toEqual(['body']);
    expect(parseAll([Buffer.from(`RTSP/1.0 200 OK\r\nX: ${'y'.repeat(70_000)}`)]).overflows).toEqual(['head']);
  });
});

test('any bytes are borne', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .constantFrom('$', '$\0\0\u0010', 'RTSP/1.0 200 OK\r\n', '\r\n\r\n', 'Content-Length: 9\r\n', '\n\n')
      .map((text) => Buffer.from(text, 'latin1')),
    fc.nat(65_535).map((sequence) => packet(sequence)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(parseAll(pieces).overflows).toEqual([]);
    }),
    fuzz(300, 50000),
  );
});
