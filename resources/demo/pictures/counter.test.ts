import { assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Counter, counterCells, counterColumns, counterRows, readCounter } from './counter.ts';

/** A gray picture with the block, blurred and dimmed a little as an encoder does. */
const pictureOf = (counter: Counter, width: number, height: number, dark = 30, bright = 220): Uint8Array => {
  const pixels = new Uint8Array(width * height).fill(120);
  const cells = counterCells(counter);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor((x * 80) / width);
      const row = Math.floor((y * 45) / height) - 43;
      if (row >= 0 && column < counterColumns)
        pixels[y * width + x] = cells[row * counterColumns + column] === 1 ? bright : dark;
    }
  }
  return pixels;
};

const counters = record({ clip: integer({ min: 0, max: 255 }), frame: integer({ min: 0, max: 4095 }) });

describe('the counter in the pictures', () => {
  test('is read back at every size it is shown in', () => {
    assert(
      property(
        counters,
        constantFrom([1280, 720], [640, 360], [480, 270], [320, 180], [1000, 563]),
        (counter, [width = 0, height = 0]) => {
          expect(readCounter(pictureOf(counter, width, height), width, height)).toEqual(counter);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is read from RGBA as from gray', () => {
    const gray = pictureOf({ clip: 17, frame: 299 }, 640, 360);
    const rgba = new Uint8ClampedArray(gray.length * 4);
    gray.forEach((value, k) => rgba.set([value, value, value, 255], k * 4));
    expect(readCounter(rgba, 640, 360)).toEqual({ clip: 17, frame: 299 });
  });

  test('no single wrong cell is taken for a number', () => {
    assert(
      property(counters, integer({ min: 0, max: counterColumns * counterRows - 1 }), (counter, cell) => {
        const pixels = pictureOf(counter, 640, 360);
        const [x0, y0] = [(cell % counterColumns) * 8, 360 - (counterRows - Math.floor(cell / counterColumns)) * 8];
        for (let y = y0; y < y0 + 8; y += 1)
          for (let x = x0; x < x0 + 8; x += 1) pixels[y * 640 + x] = 250 - (pixels[y * 640 + x] ?? 0);
        expect(readCounter(pixels, 640, 360)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  test('a picture without the block, or too small for it, has no counter', () => {
    expect(readCounter(new Uint8Array(640 * 360).fill(90), 640, 360)).toBeUndefined();
    expect(readCounter(new Uint8Array(64 * 36), 64, 36)).toBeUndefined();
    expect(readCounter(new Uint8Array(10), 640, 360)).toBeUndefined();
  });
});
