import { describe, expect, it } from 'vitest';
import {
  connect,
  crashAndRestart,
  createTestStation,
  pass,
  PINS,
  settle,
  type TestSeat,
  type TestStation,
} from '../../../tests/support/station-harness.ts';

const seatAt = (test: TestStation): TestSeat => connect(test.station, test.clock, test.ids);

/** `ok`, or the refusal's kind. */
const tryPin = async (test: TestStation, seat: TestSeat, personId: string, pin: string): Promise<unknown> => {
  const id = test.ids.next();
  seat.send({ t: 'signIn', id, personId, pin });
  await settle();
  const reply = seat.reply(id);
  return reply?.ok === true ? 'ok' : reply?.value['kind'];
};

const tryCode = async (test: TestStation, seat: TestSeat, code: string): Promise<unknown> => {
  const id = test.ids.next();
  seat.send({ t: 'recover', id, code, newPin: '9053' });
  await settle();
  const reply = seat.reply(id);
  return reply?.ok === true ? 'ok' : reply?.value['kind'];
};

const alarms = (test: TestStation) =>
  test.manager.rows('alarms').filter(({ cause, active }) => cause === 'pinGuessing' && active);

const wrongCode = 'AAAA-AAAA-AAAA-AAAA';

describe('wrong PINs at one seat', () => {
  it('keep nobody out at another, however well they are timed', async () => {
    const test = await createTestStation();
    const guesser = seatAt(test);
    for (let minutes = 0; minutes < 20; minutes += 1) {
      // The moment the wait is over, and before anybody else.
      for (let times = 0; times < 4; times += 1) await tryPin(test, guesser, 'li', '0001');
      expect(await tryPin(test, seatAt(test), 'li', PINS.volunteer)).toBe('ok');
      await pass(test.clock, 60_000);
    }
  });

  it('do not keep the recovery code from working at another', async () => {
    const test = await createTestStation();
    const guesser = seatAt(test);
    for (let times = 0; times < 4; times += 1) await tryCode(test, guesser, wrongCode);
    expect(await tryCode(test, guesser, test.recoveryCode)).toBe('tooManyAttempts');
    expect(await tryCode(test, seatAt(test), test.recoveryCode)).toBe('ok');
  });

  it('of one person keep no other from signing in there', async () => {
    const test = await createTestStation();
    const seat = seatAt(test);
    for (let times = 0; times < 4; times += 1) await tryPin(test, seat, 'li', '0001');
    expect(await tryPin(test, seat, 'wu', PINS.guard)).toBe('ok');
  });

  it('cost the same wait for a name that nobody has', async () => {
    const test = await createTestStation();
    const seat = seatAt(test);
    const kinds: unknown[] = [];
    for (let times = 0; times < 4; times += 1) kinds.push(await tryPin(test, seat, 'made-up', '0001'));
    expect(kinds).toEqual(['wrongPin', 'wrongPin', 'wrongPin', 'tooManyAttempts']);
  });
});

describe('many wrong tries', () => {
  it('for one person from ever new seats are an alarm, and from then on new seats are slow together', async () => {
    const test = await createTestStation();
    const known = seatAt(test);
    expect(await tryPin(test, known, 'li', PINS.volunteer)).toBe('ok');
    for (let times = 0; times < 9; times += 1) await tryPin(test, seatAt(test), 'li', '0001');
    expect(alarms(test)).toEqual([]);
    await tryPin(test, seatAt(test), 'li', '0001');
    expect(alarms(test)).toEqual([expect.objectContaining({ priority: 'medium', sourceId: 'station' })]);
    const kinds: unknown[] = [];
    for (let times = 0; times < 50; times += 1) kinds.push(await tryPin(test, seatAt(test), 'li', '0001'));
    expect(kinds.filter((kind) => kind === 'wrongPin')).toHaveLength(1);
    // Where somebody was signed in before, the right PIN is looked at all the same.
    expect(await tryPin(test, known, 'li', PINS.volunteer)).toBe('ok');
    await pass(test.clock, 2000);
    expect(await tryPin(test, seatAt(test), 'li', PINS.volunteer)).toBe('ok');
  });

  it('spread over people, names and the recovery code are the same alarm, once', async () => {
    const test = await createTestStation();
    for (const personId of ['li', 'wu', test.managerId, 'made-up']) {
      for (let times = 0; times < 2; times += 1) await tryPin(test, seatAt(test), personId, '0001');
    }
    for (let times = 0; times < 3; times += 1) await tryCode(test, seatAt(test), wrongCode);
    expect(alarms(test)).toEqual([]);
    await tryCode(test, seatAt(test), wrongCode);
    expect(alarms(test)).toHaveLength(1);
  });

  it('that lie far apart are slips of fingers', async () => {
    const test = await createTestStation();
    const seat = seatAt(test);
    for (let days = 0; days < 15; days += 1) {
      await tryPin(test, seat, 'li', '0001');
      await tryPin(test, seat, 'li', PINS.volunteer);
      await pass(test.clock, 8 * 3_600_000, 600_000);
    }
    expect(alarms(test)).toEqual([]);
  });

  it('stay an alarm over a restart, and new seats are slow again after four', async () => {
    const before = await createTestStation();
    for (let times = 0; times < 10; times += 1) await tryPin(before, seatAt(before), 'li', '0001');
    const test = await crashAndRestart(before);
    const kinds: unknown[] = [];
    for (let times = 0; times < 6; times += 1) kinds.push(await tryPin(test, seatAt(test), 'li', '0001'));
    expect(kinds.map((kind) => kind === 'wrongPin')).toEqual([true, true, true, true, true, false]);
    await pass(test.clock, 2000);
    expect(await tryPin(test, seatAt(test), 'li', PINS.volunteer)).toBe('ok');
  });
});
