import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

describe('the SIA framer', () => {
  it('finds several messages in one chunk and one message in several', () => {
    expect(text(run([Buffer.from('\nab\r\ncd\r')]))).toEqual(['ab', 'cd']);
    expect(text(run(['\n', 'a', 'b', '\r'].map((part) => Buffer.from(part))))).toEqual(['ab']);
  });

  it('counts what stands outside frames and starts again at a LF', () => {
    expect(run([Buffer.from('GET / HTTP/1.1\r\nlost\nkept\r')])).toMatchObject([
      { kind: 'garbage', count: 15 },
      { kind: 'garbage', count: 4 },
      { kind: 'frame' },
    ]);
  });

  it('stops at 4096 bytes, in a frame and outside of one, and stays stopped', () => {
    for (const first of ['\n', '']) {
      const items = run([Buffer.from(`${first}${'x'.repeat(4096)}`), Buffer.from('y'), Buffer.from('\nok\r')]);
      expect(text(items)).toEqual(['overflow']);
    }
    expect(text(run([Buffer.from(`\n${'x'.repeat(4096)}\r`)]))).toEqual(['x'.repeat(4096)]);
  });

  it('gives the same however the stream is cut', () => {
    const stream = fc
      .array(fc.constantFrom('\n', '\r', 'a', 'bc', '\nNULL\r'), { maxLength: 60 })
      .map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(400), { maxLength: 12 }), (bytes, places) => {
        expect(run(cut(bytes, places), 24)).toEqual(run([bytes], 24));
      }),
    );
  });
});
