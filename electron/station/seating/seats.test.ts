import { describe, expect, it } from 'vitest';
import {
  connect,
  createTestStation,
  PINS,
  settle,
  type ConnectOptions,
  type TestStation,
} from '../../../tests/support/station-harness.ts';

const KEY = 'k'.repeat(40);
const OTHER_KEY = 'o'.repeat(40);
const window = (test: TestStation, options: ConnectOptions = {}) =>
  connect(test.station, test.clock, test.ids, { seatKey: KEY, ...options });
/** The seat that the newest fact was done at. */
const seatOfNewest = (test: TestStation, type: string): string | null | undefined =>
  test.journal.facts(0, 100_000).findLast((fact) => fact.type === type)?.seat;

describe('two windows of one seat', () => {
  it('are both live: nobody is sent away, rows come to both, each is answered', async () => {
    const test = await createTestStation();
    const first = window(test);
    const second = window(test);
    await second.signIn('li', PINS.volunteer);
    expect(first.isClosed()).toBe(false);
    for (const one of [first, second])
      expect(await one.command('addNote', { text: '楼道灯坏了' })).toMatchObject({ ok: true });
    expect(first.seq()).toBe(test.journal.lastSeq());
    expect(second.seq()).toBe(test.journal.lastSeq());
  });

  it('stay live when the other one is closed', async () => {
    const test = await createTestStation();
    const first = window(test);
    await first.signIn('li', PINS.volunteer);
    window(test).leave();
    await settle();
    expect(await first.command('addNote', { text: '楼道灯坏了' })).toMatchObject({ ok: true });
  });

  it('have the same person before them, whichever of them was used', async () => {
    const test = await createTestStation();
    const first = window(test);
    const second = window(test);
    await first.signIn('li', PINS.volunteer);
    expect(second.received.findLast(({ t }) => t === 'signedIn')).toMatchObject({ session: { personId: 'li' } });
    expect(second.token()).toBe(first.token());
    await second.signIn('wu', PINS.guard);
    expect(first.received.findLast(({ t }) => t === 'signedIn')).toMatchObject({ session: { personId: 'wu' } });
    first.send({ t: 'signOut', id: 'out' });
    await settle();
    expect(second.received.findLast(({ t }) => t === 'signedIn')).toMatchObject({ session: null });
    expect(await second.command('addNote', { text: 'x' })).toMatchObject({ refusal: { kind: 'notSignedIn' } });
  });

  it('are one seat in the count, heard when one of them is', async () => {
    const test = await createTestStation();
    test.manager.leave();
    await settle();
    const first = window(test, { sound: 'off' });
    window(test, { sound: 'on' });
    test.clock.advance(1000);
    expect(first.received.findLast(({ t }) => t === 'tick')).toMatchObject({
      health: { seats: 1, seatsWithoutSound: 0 },
    });
  });
});

describe('a foreign connection', () => {
  it('gets a seat of its own when it names the id of a seat that has a key, also while that one is away', async () => {
    const test = await createTestStation();
    const mine = window(test);
    await mine.signIn('li', PINS.volunteer);
    const id = seatOfNewest(test, 'v1.SignedIn') ?? '';
    const foreign = connect(test.station, test.clock, test.ids, { seatId: id });
    await foreign.signIn('wu', PINS.guard);
    expect(seatOfNewest(test, 'v1.SignedIn')).not.toBe(id);
    expect(await mine.command('addNote', { text: '我还在' })).toMatchObject({ ok: true });
    mine.leave();
    await settle();
    const later = connect(test.station, test.clock, test.ids, { seatId: id });
    await later.signIn('wu', PINS.guard);
    expect(seatOfNewest(test, 'v1.SignedIn')).not.toBe(id);
  });

  it('gets a seat of its own with another key', async () => {
    const test = await createTestStation();
    const mine = window(test, { seatId: 'desk' });
    await mine.signIn('li', PINS.volunteer);
    const foreign = window(test, { seatId: 'desk', seatKey: OTHER_KEY });
    await foreign.signIn('wu', PINS.guard);
    expect(mine.received.findLast(({ t }) => t === 'signedIn')).toMatchObject({ session: { personId: 'li' } });
    expect(await mine.command('addNote', { text: '我还在' })).toMatchObject({ ok: true });
  });

  it('gets a seat of its own without a key where the id is in use, unless it shows the session', async () => {
    const test = await createTestStation();
    const mine = connect(test.station, test.clock, test.ids, { seatId: 'desk' });
    await mine.signIn('li', PINS.volunteer);
    const foreign = connect(test.station, test.clock, test.ids, { seatId: 'desk' });
    await foreign.signIn('wu', PINS.guard);
    expect(seatOfNewest(test, 'v1.SignedIn')).not.toBe('desk');
    const again = connect(test.station, test.clock, test.ids, { seatId: 'desk', session: mine.token() });
    await again.command('addNote', { text: '同一个席位' });
    expect(seatOfNewest(test, 'v1.NoteAdded')).toBe('desk');
    expect(mine.isClosed()).toBe(false);
  });

  it('is known by its key alone, whatever it calls itself', async () => {
    const test = await createTestStation();
    const first = window(test);
    await first.signIn('li', PINS.volunteer);
    const id = seatOfNewest(test, 'v1.SignedIn');
    first.leave();
    await settle();
    const back = window(test, { seatId: 'called-otherwise' });
    await back.signIn('li', PINS.volunteer);
    expect(seatOfNewest(test, 'v1.SignedIn')).toBe(id);
  });
});
