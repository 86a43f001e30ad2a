import { describe, expect, it } from 'vitest';
import {
  connect,
  createTestStation,
  PINS,
  pass,
  seatOf,
  settle,
  valueOf,
  type TestSeat,
  type TestStation,
} from '../../../tests/support/station-harness.ts';
import type { CollectionName } from '../../contract/views.schema.ts';
import { BUFFER_LIMIT_BYTES } from './seat-feed.ts';

const visit = { kind: 'family', name: '陈小姐', phone: null, plate: null, visiting: '3-1-502' } as const;

/** A volunteer's seat whose screen shows these windows. */
const showing = async (test: TestStation, shows: readonly CollectionName[]): Promise<TestSeat> => {
  const seat = connect(test.station, test.clock, test.ids, { shows });
  expect(await seat.signIn('li', PINS.volunteer)).toBe(true);
  return seat;
};
const shownBy = (seat: TestSeat) =>
  seat.received.flatMap((message) => (message.t === 'shown' ? [message.collections] : []));
/** How many rows of this collection came since `from`. */
const rowsSent = (seat: TestSeat, collection: string, from = 0): number =>
  seat.received
    .slice(from)
    .flatMap((message) => (message.t === 'patch' || message.t === 'snapshot' ? message.rows : []))
    .filter((row) => row.collection === collection).length;

describe('a window', () => {
  it('is sent to seats whose screen shows it, and its changes to nobody else', async () => {
    const test = await createTestStation();
    const [room, desk] = [await showing(test, []), await showing(test, ['visits', 'log'])];
    valueOf(await desk.command('registerVisit', visit));
    expect(desk.rows('visits')).toHaveLength(1);
    expect(rowsSent(desk, 'log')).toBeGreaterThan(0);
    expect([rowsSent(room, 'visits'), rowsSent(room, 'log')]).toEqual([0, 0]);
    expect(room.rows('cameras')).toHaveLength(2);
  });

  it('comes whole when a screen begins to show it, then change by change, and is said to be there', async () => {
    const test = await createTestStation();
    const seat = await showing(test, []);
    const { visitId } = valueOf(await seat.command('registerVisit', visit));
    seat.send({ t: 'show', collections: ['visits'] });
    expect(seat.rows('visits')).toMatchObject([{ visitId, state: 'inside' }]);
    expect(shownBy(seat).at(-1)).toEqual(['visits']);
    valueOf(await seat.command('visitorLeft', { visitId: String(visitId) }));
    expect(seat.rows('visits')).toMatchObject([{ visitId, state: 'left' }]);
    seat.send({ t: 'show', collections: [] });
    const from = seat.received.length;
    valueOf(await seat.command('takeBackDeparture', { visitId: String(visitId) }));
    expect(rowsSent(seat, 'visits', from)).toBe(0);
  });

  it('is not shown to whoever may not see it, whatever their screen asks for', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('registerVisit', visit));
    const nobody = connect(test.station, test.clock, test.ids, { shows: ['visits', 'log'] });
    nobody.send({ t: 'show', collections: ['visits', 'log', 'contacts'] });
    await settle();
    expect(['visits', 'log', 'contacts'].map((name) => rowsSent(nobody, name))).toEqual([0, 0, 0]);
  });

  it('is said to be there only once its rows are: a seat that does not read gets both when it has', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('registerVisit', visit));
    const seat = await showing(test, []);
    const said = shownBy(seat).length;
    seat.buffer(BUFFER_LIMIT_BYTES + 1);
    seat.send({ t: 'show', collections: ['visits'] });
    await pass(test.clock, 2000);
    expect([rowsSent(seat, 'visits'), shownBy(seat).length]).toEqual([0, said]);
    seat.buffer(0);
    await pass(test.clock, 1000);
    expect(seat.rows('visits')).toHaveLength(1);
    expect(shownBy(seat).slice(said)).toEqual([['visits']]);
  });

  it('goes on where it was after a cut, with what was missed', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const { visitId } = valueOf(await seat.command('registerVisit', visit));
    const welcome = seat.received.find((message) => message.t === 'welcome');
    const bootId = welcome?.t === 'welcome' ? welcome.bootId : '';
    const rows = new Map<string, unknown>(seat.rows('visits').map((row) => [`visits/${row.visitId}`, row]));
    seat.leave();
    valueOf(await test.manager.command('visitorLeft', { visitId: String(visitId) }));
    const back = connect(test.station, test.clock, test.ids, {
      session: seat.token(),
      resume: { bootId, seq: seat.seq() },
      rows,
      shows: ['visits'],
    });
    expect(back.rows('visits')).toMatchObject([{ visitId, state: 'left' }]);
    expect(shownBy(back)).toEqual([['visits']]);
    expect(rowsSent(back, 'log')).toBe(0);
  });
});
