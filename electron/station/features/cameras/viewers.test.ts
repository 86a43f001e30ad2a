import { describe, expect, it } from 'vitest';
import {
  connect,
  createTestStation,
  pass,
  PINS,
  settle,
  type TestSeat,
  valueOf,
} from '../../../../tests/support/station-harness.ts';
import { SEATLESS_MS } from './viewers.ts';

type Test = Awaited<ReturnType<typeof createTestStation>>;

const signedInAs = ({ received }: TestSeat): string | null | undefined => {
  const welcome = received.find((message) => message.t === 'welcome');
  return welcome === undefined ? undefined : (welcome.session?.personId ?? null);
};

const seatOf = async (test: Test, seatId: string, session: string | null = null) => {
  const seat = connect(test.station, test.clock, test.ids, { seatId, session });
  await settle();
  if (session === null) await seat.signIn('li', PINS.volunteer);
  const id = test.ids.next();
  seat.send({ t: 'query', id, query: { type: 'videoTicket' } });
  await settle();
  expect(seat.reply(id)?.ok).toBe(true);
  return seat;
};

describe('pictures', () => {
  it('end with the session when somebody signs out', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'room');
    expect(test.video.dismissed()).toEqual([]);
    seat.send({ t: 'signOut', id: test.ids.next() });
    await settle();
    expect(test.video.dismissed()).toHaveLength(1);
  });

  it('end with the session when somebody else signs in at the seat', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'room');
    await seat.signIn('wu', PINS.guard);
    expect(test.video.dismissed()).toHaveLength(1);
  });

  it('end with the session of a seat that lost its connection, at once when somebody else signs in there', async () => {
    const test = await createTestStation();
    const first = await seatOf(test, 'room');
    const elsewhere = await seatOf(test, 'gatehouse');
    first.leave();
    const second = connect(test.station, test.clock, test.ids, { seatId: 'room' });
    await second.signIn('wu', PINS.guard);
    expect(test.video.dismissed()).toHaveLength(1);
    const back = connect(test.station, test.clock, test.ids, { seatId: 'room', session: first.token() });
    const there = connect(test.station, test.clock, test.ids, { seatId: 'gatehouse', session: elsewhere.token() });
    await settle();
    expect(signedInAs(back)).toBeNull();
    expect(signedInAs(there)).toBe('li');
    const facts = test.journal.facts(0, 1000).map(({ type, actor }) => `${type} ${actor}`);
    expect(facts).toContain('v1.SessionsEnded wu');
    expect(facts.filter((fact) => fact.startsWith('v1.SignedOut'))).toEqual([]);
  });

  it('end when a manager says that the person has left', async () => {
    const test = await createTestStation();
    await seatOf(test, 'room');
    const left = { personId: 'li', name: '李阿姨', role: 'volunteer', pin: null, active: false } as const;
    valueOf(await test.manager.command('addPerson', left));
    await settle();
    expect(test.video.dismissed()).toHaveLength(1);
  });

  it('end soon after the last seat of the session is closed, and not when it comes back before', async () => {
    const test = await createTestStation();
    const first = await seatOf(test, 'room');
    first.leave();
    const again = await seatOf(test, 'room', first.token());
    await pass(test.clock, SEATLESS_MS + 1000);
    expect(test.video.dismissed()).toEqual([]);
    again.leave();
    await pass(test.clock, SEATLESS_MS + 1000);
    expect(test.video.dismissed()).toHaveLength(1);
  });

  it('go on in one window of a session when the other one is closed', async () => {
    const test = await createTestStation();
    const first = await seatOf(test, 'room');
    const second = await seatOf(test, 'room', first.token());
    first.leave();
    await pass(test.clock, SEATLESS_MS + 1000);
    expect([second.isClosed(), test.video.dismissed()]).toEqual([false, []]);
    second.leave();
    await pass(test.clock, SEATLESS_MS + 1000);
    expect(test.video.dismissed()).toHaveLength(1);
  });

  it('go on for everybody else when somebody signs out', async () => {
    const test = await createTestStation();
    const here = await seatOf(test, 'room');
    const left = await seatOf(test, 'gatehouse');
    left.send({ t: 'signOut', id: test.ids.next() });
    await settle();
    expect(test.video.dismissed()).toHaveLength(1);
    here.leave();
    await pass(test.clock, SEATLESS_MS + 1000);
    expect(new Set(test.video.dismissed()).size).toBe(2);
  });
});
