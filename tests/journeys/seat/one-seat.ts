/** What most journeys of the seat begin with: the seat is built once a file, and each test has one that ends with it, without errors. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { buildSeat, openSeat, usual, type BuiltSeat, type Look, type OpenOptions, type OpenSeat } from './seat-page.ts';

/** Called once, at the top of a file; returns the way for a test to open its seat. */
export const oneSeatEach = (): ((look?: Look, options?: OpenOptions) => Promise<OpenSeat>) => {
  let built: BuiltSeat;
  let seat: OpenSeat | null = null;
  beforeAll(async () => {
    built = await buildSeat();
  });
  afterEach(async () => {
    expect(seat?.errors ?? []).toEqual([]);
    await seat?.close();
    seat = null;
  });
  afterAll(() => built.close());
  return async (look = usual, options = {}) => {
    seat = await openSeat(built, look, options);
    return seat;
  };
};
