/**
 * The machine-readable counter in the bottom left corner of every demo picture. Pure, without imports: the same
 * file is used by the maker of the pictures, by tests in Node and by benchmarks in a browser page.
 *
 * Format: 2 rows of 16 square cells, one cell being 1/80 of the picture's width and 1/45 of its height (16 px in
 * 1280x720, 8 px in 640x360), white is 1. The block touches the left and the lower edge.
 *
 *     row 0:  1  c7 c6 c5 c4 c3 c2 c1 c0  f11 f10 f9 f8 f7 f6  0
 *     row 1:  0  f5 f4 f3 f2 f1 f0  k7 k6 k5 k4 k3 k2 k1 k0    1
 *
 * `c` is the clip (0 to 255, see `clips.ts`), `f` the frame within the clip (0 to 4095), `k` a CRC-8 (polynomial
 * 0x07, start 0x5a) over the 20 bits before it. The four corners are the sync cells.
 */
export interface Counter {
  /** 0 to 255 */
  readonly clip: number;
  /** 0 to 4095 */
  readonly frame: number;
}

export const counterColumns = 16;
export const counterRows = 2;

const crc8 = (bits: readonly number[]): number => {
  let crc = 0x5a;
  for (const bit of bits) {
    const top = ((crc >> 7) & 1) ^ bit;
    crc = (crc << 1) & 0xff;
    if (top === 1) crc ^= 0x07;
  }
  return crc;
};

const toBits = (value: number, width: number): number[] =>
  Array.from({ length: width }, (_, k) => (value >> (width - 1 - k)) & 1);

const toNumber = (bits: readonly number[]): number => bits.reduce((sum, bit) => sum * 2 + bit, 0);

/** The 32 cells in reading order, 1 for white. */
export const counterCells = (counter: Counter): number[] => {
  const data = [...toBits(counter.clip, 8), ...toBits(counter.frame, 12)];
  const body = [...data, ...toBits(crc8(data), 8)];
  return [1, ...body.slice(0, 14), 0, 0, ...body.slice(14), 1];
};

/**
 * Reads the counter out of painted pixels: luma (one byte a pixel) or RGBA (four), told apart by the length. The
 * picture may have been scaled, down to about 240 pixels of width. Undefined where no valid block is seen.
 */
export const readCounter = (
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): Counter | undefined => {
  const step = pixels.length >= width * height * 4 ? 4 : 1;
  if (width < 160 || height < 90 || pixels.length < width * height) return undefined;
  const [cellWidth, cellHeight] = [width / 80, height / 45];
  const brightness = (column: number, row: number): number => {
    const [x0, x1] = [(column + 0.3) * cellWidth, (column + 0.7) * cellWidth];
    const top = height - (counterRows - row) * cellHeight;
    const [y0, y1] = [top + 0.3 * cellHeight, top + 0.7 * cellHeight];
    let [sum, count] = [0, 0];
    for (let y = Math.floor(y0); y <= Math.max(Math.floor(y0), Math.ceil(y1) - 1); y += 1) {
      for (let x = Math.floor(x0); x <= Math.max(Math.floor(x0), Math.ceil(x1) - 1); x += 1) {
        const at = (y * width + x) * step;
        sum +=
          step === 1 ? (pixels[at] ?? 0) : ((pixels[at] ?? 0) + (pixels[at + 1] ?? 0) * 2 + (pixels[at + 2] ?? 0)) / 4;
        count += 1;
      }
    }
    return sum / count;
  };
  const levels = Array.from({ length: counterRows * counterColumns }, (_, k) =>
    brightness(k % counterColumns, Math.floor(k / counterColumns)),
  );
  const [white0, black0, black1, white1] = [levels[0] ?? 0, levels[15] ?? 0, levels[16] ?? 0, levels[31] ?? 0];
  if (Math.min(white0, white1) - Math.max(black0, black1) < 48) return undefined;
  const middle = (white0 + white1 + black0 + black1) / 4;
  const cells = levels.map((level) => (level > middle ? 1 : 0));
  const body = [...cells.slice(1, 15), ...cells.slice(17, 31)];
  const data = body.slice(0, 20);
  if (toNumber(body.slice(20)) !== crc8(data)) return undefined;
  return { clip: toNumber(data.slice(0, 8)), frame: toNumber(data.slice(8)) };
};
