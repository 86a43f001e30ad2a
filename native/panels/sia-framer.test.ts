import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSiaBody } from './sia-frame.ts';
import { createSiaFramer, type FramedItem } from './sia-framer.ts';

const run = (chunks: readonly Uint8Array[], limit?: number): readonly FramedItem[] => {
  const framer = createSiaFramer(limit);
  return chunks.flatMap((chunk) => [...framer.push(chunk)]);
};
const text = (items: readonly FramedItem[]): readonly string[] =>
  items.map((item) => (item.kind === 'frame' ? Buffer.from(item.bytes).toString('latin1') : item.kind));

/** Cuts bytes at the given places. */
const cut = (bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] => {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
};

const body = '"NULL"0000L0#1409[]';
const sent = encodeSiaBody(body);
const whole = Buffer.from(sent.subarray(1, -1)).toString('latin1');

describe('the SIA framer', () => {
  it('finds several messages in one chunk and one message in several', () => {
    expect(text(run([sent, sent].map((part) => Buffer.from(part))))).toEqual([whole, whole]);
    expect(text(run([Buffer.concat([sent, sent])]))).toEqual([whole, whole]);
    expect(text(run([...sent].map((byte) => Uint8Array.of(byte))))).toEqual([whole]);
  });

  it.each([
    ['NUL after CR (ioBroker.sia 4)', '\0'],
    ['LF after CR (ioBroker.sia 11)', '\n'],
    ['CR LF and blanks', '\r\n  \0\0\n\n'],
  ])('takes %s as nothing, and holds nothing back', (_name, between) => {
    const framer = createSiaFramer();
    expect(framer.push(Buffer.concat([sent, Buffer.from(between)]))).toHaveLength(1);
    expect(framer.unfinished()).toBe(false);
    expect(text(framer.push(Buffer.concat([sent])))).toEqual([whole]);
  });

  it('is not misled by a checksum of two bytes that look like LF, CR or NUL', () => {
    for (const [high, low] of [
      [0x0a, 0x0d],
      [0x0d, 0x0a],
      [0x00, 0x0a],
      [0x0a, 0x0a],
      [0x20, 0x00],
    ] as const) {
      const frame = Buffer.concat([Uint8Array.of(high, low), Buffer.from(`0012${body}`)]);
      const framed = Buffer.concat([Buffer.from('\n'), frame, Buffer.from('\r\n')]);
      for (const chunks of [[framed], [...framed].map((byte) => Uint8Array.of(byte))])
        expect(run(chunks)).toEqual([{ kind: 'frame', bytes: Uint8Array.from(frame) }]);
    }
  });

  it('gives a frame that the next one cut off, and goes on with that', () => {
    const cut = sent.subarray(0, 20);
    expect(text(run([Buffer.concat([cut, sent])]))).toEqual([Buffer.from(cut.subarray(1)).toString('latin1'), whole]);
  });

  it.each([
    ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'http'],
    ['POST / HTTP/1.1\r\n', 'http'],
    ['\x16\x03\x01\x02\x00\x01', 'tls'],
    ['\n\n\nhello world, here I am\r', 'other'],
    ['+++ATH\r', 'other'],
  ])('ends at %j, and never reads the frame behind it', (foreign, looksLike) => {
    expect(run([Buffer.concat([Buffer.from(foreign, 'latin1'), sent])])).toEqual([{ kind: 'foreign', looksLike }]);
  });

  it('ends at noise between two frames too', () => {
    expect(run([Buffer.concat([sent, Buffer.from('noise'), sent])]).map(({ kind }) => kind)).toEqual([
      'frame',
      'foreign',
    ]);
  });

  it('stops at 4096 bytes and stays stopped', () => {
    const long = `\n00000fff"${'x'.repeat(4096)}`;
    expect(text(run([Buffer.from(long), Buffer.from('y'), sent]))).toEqual(['overflow']);
  });

  it('gives the same however the stream is cut', () => {
    const part = fc.constantFrom(
      '\n',
      '\r',
      '\0',
      'a',
      '"',
      'bc',
      whole,
      `\n${whole}\r`,
      '\n00"oops"\r',
      '\n\r0012"X"\r',
    );
    const stream = fc.array(part, { maxLength: 12 }).map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(400), { maxLength: 12 }), (bytes, places) => {
        expect(run(cut(bytes, places), 60)).toEqual(run([bytes], 60));
      }),
      fuzz(100, 50_000),
    );
  });
});
