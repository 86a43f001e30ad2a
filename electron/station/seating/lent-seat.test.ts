/** A manager reads at the seat of whoever has the watch. */
import { describe, expect, it } from 'vitest';
import {
  connect,
  crashAndRestart,
  createTestStation,
  pass,
  PINS,
  pressHelp,
  seatOf,
  settle,
  valueOf,
  type TestSeat,
  type TestStation,
} from '../../../tests/support/station-harness.ts';

const signOut = async (seat: TestSeat): Promise<void> => {
  seat.send({ t: 'signOut', id: `out-${String(seat.received.length)}` });
  await settle();
};
const whoSits = (seat: TestSeat): unknown =>
  seat.received.findLast((message) => message.t === 'signedIn' || message.t === 'welcome');
const li = { session: { personId: 'li', role: 'volunteer' } };
const escalations = (test: TestStation) =>
  test.journal.facts(0, 10_000).filter(({ type }) => type === 'v1.IncidentEscalated');

/** Li has the watch, sits at the room's seat and has a call; then the manager signs in there. */
const lent = async () => {
  const test = await createTestStation();
  const seat = await seatOf(test, 'li', { seatKey: 'k'.repeat(40) });
  valueOf(await seat.command('beginTakeover', {}));
  valueOf(await seat.command('acceptTakeover', { seenItems: [] }));
  pressHelp(test);
  await settle();
  valueOf(await seat.command('claimIncident', { incidentId: seat.rows('incidents')[0]?.incidentId ?? '' }));
  const before = escalations(test).length;
  const token = seat.token();
  expect(await seat.signIn(test.managerId, PINS.manager)).toBe(true);
  await settle();
  return { test, seat, token, before };
};

describe('a manager who reads at the seat of whoever has the watch', () => {
  it('acts as a manager, ends nobody’s session or duty, and what sounds goes on as it was', async () => {
    const { test, seat, token, before } = await lent();
    valueOf(await seat.command('addManagerNote', { seq: 1, text: '看过了' }));
    expect(seat.rows('log').at(-1)?.actor).toBe(test.managerId);
    expect(seat.rows('shift')[0]?.responsible?.personId).toBe('li');
    // The call is still hers, and nobody is called again for it.
    expect(seat.rows('incidents')[0]).toMatchObject({ claimedBy: 'li', recall: null });
    expect(escalations(test)).toHaveLength(before);
    const hers = connect(test.station, test.clock, test.ids, { session: token });
    expect(hers.received[0]).toMatchObject(li);
    test.clock.advance(1000);
    expect(seat.received.findLast(({ t }) => t === 'tick')).toMatchObject({ health: { seatsWithoutSound: 0 } });
  });

  it('goes, and she is there again, without a PIN', async () => {
    const { test, seat } = await lent();
    const window = connect(test.station, test.clock, test.ids, { seatKey: 'k'.repeat(40), session: seat.token() });
    await signOut(seat);
    for (const one of [seat, window]) expect(whoSits(one)).toMatchObject(li);
    expect(seat.token()).toBe(window.token());
    valueOf(await window.command('addNote', { text: '我在' }));
    const again = connect(test.station, test.clock, test.ids, { seatKey: 'k'.repeat(40), session: seat.token() });
    expect(again.received[0]).toMatchObject(li);
    await signOut(seat);
    expect(whoSits(seat)).toMatchObject({ session: null });
    expect(test.journal.rows('sessionIndex').filter(({ doc }) => doc['personId'] === 'li')).toEqual([]);
  });

  it('goes after a restart, and she is there again', async () => {
    const { test, seat } = await lent();
    const later = await crashAndRestart(test);
    const back = connect(later.station, later.clock, later.ids, { seatKey: 'k'.repeat(40), session: seat.token() });
    await signOut(back);
    expect(whoSits(back)).toMatchObject(li);
  });

  it('hands the seat to another manager, and she still has it', async () => {
    const { test, seat } = await lent();
    const zhao = { personId: 'zhao', name: '赵经理', role: 'manager', pin: '6142', active: true } as const;
    valueOf(await seat.command('addPerson', zhao));
    expect(await seat.signIn('zhao', '6142')).toBe(true);
    expect(test.journal.rows('sessionIndex').filter(({ doc }) => doc['personId'] === 'zhao')).toHaveLength(1);
    await signOut(seat);
    expect(whoSits(seat)).toMatchObject(li);
  });
});

describe('the seat is not lent', () => {
  it('to who takes the watch over, nor to who is no manager: whoever sat there is signed out', async () => {
    const { test, seat } = await lent();
    await signOut(seat);
    expect(await seat.signIn('wu', PINS.guard)).toBe(true);
    await pass(test.clock, 1000);
    expect(test.journal.rows('sessionIndex').filter(({ doc }) => doc['personId'] === 'li')).toEqual([]);
    await signOut(seat);
    expect(whoSits(seat)).toMatchObject({ session: null });
  });
});
