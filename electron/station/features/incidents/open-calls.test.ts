/** Calls for help that somebody has: when they ring again, and with whom they go. On a whole station. */
import { describe, expect, it } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  everythingStored,
  pass,
  PINS,
  pressHelp,
  refusalOf,
  seatOf,
  settle,
  valueOf,
  type TestSeat,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';
import { minutes, seconds } from '../../../domain/kernel/time.ts';

const callOf = (seat: TestSeat, sourceId = 'hp502') => {
  const call = seat.rows('incidents').find((one) => one.sourceId === sourceId);
  if (call === undefined) throw new Error(`no call of ${sourceId}`);
  return call;
};
const press = async (test: TestStation): Promise<void> => {
  pressHelp(test);
  await settle();
};
const claim = async (seat: TestSeat): Promise<void> => {
  valueOf(await seat.command('claimIncident', { incidentId: callOf(seat).incidentId }));
};
const answer = async (seat: TestSeat, ...given: readonly (readonly [step: string, answer: string])[]) => {
  for (const [step, one] of given)
    valueOf(await seat.command('answerStep', { incidentId: callOf(seat).incidentId, step, answer: one }));
};
const takeDuty = async (seat: TestSeat): Promise<void> => {
  const { openItems } = valueOf(await seat.command('beginTakeover', {}));
  valueOf(await seat.command('acceptTakeover', { seenItems: openItems as string[] }));
};
/** Whether the siren sounds for the call itself: a receiver that is silent all the while has a siren of its own. */
const siren = ({ journal }: TestStation, seat: TestSeat): boolean =>
  journal
    .outbox()
    .some(({ effect }) => effect['type'] === 'startSiren' && effect['source'] === callOf(seat).incidentId);
const factsOf = ({ journal }: TestStation, type: string) =>
  journal.facts(0, 100_000).filter((fact) => fact.type === type);
const setUp = async () => {
  const test = await createTestStation();
  const li = await seatOf(test, 'li');
  await takeDuty(li);
  await press(test);
  await claim(li);
  return { test, li };
};

describe('a shift that is taken over', () => {
  it('takes the running call along, in the same transaction, with a fact of its own', async () => {
    const { test, li } = await setUp();
    await answer(li, ['reach', 'noAnswer']);
    const wu = await seatOf(test, 'wu');
    await takeDuty(wu);
    expect(callOf(wu)).toMatchObject({ claimedBy: 'wu', escalation: 'attended', recall: null });
    const [passed] = factsOf(test, 'v1.IncidentPassedOn');
    expect(passed).toMatchObject({ actor: 'wu', body: { sourceId: 'hp502', by: 'wu', from: 'li' } });
    expect(passed?.commandId).toBe(factsOf(test, 'v1.ShiftTakenOver').at(-1)?.commandId);
    await answer(wu, ['sendSomebody', 'onTheWay'], ['seen', 'seenSafe']);
  });

  it('takes along what rings, what nobody took and what is laid aside, and silences none of it', async () => {
    const { test, li } = await setUp();
    await pass(test.clock, minutes(6) + seconds(1), seconds(5));
    expect(callOf(li).escalation).toBe('siren');
    const wu = await seatOf(test, 'wu');
    await takeDuty(wu);
    expect(callOf(wu)).toMatchObject({ claimedBy: 'wu', escalation: 'siren', recall: { why: 'left' } });
    expect(siren(test, test.manager)).toBe(true);
    await claim(wu);
    expect(siren(test, test.manager)).toBe(false);
    const untilMs = test.clock.nowMs() + minutes(20);
    valueOf(
      await wu.command('parkIncident', { incidentId: callOf(wu).incidentId, reason: 'ambulance comes', untilMs }),
    );
    await takeDuty(li);
    expect(callOf(li)).toMatchObject({ claimedBy: 'li', work: 'parked', parkedUntil: untilMs });
    await pass(test.clock, minutes(20) + seconds(1), seconds(30));
    expect(callOf(li).recall?.why).toBe('parkOver');

    const other = await createTestStation();
    await press(other);
    await pass(other.clock, seconds(61));
    const first = await seatOf(other, 'li');
    await takeDuty(first);
    expect(callOf(first)).toMatchObject({ claimedBy: 'li', escalation: 'siren', currentStep: { step: 'reach' } });
    expect(siren(other, first)).toBe(true);
  });
});

describe('taking a call over', () => {
  it('is never refused to who is on duty, and to others only while somebody is at it', async () => {
    const { test, li } = await setUp();
    const wu = await seatOf(test, 'wu');
    const { incidentId } = callOf(wu);
    expect(refusalOf(await wu.command('claimIncident', { incidentId }))).toBe('alreadyClaimed');
    await pass(test.clock, minutes(5) + seconds(1), seconds(5));
    expect(refusalOf(await wu.command('claimIncident', { incidentId }))).toBe('taken');
    expect(refusalOf(await li.command('claimIncident', { incidentId }))).toBe('taken');
    expect(callOf(li).claimedBy).toBe('li');
  });
});

describe('a call that somebody has', () => {
  it('rings at once when they sign out, and the siren sounds a minute later', async () => {
    const { test, li } = await setUp();
    await pass(test.clock, seconds(30));
    li.send({ t: 'signOut', id: test.ids.next() });
    await settle();
    const movedAt = callOf(test.manager).claimedAt;
    expect(callOf(test.manager)).toMatchObject({
      claimedBy: 'li',
      escalation: 'waiting',
      recall: { why: 'signedOut', since: movedAt },
    });
    expect(factsOf(test, 'v1.IncidentEscalated')).toMatchObject([{ body: { why: 'signedOut', claimedBy: 'li' } }]);
    await pass(test.clock, seconds(61));
    expect(siren(test, test.manager)).toBe(true);
    await li.signIn('li', PINS.volunteer);
    await claim(li);
    expect(callOf(li)).toMatchObject({ claimedBy: 'li', escalation: 'attended', recall: null });
    expect(siren(test, li)).toBe(false);
  });

  it('rings at once when somebody else signs in where they sat, or a manager bars them', async () => {
    const other = await setUp();
    await other.li.signIn('wu', PINS.guard);
    expect(callOf(other.test.manager).recall?.why).toBe('signedOut');
    const barred = await setUp();
    const gone = { personId: 'li', name: '李阿姨', role: 'volunteer', pin: null, active: false } as const;
    valueOf(await barred.test.manager.command('addPerson', gone));
    await settle();
    expect(callOf(barred.test.manager).recall?.why).toBe('signedOut');
  });

  it('does not ring for that when they still sit at another seat, when it is laid aside, closed but for a press, or passed on', async () => {
    const signOut = async (test: TestStation, seat: TestSeat): Promise<void> => {
      seat.send({ t: 'signOut', id: test.ids.next() });
      await settle();
    };
    const twice = await setUp();
    await seatOf(twice.test, 'li');
    await signOut(twice.test, twice.li);
    expect(callOf(twice.test.manager)).toMatchObject({ escalation: 'attended', recall: null });

    const parked = await setUp();
    const untilMs = parked.test.clock.nowMs() + minutes(20);
    const { incidentId } = callOf(parked.li);
    valueOf(await parked.li.command('parkIncident', { incidentId, reason: '等家属', untilMs }));
    await signOut(parked.test, parked.li);
    expect(callOf(parked.test.manager)).toMatchObject({ work: 'parked', recall: null, escalatesAt: untilMs });

    const done = await setUp();
    await answer(
      done.li,
      ['reach', 'answered'],
      ['needAmbulance', 'no'],
      ['sendSomebody', 'onTheWay'],
      ['seen', 'seenSafe'],
    );
    await signOut(done.test, done.li);
    expect(callOf(done.test.manager)).toMatchObject({ escalation: 'attended', recall: null });

    const passed = await setUp();
    await takeDuty(await seatOf(passed.test, 'wu'));
    await signOut(passed.test, passed.li);
    expect(callOf(passed.test.manager)).toMatchObject({ claimedBy: 'wu', escalation: 'attended', recall: null });
  });

  it('rings again after five minutes when their seat is gone without a word', async () => {
    const { test, li } = await setUp();
    li.leave();
    await pass(test.clock, minutes(5) - seconds(5), seconds(5));
    expect(callOf(test.manager).recall).toBeNull();
    await pass(test.clock, seconds(6));
    expect(callOf(test.manager)).toMatchObject({ claimedBy: 'li', recall: { why: 'left' } });
    await pass(test.clock, minutes(1));
    expect(siren(test, test.manager)).toBe(true);
  });

  it('rings for the one that was forgotten while the same person is at another', async () => {
    const { test, li } = await setUp();
    const forgotten = callOf(li).incidentId;
    valueOf(
      await test.manager.command('addHelpPoint', {
        helpPointId: 'hp201',
        place: '3-2-201',
        residentName: null,
        account: '4F39',
        zone: '4',
        supervisionMs: 60_000,
        cameraIds: [],
      }),
    );
    test.panels.sendEvent({
      account: '4F39',
      zone: '4',
      code: 'QA',
      protocol: 'SIA-DCS',
      meaning: 'help',
      restored: false,
    });
    await settle();
    const { incidentId } = callOf(li, 'hp201');
    valueOf(await li.command('claimIncident', { incidentId }));
    await pass(test.clock, minutes(4), seconds(10));
    valueOf(await li.command('answerStep', { incidentId, step: 'reach', answer: 'noAnswer' }));
    await pass(test.clock, minutes(1) + seconds(1), seconds(5));
    expect(li.rows('incidents').map((one) => [one.incidentId, one.recall?.why ?? null])).toEqual([
      [forgotten, 'left'],
      [incidentId, null],
    ]);
    valueOf(await li.command('recordCall', { incidentId, contactId: 'son', outcome: 'onTheWay' }));
    expect(callOf(li, 'hp201').onTheWay).toMatchObject([{ contactId: 'son' }]);
    expect(factsOf(test, 'v1.StepAnswered').at(-1)?.body['sourceId']).toBe('hp201');
  });

  it('goes round at the top until a name stands, and over a restart', async () => {
    const { test, li } = await setUp();
    await pass(test.clock, minutes(8) + seconds(1), seconds(5));
    expect(callOf(li)).toMatchObject({ escalation: 'phoneList', phoneListOpen: true });
    const again = await crashAndRestart(test, { awayMs: minutes(1) });
    expect(callOf(again.manager).escalation).toBe('phoneList');
    await pass(again.clock, minutes(1) + seconds(1), seconds(5));
    expect(callOf(again.manager)).toMatchObject({ escalation: 'allSeats', phoneListOpen: true });
    valueOf(await again.manager.command('silenceSiren', {}));
    await pass(again.clock, minutes(1), seconds(5));
    expect(callOf(again.manager)).toMatchObject({ escalation: 'phoneList', recall: { why: 'left' } });
    expect(siren(again, again.manager)).toBe(true);
  });

  it.each([
    { where: 'when it was only taken', given: [] },
    { where: 'in the middle', given: [['reach', 'noAnswer']] },
    {
      where: 'when only the closing is left',
      given: [
        ['reach', 'noAnswer'],
        ['sendSomebody', 'onTheWay'],
        ['seen', 'seenSafe'],
      ],
    },
  ] as const)('rings again over a restart $where', async ({ given }) => {
    const { test, li } = await setUp();
    await answer(li, ...given);
    await pass(test.clock, minutes(2), seconds(10));
    const again = await crashAndRestart(test, { awayMs: minutes(2) });
    expect(callOf(again.manager).recall).toBe(null);
    await pass(again.clock, minutes(1) + seconds(1), seconds(5));
    expect(callOf(again.manager)).toMatchObject({ escalation: 'waiting', recall: { why: 'left' } });
  });

  it('is asked about again when the button is pressed after the last answer', async () => {
    const { test, li } = await setUp();
    await answer(li, ['reach', 'noAnswer'], ['sendSomebody', 'onTheWay'], ['seen', 'seenSafe']);
    await press(test);
    expect(callOf(li)).toMatchObject({ currentStep: { step: 'seen' }, recall: { why: 'pressedAgain' } });
    const closing = { incidentId: callOf(li).incidentId, resolution: 'personSafe', note: null } as const;
    expect(refusalOf(await li.command('resolveIncident', closing))).toBe('stepsOpen');
  });

  it('puts nothing off by "not yet", and keeps its phone list', async () => {
    const { test, li } = await setUp();
    await answer(li, ['reach', 'noAnswer'], ['sendSomebody', 'onTheWay']);
    const due = callOf(li).escalatesAt;
    for (let minute = 0; minute < 4; minute += 1) {
      await pass(test.clock, minutes(1), seconds(10));
      await answer(li, ['seen', 'notYet'], ['notYetSeen', 'onTheWay']);
      expect(callOf(li)).toMatchObject({ escalatesAt: due, phoneListOpen: true });
    }
    await pass(test.clock, minutes(1), seconds(10));
    expect(callOf(li)).toMatchObject({ recall: { why: 'stillWaiting' }, phoneListOpen: true });
  });

  it('calls all seats at once, with the list in front, when somebody is not sure twice', async () => {
    const { test, li } = await setUp();
    await answer(li, ['reach', 'unsure']);
    expect(callOf(li)).toMatchObject({ escalation: 'calling', phoneListOpen: true, phoneListFirst: false });
    await answer(li, ['sendSomebody', 'unsure']);
    expect(callOf(li)).toMatchObject({ escalation: 'allSeats', phoneListFirst: true, recall: { why: 'askedForHelp' } });
    expect(siren(test, test.manager)).toBe(true);
  });
});

describe('what is said of a gate and of the address', () => {
  it('takes "it is open" only where the arm was seen up', async () => {
    const { test, li } = await setUp();
    await answer(li, ['reach', 'answered'], ['needAmbulance', 'yes'], ['call120', 'called']);
    const opened = { incidentId: callOf(li).incidentId, step: 'openGate', answer: 'opened' };
    expect(refusalOf(await li.command('answerStep', opened))).toBe('gateNotSeen');
    valueOf(await li.command('openBarrier', { barrierId: 'north', reason: 'ambulance', note: null }));
    await pass(test.clock, seconds(4));
    expect(refusalOf(await li.command('answerStep', opened))).toBe('taken');
  });

  it('keeps the address as a manager sets it, says nothing where nobody has, and seals the numbers of a home', async () => {
    const test = await createTestStation();
    const address = () => test.manager.rows('community')[0];
    expect(address()).toMatchObject({ street: null, entrance: null, callBack: null });
    const set = { street: '长江路 18 号', entrance: '北门', callBack: '0731 0000' };
    expect(refusalOf(await (await seatOf(test, 'li')).command('setAddress', set))).toBe('notAllowed');
    valueOf(await test.manager.command('setAddress', set));
    expect(address()).toMatchObject({ ...set, name: '龙湾小区' });
    const home = {
      helpPointId: 'hp502',
      place: '3栋1单元502',
      residentName: '王奶奶',
      account: '4F39',
      zone: '3',
      supervisionMs: 60_000,
      cameraIds: ['stairs'],
    };
    const reached = { phone: '0731 5020', family: '女儿小王 0731 1502', keyHolder: '楼长 0731 0002' };
    valueOf(await test.manager.command('addHelpPoint', { ...home, ...reached }));
    valueOf(await test.manager.command('addHelpPoint', { ...home, place: '3-1-502' }));
    expect(test.manager.rows('helpPoints')[0]).toMatchObject({ ...reached, place: '3-1-502' });
    for (const plain of Object.values(reached)) expect(everythingStored(test)).not.toContain(plain);
    valueOf(await test.manager.command('addHelpPoint', { ...home, keyHolder: null }));
    expect(test.manager.rows('helpPoints')[0]).toMatchObject({ phone: reached.phone, keyHolder: null });
  });
});
