import { array, assert as holds, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, pagesOf, withGates } from './wall-layout.rules.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `cam-${index}`);
const wish = { cameraIds: ids(16), size: 16, page: 0, alarmed: [], enlarged: null };

describe('the wall', () => {
  it('makes no stamps of few cameras', () => {
    const grid = (cameras: number, size: number): number[] => {
      const { columns, rows } = layOut({ cameraIds: ids(cameras), size, page: 0, alarmed: [], enlarged: null });
      return [columns, rows];
    };
    expect([grid(1, 16), grid(2, 16), grid(3, 9), grid(5, 16), grid(12, 16), grid(16, 4)]).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
      [3, 2],
      [4, 3],
      [2, 2],
    ]);
  });

  it('stands four by four at rest, with pages for what does not fit', () => {
    expect(layOut(wish)).toMatchObject({ columns: 4, rows: 4, span: 1, cameraIds: ids(16) });
    expect(layOut({ ...wish, size: 9, page: 1 }).cameraIds).toEqual(ids(16).slice(9));
    expect([pagesOf(16, 9), pagesOf(0, 4), pagesOf(4, 4)]).toEqual([2, 1, 1]);
  });

  it('shows the enlarged camera alone, before any alarm', () => {
    expect(layOut({ ...wish, alarmed: ['cam-1'], enlarged: 'cam-5' })).toMatchObject({
      columns: 1,
      cameraIds: ['cam-5'],
    });
  });

  it('brings up a camera of an alarm that is on another page, and keeps the others in sight', () => {
    const layout = layOut({ ...wish, size: 4, page: 0, alarmed: ['cam-12'] });
    expect(layout.cameraIds).toEqual(['cam-12', 'cam-0', 'cam-1', 'cam-2', 'cam-3']);
    expect([...layout.large]).toEqual(['cam-12']);
  });

  it('makes room for two and keeps all sixteen', () => {
    const layout = layOut({ ...wish, alarmed: ['cam-3', 'cam-4', 'cam-3', 'unknown'] });
    expect(layout).toMatchObject({ columns: 6, span: 3, rows: 6 });
    expect(layout.cameraIds.toSorted()).toEqual(ids(16).toSorted());
  });

  it('brings up the camera that sees the gate to be opened, and leaves the others where they are', () => {
    expect(withGates(['cam-3', 'cam-4'], ['cam-1'])).toEqual(['cam-3', 'cam-4', 'cam-1']);
    expect(withGates(['cam-3', 'cam-4'], ['cam-3', 'cam-3'])).toEqual(['cam-3', 'cam-4']);
    const crowded = layOut({ ...wish, alarmed: withGates(['cam-3', 'cam-4', 'cam-5', 'cam-6', 'cam-1'], ['cam-1']) });
    expect([...crowded.large]).toEqual(['cam-3', 'cam-4', 'cam-5', 'cam-1']);
    expect(withGates(['cam-3'], [])).toEqual(['cam-3']);
  });

  it('leaves no empty line beside an odd one', () => {
    expect(layOut({ ...wish, alarmed: ['cam-3', 'cam-4', 'cam-5'] })).toMatchObject({ columns: 6, rows: 7 });
  });

  it('never asks for more cells than it has, and shows every alarmed camera up to four', () => {
    holds(
      property(
        integer({ min: 0, max: 30 }),
        constantFrom(1, 4, 9, 16),
        integer({ min: 0, max: 8 }),
        array(integer({ min: 0, max: 40 }), { maxLength: 6 }),
        (count, size, page, alarmed) => {
          const cameraIds = ids(count);
          const layout = layOut({
            cameraIds,
            size,
            page: Math.min(page, pagesOf(count, size) - 1),
            alarmed: alarmed.map((index) => `cam-${index}`),
            enlarged: null,
          });
          const cells = layout.cameraIds.reduce((sum, id) => sum + (layout.large.has(id) ? layout.span ** 2 : 1), 0);
          expect(cells).toBeLessThanOrEqual(layout.columns * layout.rows);
          expect(new Set(layout.cameraIds).size).toBe(layout.cameraIds.length);
          const known = [...new Set(alarmed.map((index) => `cam-${index}`))].filter((id) => cameraIds.includes(id));
          expect(known.slice(0, size === 1 ? 1 : 4).every((id) => layout.cameraIds.includes(id))).toBe(true);
        },
      ),
    );
  });
});
