import { describe, expect, it } from 'vitest';
import {
  connect,
  crashAndRestart,
  createTestStation,
  createWorld,
  everythingStored,
  pass,
  PINS,
  refusalOf,
  seatOf,
  settle,
  type TestSeat,
  type TestStation,
  valueOf,
} from '../../../tests/support/station-harness.ts';
import { makeRecoveryCode, normaliseRecoveryCode } from '../parts/recovery-code.ts';
import { waitAfterFailures } from './pin-guard.ts';

const signIn = async (test: TestStation, seat: TestSeat, personId: string, pin: string) => {
  const id = test.ids.next();
  seat.send({ t: 'signIn', id, personId, pin });
  await settle();
  return seat.reply(id);
};

const recover = async (test: TestStation, seat: TestSeat, code: string, newPin: string) => {
  const id = test.ids.next();
  seat.send({ t: 'recover', id, code, newPin });
  await settle();
  return seat.reply(id);
};

const failures = (test: TestStation) => test.journal.facts(0, 1000).filter(({ type }) => type === 'v1.SignInFailed');

describe('signing in', () => {
  it('by name and PIN gives a session, and what the role may see', async () => {
    const test = await createTestStation();
    const seat = connect(test.station, test.clock, test.ids);
    expect(seat.rows('log')).toEqual([]);
    expect(await signIn(test, seat, 'li', PINS.volunteer)).toMatchObject({ ok: true });
    expect(seat.received.find((message) => message.t === 'signedIn')).toMatchObject({
      session: { personId: 'li', role: 'volunteer' },
    });
    expect(seat.rows('log').length).toBeGreaterThan(0);
  });

  it('with a wrong PIN gives nothing, whoever it is', async () => {
    const test = await createTestStation();
    const seat = connect(test.station, test.clock, test.ids);
    expect(await signIn(test, seat, 'li', '0001')).toMatchObject({ ok: false, value: { kind: 'wrongPin' } });
    expect(await signIn(test, seat, 'nobody', '0001')).toMatchObject({ ok: false, value: { kind: 'wrongPin' } });
  });

  it('waits longer after each failure, also when many try at once, and is in the journal from the fifth on', async () => {
    const test = await createTestStation();
    const seat = connect(test.station, test.clock, test.ids);
    const kinds: unknown[] = [];
    for (let times = 0; times < 4; times += 1) kinds.push((await signIn(test, seat, 'li', '0001'))?.value['kind']);
    expect(kinds).toEqual(['wrongPin', 'wrongPin', 'wrongPin', 'tooManyAttempts']);
    expect(await signIn(test, seat, 'li', PINS.volunteer)).toMatchObject({
      ok: false,
      value: { details: { waitMs: 2000 } },
    });
    await pass(test.clock, 2000);
    await signIn(test, seat, 'li', '0001');
    expect(failures(test)).toEqual([]);
    await pass(test.clock, 4000);
    await signIn(test, seat, 'li', '0001');
    expect(failures(test)).toEqual([expect.objectContaining({ entityId: 'li', body: { failures: 5 } })]);
    await pass(test.clock, 8000);
    expect(await signIn(test, seat, 'li', PINS.volunteer)).toMatchObject({ ok: true });
  });

  it('grows to a minute and no further', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 20].map(waitAfterFailures)).toEqual([
      0, 0, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ]);
  });
});

describe('a session', () => {
  it('survives a restart of the station; the journal holds no token', async () => {
    const before = await createTestStation();
    const seat = await seatOf(before, 'wu');
    const test = await crashAndRestart(before);
    const back = connect(test.station, test.clock, test.ids, { session: seat.token() });
    expect(back.received[0]).toMatchObject({ t: 'welcome', session: { personId: 'wu', role: 'guard' } });
    expect(JSON.stringify(test.journal.facts(0, 1000))).not.toContain(seat.token());
  });

  it("that was made up is nobody's", async () => {
    const test = await createTestStation();
    const seat = connect(test.station, test.clock, test.ids, { session: 'x'.repeat(43) });
    expect(seat.received[0]).toMatchObject({ t: 'welcome', session: null });
  });

  it('ends with signing out, for good', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    seat.send({ t: 'signOut', id: 'out' });
    await settle();
    expect(seat.rows('visits')).toEqual([]);
    expect(refusalOf(await seat.command('addNote', { text: '还在吗' }))).toBe('notSignedIn');
    expect(connect(test.station, test.clock, test.ids, { session: seat.token() }).received[0]).toMatchObject({
      session: null,
    });
  });

  it.each([
    ['is no longer active', { role: 'guard', active: false, pin: null }],
    ['has another role', { role: 'volunteer', active: true, pin: null }],
    ['has another PIN', { role: 'guard', active: true, pin: '9053' }],
  ] as const)('ends at once when the person %s', async (_why, change) => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    valueOf(await test.manager.command('addPerson', { personId: 'wu', name: '吴师傅', ...change }));
    expect(seat.received.findLast((message) => message.t === 'signedIn')).toMatchObject({ session: null });
    expect(seat.rows('log')).toEqual([]);
    expect(refusalOf(await seat.command('addNote', { text: '还在吗' }))).toBe('notSignedIn');
    const back = connect(test.station, test.clock, test.ids, { session: seat.token() });
    expect(back.received[0]).toMatchObject({ session: null });
  });

  it('is not left behind by a seat that went away while the PIN was looked at', async () => {
    const world = createWorld();
    const { pins } = world.deps;
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const test = await createTestStation({
      ...world,
      deps: {
        ...world.deps,
        pins: {
          ...pins,
          verify: async (pin, stored) => {
            if (pin === PINS.guard) await gate;
            return pins.verify(pin, stored);
          },
        },
      },
    });
    const seat = connect(test.station, test.clock, test.ids);
    seat.send({ t: 'signIn', id: 'in', personId: 'wu', pin: PINS.guard });
    seat.leave();
    go();
    await settle();
    expect(test.journal.rows('sessionIndex').filter(({ doc }) => doc['personId'] === 'wu')).toEqual([]);
    expect(
      test.journal
        .facts(0, 1000)
        .slice(-3)
        .map(({ type }) => type),
    ).toEqual(['v1.SignedIn', 'v1.SignedOut', 'v1.SessionsEnded']);
  });

  it('is replaced when another person signs in at the same seat', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const token = seat.token();
    expect(await seat.signIn('wu', PINS.guard)).toBe(true);
    expect(connect(test.station, test.clock, test.ids, { session: token }).received[0]).toMatchObject({
      session: null,
    });
    valueOf(await seat.command('addNote', { text: '换班' }));
    expect(seat.rows('log').at(-1)?.actor).toBe('wu');
  });
});

describe('the recovery code', () => {
  it('gives the first manager a new PIN once, and the next code', async () => {
    const test = await createTestStation();
    const seat = connect(test.station, test.clock, test.ids);
    const typed = test.recoveryCode.toLowerCase().replaceAll('-', ' ');
    const reply = await recover(test, seat, typed, '9053');
    expect(reply).toMatchObject({ ok: true });
    expect(await signIn(test, seat, test.managerId, '9053')).toMatchObject({ ok: true });
    expect(test.manager.received.findLast((message) => message.t === 'signedIn')).toMatchObject({ session: null });
    expect(await recover(test, seat, test.recoveryCode, '6142')).toMatchObject({
      ok: false,
      value: { kind: 'wrongCode' },
    });
    expect(await recover(test, seat, String(reply?.value['recoveryCode']), '6142')).toMatchObject({ ok: true });
  });

  it('does not bring back a manager who may no longer be one', async () => {
    const test = await createTestStation();
    const other = { personId: 'zhao', name: '赵经理', role: 'manager', pin: '6142', active: true } as const;
    valueOf(await test.manager.command('addPerson', other));
    const seat = connect(test.station, test.clock, test.ids);
    expect(await seat.signIn('zhao', '6142')).toBe(true);
    valueOf(
      await seat.command('addPerson', {
        personId: test.managerId,
        name: '张建国',
        role: 'manager',
        pin: null,
        active: false,
      }),
    );
    expect(await recover(test, seat, test.recoveryCode, '9053')).toMatchObject({
      ok: false,
      value: { kind: 'wrongCode' },
    });
    expect(test.journal.row('people', test.managerId)).toMatchObject({ active: false });
  });

  it('used twice at once works once', async () => {
    const test = await createTestStation();
    const seat = connect(test.station, test.clock, test.ids);
    const both = await Promise.all([
      recover(test, seat, test.recoveryCode, '9053'),
      recover(test, seat, test.recoveryCode, '6142'),
    ]);
    expect(both.map((reply) => reply?.ok)).toEqual([true, false]);
  });

  it('takes no guesses without end and no trivial PIN', async () => {
    const test = await createTestStation();
    const seat = connect(test.station, test.clock, test.ids);
    expect(await recover(test, seat, test.recoveryCode, '1234')).toMatchObject({
      ok: false,
      value: { kind: 'pinTrivial' },
    });
    for (let times = 0; times < 3; times += 1) await recover(test, seat, 'AAAA-AAAA-AAAA-AAAA', '9053');
    expect(await recover(test, seat, test.recoveryCode, '9053')).toMatchObject({
      ok: false,
      value: { kind: 'tooManyAttempts' },
    });
  });

  it('reads what people confuse', () => {
    expect(makeRecoveryCode('00'.repeat(32))).toBe('0000-0000-0000-0000');
    expect(normaliseRecoveryCode('o0il-1abc')).toBe('00111ABC');
  });
});

describe('a PIN of one’s own', () => {
  const change = async (seat: TestSeat, oldPin: string, newPin: string): Promise<string> => {
    const id = `change-${oldPin}-${newPin}-${String(seat.received.length)}`;
    seat.send({ t: 'changePin', id, oldPin, newPin });
    await settle();
    const answer = seat.reply(id);
    return answer?.ok === true ? 'taken' : String(answer?.value['kind']);
  };

  it('is changed by whoever knows the old one, and this seat stays signed in while the others are not', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const other = await seatOf(test, 'li');
    expect(await change(seat, PINS.volunteer, '9053')).toBe('taken');
    expect(refusalOf(await seat.command('addNote', { text: '还在' }))).toBe('taken');
    expect(refusalOf(await other.command('addNote', { text: '不在了' }))).toBe('notSignedIn');
    const fresh = connect(test.station, test.clock, test.ids);
    expect(await fresh.signIn('li', PINS.volunteer)).toBe(false);
    expect(await fresh.signIn('li', '9053')).toBe(true);
    expect(test.manager.rows('people').find(({ personId }) => personId === 'li')).toMatchObject({
      name: '李阿姨',
      role: 'volunteer',
      active: true,
    });
  });

  it('is not changed without the old one, nor to one that is easily guessed, nor by nobody', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    expect(await change(seat, '1111', '9053')).toBe('wrongPin');
    expect(await change(seat, PINS.volunteer, '1234')).toBe('pinTrivial');
    expect(await change(connect(test.station, test.clock, test.ids), PINS.volunteer, '9053')).toBe('notSignedIn');
    expect(await change(seat, '1111', '9053')).toBe('wrongPin');
    expect(await change(seat, '2222', '9053')).toBe('wrongPin');
    expect(await change(seat, PINS.volunteer, '9053')).toBe('tooManyAttempts');
  });

  it('is nowhere in the plain', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    await change(seat, PINS.volunteer, '90539053');
    expect(everythingStored(test.world)).not.toContain('90539053');
  });
});
