import { describe, expect, it } from 'vitest';
import {
  connect,
  crashAndRestart,
  createTestStation,
  PINS,
  refusalOf,
  settle,
  valueOf,
  type TestSeat,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';
import { monitoringRoom, postId } from '../../../domain/posts/post.ts';

const KEY = 'k'.repeat(40);
const desk = (test: TestStation, session: string | null = null): TestSeat =>
  connect(test.station, test.clock, test.ids, { seatKey: KEY, session });
const welcomeOf = (seat: TestSeat) => seat.received.find((message) => message.t === 'welcome');
const idOf = (seat: TestSeat): string => welcomeOf(seat)?.seat.seatId ?? '';
const facts = (test: TestStation) => test.journal.facts(0, 100_000);
const factsOf = (test: TestStation, seatId: string) =>
  facts(test)
    .filter(({ kind, entityId }) => kind === 'seat' && entityId === seatId)
    .map(({ type }) => type);

/** The volunteer at a seat with a key. */
const seated = async () => {
  const test = await createTestStation();
  const seat = desk(test);
  expect(await seat.signIn('li', PINS.volunteer)).toBe(true);
  return { test, seat, seatId: idOf(seat) };
};

describe('a seat', () => {
  it('is written down before the first thing that is done at it, once; every fact of it has its id', async () => {
    const { test, seat, seatId } = await seated();
    valueOf(await seat.command('addNote', { text: '楼道灯坏了' }));
    const mine = facts(test).filter((fact) => fact.seat === seatId);
    expect(mine.map(({ type }) => type)).toEqual(['v1.SeatRecorded', 'v1.SignedIn', 'v1.NoteAdded']);
    expect(mine[0]?.body).toMatchObject({ kind: 'room', postId: monitoringRoom, name: null });
    expect(String(mine[0]?.body['keyHash'])).toMatch(/^[\da-f]{32}$/);
    const known = new Set(facts(test).flatMap(({ kind, entityId }) => (kind === 'seat' ? [entityId] : [])));
    for (const fact of facts(test)) expect([null, ...known]).toContain(fact.seat);
    expect(test.manager.rows('log').every(({ body }) => !('keyHash' in body))).toBe(true);
  });

  it('leaves nothing in the journal where nothing is done', async () => {
    const test = await createTestStation();
    const before = test.journal.lastSeq();
    const seat = desk(test);
    await settle();
    expect(welcomeOf(seat)?.seat).toEqual({ seatId: idOf(seat), kind: 'room', postId: monitoringRoom, name: null });
    expect(test.journal.lastSeq()).toBe(before);
  });

  it('says what it is for, and says it again when a manager changes that; a name changes nothing else', async () => {
    const { test, seat, seatId } = await seated();
    const named = { seatId, kind: 'room', postId: monitoringRoom, name: '左边那台' } as const;
    valueOf(await test.manager.command('changeSeat', named));
    expect(seat.isClosed()).toBe(false);
    valueOf(await test.manager.command('changeSeat', { ...named, kind: 'manager' }));
    expect([seat.isClosed(), seat.received.at(-1)]).toEqual([true, { t: 'bye', reason: 'seatChanged' }]);
    const back = desk(test, seat.token());
    expect(welcomeOf(back)).toMatchObject({
      seat: { seatId, kind: 'manager', name: '左边那台' },
      session: { personId: 'li' },
    });
    expect(factsOf(test, seatId)).toEqual(['v1.SeatRecorded', 'v1.SeatChanged', 'v1.SeatChanged']);
    const nowhere = { ...named, postId: postId('nowhere') };
    expect(refusalOf(await test.manager.command('changeSeat', nowhere))).toBe('notFound');
    expect(refusalOf(await back.command('changeSeat', named))).toBe('notAllowed');
  });

  it('was here when it was heard, which is in no journal', async () => {
    const { test, seat, seatId } = await seated();
    const before = test.journal.lastSeq();
    test.clock.advance(5000);
    seat.send({ t: 'sound', state: 'on' });
    const at = test.clock.nowMs();
    seat.leave();
    test.manager.send({ t: 'query', id: 'seen', query: { type: 'seatsSeen' } });
    await settle();
    expect(test.manager.reply('seen')?.value['seats']).toContainEqual({ seatId, isHere: false, heardAt: at });
    expect(test.journal.lastSeq()).toBe(before);
  });
});

describe('what can be done at a seat', () => {
  it('is what both the role and the kind of the seat are given: a manager at the gatehouse manages nothing', async () => {
    const { test, seat, seatId } = await seated();
    const gatehouse = { seatId, kind: 'gatehouse', postId: monitoringRoom, name: null } as const;
    valueOf(await test.manager.command('changeSeat', gatehouse));
    const back = desk(test, seat.token());
    await back.signIn(test.managerId, PINS.manager);
    expect(refusalOf(await back.command('removeContact', { contactId: 'son' }))).toBe('notAtThisSeat');
    expect(refusalOf(await back.command('addNote', { text: '我在门岗' }))).toBe('taken');
    expect(back.rows('seats')).toEqual([]);
    expect(test.manager.rows('seats').map((row) => row.seatId)).toContain(seatId);
    back.send({ t: 'query', id: 'seen', query: { type: 'seatsSeen' } });
    await settle();
    expect(back.reply('seen')).toMatchObject({ ok: false, value: { kind: 'notAtThisSeat' } });
  });
});

describe('a seat that is taken out of use', () => {
  it('is closed at once with the reason, its sessions end, and it is let in no more, also after a restart', async () => {
    const { test, seat, seatId } = await seated();
    const other = connect(test.station, test.clock, test.ids);
    await other.signIn('wu', PINS.guard);
    const token = seat.token();
    valueOf(await test.manager.command('revokeSeat', { seatId }));
    expect([seat.isClosed(), seat.received.at(-1)]).toEqual([true, { t: 'bye', reason: 'seatRevoked' }]);
    expect([other.isClosed(), test.manager.isClosed()]).toEqual([false, false]);
    expect(desk(test, token).received).toEqual([{ t: 'bye', reason: 'seatRevoked' }]);
    const again = await crashAndRestart(test);
    expect(desk(again, token).received).toEqual([{ t: 'bye', reason: 'seatRevoked' }]);
    const elsewhere = connect(again.station, again.clock, again.ids, { session: token });
    expect(welcomeOf(elsewhere)?.session).toBeNull();
  });

  it('is another one than the manager’s own; it cannot be changed, or taken out again', async () => {
    const { test, seatId } = await seated();
    expect(refusalOf(await test.manager.command('revokeSeat', { seatId: idOf(test.manager) }))).toBe('ownSeat');
    valueOf(await test.manager.command('revokeSeat', { seatId }));
    expect(refusalOf(await test.manager.command('revokeSeat', { seatId }))).toBe('seatRevoked');
    const change = { seatId, kind: 'room', postId: monitoringRoom, name: '还要用' } as const;
    expect(refusalOf(await test.manager.command('changeSeat', change))).toBe('seatRevoked');
    expect(refusalOf(await test.manager.command('revokeSeat', { seatId: 'nobody' }))).toBe('notFound');
  });
});
