import { describe, expect, it } from 'vitest';
import {
  createTestStation,
  pass,
  seatOf,
  settle,
  valueOf,
  type TestSeat,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';
import { seconds } from '../../../domain/kernel/time.ts';

const open = { barrierId: 'north', reason: 'visitor', note: null } as const;
const gateOf = (seat: TestSeat) => seat.rows('barriers').find(({ barrierId }) => barrierId === 'north');
const onTheWay = (seat: TestSeat): readonly string[] | undefined =>
  seat.received.findLast((message) => message.t === 'tick')?.health.armsMoving;
const told = (test: TestStation, afterSeq: number): readonly string[] =>
  test.journal
    .facts(afterSeq, 1000)
    .filter(({ kind }) => kind === 'barrier')
    .map(({ type, body }) => (type === 'v1.BarrierPositionReported' ? `${type} ${String(body['position'])}` : type));

const start = async () => {
  const test = await createTestStation();
  const seat = await seatOf(test, 'wu');
  await pass(test.clock, seconds(1));
  return { test, seat, from: test.journal.lastSeq() };
};

describe('a passage through a gate', () => {
  it('is four lines up and four down: that the arm was on its way between its ends is shown, and not written down', async () => {
    const { test, seat, from } = await start();
    valueOf(await seat.command('openBarrier', open));
    await settle();
    expect([onTheWay(seat), gateOf(seat)?.position]).toEqual([['north'], 'closed']);
    await pass(test.clock, seconds(4));
    expect([onTheWay(seat), gateOf(seat)?.position]).toEqual([[], 'open']);
    valueOf(await seat.command('closeBarrier', { barrierId: 'north', reason: 'afterPassage', note: null }));
    await pass(test.clock, seconds(4));
    expect([onTheWay(seat), gateOf(seat)?.position]).toEqual([[], 'closed']);
    const motion = ['v1.BarrierCommanded', 'v1.BarrierMotionSent', 'v1.BarrierMotionAccepted'];
    expect(told(test, from)).toEqual([...motion, 'v1.BarrierMotionConfirmed', ...motion, 'v1.BarrierMotionConfirmed']);
  });

  it('that ends half way is written down: the arm was last seen on its way, and never where it was before', async () => {
    const { test, seat, from } = await start();
    valueOf(await seat.command('openBarrier', open));
    test.barriers.stand('north', 'moving');
    await pass(test.clock, seconds(10));
    expect(told(test, from).slice(3)).toEqual(['v1.BarrierMotionUnconfirmed', 'v1.BarrierPositionReported moving']);
    expect([onTheWay(seat), gateOf(seat)?.position]).toEqual([[], 'moving']);
  });

  it('that nobody asked for is written down at once: closing onto such an arm is refused', async () => {
    const { test, seat, from } = await start();
    test.barriers.stand('north', 'moving');
    await settle();
    expect(told(test, from)).toEqual(['v1.BarrierPositionReported moving']);
    const answer = await seat.command('closeBarrier', { barrierId: 'north', reason: 'other', note: null });
    expect(answer).toMatchObject({ ok: false, refusal: { kind: 'armMoving' } });
  });
});
