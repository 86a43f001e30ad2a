import { fuzz } from '../../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenBySteps, brokenByWalk } from '../../../tests/support/machine-laws.ts';
import { explore, give, reach, unvisited, walk, wander } from '../../../tests/support/machine-paths.ts';
import type { Edge, Exploration } from '../../../tests/support/machine-paths.ts';
import type { DomainEvent, MachineSnapshot } from '../kernel/machine.ts';
import { minutes, seconds } from '../kernel/time.ts';
import { escalationLevel, phoneListFirst } from './incident.rules.ts';
import { incident } from './incident.ts';
import type { IncidentContext } from './incident.types.ts';
import { allowedResolutions, currentStep, openRequiredSteps, stepOf, timesUnsure } from './procedure.rules.ts';

const open = (at: number) => ({
  type: 'open',
  at,
  incidentId: 'incident-1',
  kind: 'help',
  alarmId: 'alarm-1',
  sourceId: 'help-1',
});
const claim = (at: number, by = 'li', onDuty = false) => ({ type: 'claim', at, by, onDuty });
const passOn = (at: number, by = 'chen') => ({ type: 'passOn', at, by });
const answer = (at: number, step: string, given: string, by = 'li') => ({
  type: 'answer',
  at,
  by,
  step,
  answer: given,
});
const back = (at: number, step: string) => ({ type: 'back', at, by: 'li', step });
const park = (at: number, untilMs: number, reason = 'sealed:ambulance is on its way') => ({
  type: 'park',
  at,
  by: 'li',
  reason,
  untilMs,
});
const resume = (at: number) => ({ type: 'resume', at, by: 'li' });
const call = (at: number, outcome: string, by = 'li') => ({
  type: 'recordCall',
  at,
  by,
  contactId: 'contact-1',
  outcome,
});
const resolve = (at: number, resolution: string) => ({ type: 'resolve', at, by: 'li', resolution, note: null });
const review = (at: number, by = 'chief') => ({ type: 'review', at, by, note: 'sealed:well done' });
const due = (at: number) => ({ type: 'deadline.escalate', at });

const resolutions = ['personSafe', 'handedToAmbulance', 'handedToFamily', 'falseAlarm', 'testAlarm'] as const;
const contextOf = (snapshot: MachineSnapshot | null): IncidentContext => snapshot?.context as IncidentContext;

const exploration: Exploration = {
  startAt: 1000,
  stepMs: 1000,
  events: (at, from) => {
    const steps = from === null ? [] : contextOf(from).steps;
    const current = currentStep(steps)?.step ?? 'reach';
    return [
      open(at),
      claim(at),
      claim(at, 'zhang'),
      claim(at, 'wang', true),
      claim(at, 'device:panel-1'),
      passOn(at),
      passOn(at, 'station'),
      ...stepOf('help', current).answers.map((given) => answer(at, current, given.answer)),
      answer(at, current, 'nonsense'),
      answer(at, current === 'reach' ? 'seen' : 'reach', 'answered'),
      answer(at, current, 'unsure', 'station'),
      back(at, 'reach'),
      back(at, 'seen'),
      park(at, at + minutes(10)),
      park(at, at + minutes(61)),
      park(at, at - 1),
      park(at, at + 1, ' '),
      { type: 'resume', at, by: 'li' },
      call(at, 'reached'),
      call(at, 'onTheWay'),
      call(at, 'noAnswer'),
      call(at, 'busy', 'station'),
      ...resolutions.map((resolution) => resolve(at, resolution)),
      review(at),
      review(at, 'station'),
      { type: 'pressedAgain', at },
      { type: 'holderLeft', at, personId: 'li' },
      { type: 'holderLeft', at, personId: 'nobody-here' },
    ];
  },
  key: ({ value, context }) => {
    const { steps, claimedBy, resolution } = context as IncidentContext;
    return JSON.stringify([
      value,
      currentStep(steps)?.step,
      steps.findLast((step) => step.answer !== null)?.answer,
      claimedBy === null ? null : claimedBy === 'li',
      Math.min(1, timesUnsure(steps)),
      resolution,
    ]);
  },
};
const edges = explore(incident, exploration);
const quiet = ['pressedAgain', 'passOn', 'holderLeft'];

const claimed = [open(0), claim(1000)];
const answered = (given: readonly (readonly [string, string])[]): readonly DomainEvent[] => [
  ...claimed,
  ...given.map(([step, what], index) => answer(2000 + index, step, what)),
];
const safe = answered([
  ['reach', 'answered'],
  ['needAmbulance', 'no'],
  ['sendSomebody', 'onTheWay'],
  ['seen', 'seenSafe'],
]);
const listed = (edge: Edge): boolean => contextOf(edge.after).phoneListSince !== null;
const levelOf = (edge: Edge): string => escalationLevel(edge.after?.value ?? 'new');

const best = new Set([
  'seenSafe',
  'ambulance',
  'called',
  'opened',
  'raised',
  'onTheWay',
  'keyComes',
  'in',
  'closed',
  'yes',
  'answered',
]);

/** What a person does who wants to bring it to an end. */
const towardsSafety = ({ steps, claimedBy }: IncidentContext, at: number): DomainEvent => {
  if (claimedBy === null) return claim(at);
  const current = currentStep(steps);
  if (current === null) return resolve(at, allowedResolutions('help', steps)[0] ?? 'none');
  const given = stepOf('help', current.step).answers.find((one) => best.has(one.answer));
  return answer(at, current.step, given?.answer ?? 'none');
};

describe('an incident', () => {
  it('has no state and no transition that is never visited', () => {
    expect(unvisited(incident, edges)).toEqual([]);
  });

  it('keeps the laws of machines wherever it goes', () => {
    expect(brokenBySteps(incident, edges, quiet)).toEqual([]);
  });

  it('is never closed while a required question is open, and always says when the next thing happens by itself', () => {
    const choices = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 400_000 })), { maxLength: 60 });
    fc.assert(
      fc.property(choices, (chosen) => {
        const walked = wander(incident, exploration, chosen);
        expect(brokenByWalk(incident, walked, quiet)).toEqual([]);
        for (const edge of walked.filter(({ after }) => after !== null)) {
          const { steps, resolution, kind, escalatesAt, claimedBy, recallReason } = contextOf(edge.after);
          expect(escalatesAt).toBe(edge.deadlines.get('escalate') ?? null);
          const early = resolution === 'falseAlarm' || resolution === 'testAlarm';
          expect(resolution === null || early || openRequiredSteps(kind, steps).length === 0).toBe(true);
          expect(
            resolution === null || (allowedResolutions(kind, steps).includes(resolution) && claimedBy !== null),
          ).toBe(true);
          expect(steps.slice(0, -1).every((step) => step.answer !== null && step.answeredBy === 'li')).toBe(true);
          const runs = ['waiting', 'siren', 'allSeats', 'phoneList'].includes(levelOf(edge));
          expect(recallReason !== null).toBe(runs);
          expect(escalatesAt !== null).toBe(resolution === null);
          const sounds = ['siren', 'allSeats', 'phoneList'].includes(levelOf(edge));
          expect(edge.sirens).toEqual(new Set(sounds ? ['incident-1'] : []));
        }
      }),
      fuzz(200, 20000),
    );
  });

  it('reaches a safe end from wherever it is', () => {
    const running = edges.filter(
      ({ after, refusal }) => refusal === null && escalationLevel(after?.value ?? 'new') !== 'ended',
    );
    // One way into each state is enough: what follows depends on the state alone.
    const states = new Map(
      running.flatMap((edge) => (edge.after === null ? [] : [[exploration.key(edge.after), edge]])),
    );
    const stuck = [...states.values()].filter((edge) => {
      let here = edge;
      for (let tries = 0; tries < 16 && contextOf(here.after).resolution === null; tries += 1) {
        here = give(incident, here, towardsSafety(contextOf(here.after), here.event.at + 1));
      }
      return contextOf(here.after).resolution === null;
    });
    expect(states.size).toBeGreaterThan(100);
    expect(stuck).toEqual([]);
  });

  it('escalates at 60, 120 and 180 s while nobody claims it', () => {
    const [opened, siren, allSeats, phoneList] = walk(incident, [open(0), due(60_000), due(120_000), due(180_000)]);
    expect(opened?.effects).toEqual([{ type: 'setDeadline', name: 'escalate', dueInMs: 60_000, lifeSafety: true }]);
    expect([siren, allSeats, phoneList].map((edge) => edge?.fact?.body['level'])).toEqual([
      'siren',
      'allSeats',
      'phoneList',
    ]);
    expect([siren, allSeats, phoneList].map((edge) => contextOf(edge?.after ?? null).escalatesAt)).toEqual([
      120_000, 180_000, 300_000,
    ]);
    expect([siren, allSeats, phoneList].map((edge) => edge?.effects[0])).toEqual(
      Array.from({ length: 3 }, () => ({ type: 'startSiren', source: 'incident-1' })),
    );
    expect(contextOf(phoneList?.after ?? null).phoneListSince).toBe(180_000);
  });

  it('claimed, stops the siren, acknowledges its alarm and asks the first question', () => {
    const taken = reach(incident, [open(0), due(60_000), claim(70_000)]);
    expect(taken.effects).toEqual([
      { type: 'stopSiren', source: 'incident-1' },
      { type: 'tell', kind: 'alarm', id: 'alarm-1', event: { type: 'acknowledge', at: 70_000, by: 'li' } },
      { type: 'setDeadline', name: 'escalate', dueInMs: minutes(5), lifeSafety: true },
    ]);
    expect(currentStep(contextOf(taken.after).steps)?.step).toBe('reach');
    expect(levelOf(taken)).toBe('attended');
  });

  it('without an answer for 5 min begins to escalate again, until somebody acts', () => {
    const silent = reach(incident, [...claimed, due(301_000)]);
    expect(levelOf(silent)).toBe('waiting');
    expect(contextOf(silent.after).escalatesAt).toBe(361_000);
    const loud = [...claimed, due(301_000), due(361_000)];
    expect(levelOf(reach(incident, loud))).toBe('siren');
    expect(levelOf(reach(incident, [...loud, answer(362_000, 'reach', 'noAnswer', 'zhang')]))).toBe('attended');
    expect(contextOf(reach(incident, [...loud, claim(362_000, 'zhang')]).after).claimedBy).toBe('zhang');
  });

  it('is not taken from somebody who is at it', () => {
    expect(walk(incident, [...claimed, claim(2000, 'zhang')]).at(-1)?.refusal).toEqual({
      kind: 'alreadyClaimed',
      details: { by: 'li' },
    });
  });

  it('opens the phone list without a siren when the volunteer is not sure, and calls all seats when nobody is reached', () => {
    const unsure = reach(incident, answered([['reach', 'unsure']]));
    expect(listed(unsure)).toBe(true);
    expect(unsure.sirens.size).toBe(0);
    expect(unsure.deadlines.get('escalate')).toBe(2000 + minutes(2));
    expect(levelOf(reach(incident, [...unsure.path, call(3000, 'reached')]))).toBe('attended');
    expect(listed(reach(incident, [...unsure.path, call(3000, 'busy')]))).toBe(true);
    expect(levelOf(reach(incident, [...unsure.path, due(122_000)]))).toBe('allSeats');
  });

  it('laid aside comes back at its time, or when the button is pressed again', () => {
    const parked = [...claimed, park(2000, 600_000)];
    expect(contextOf(reach(incident, parked).after)).toMatchObject({ parkedUntil: 600_000, escalatesAt: 600_000 });
    expect(walk(incident, [...parked, park(3000, 700_000)]).at(-1)?.refusal).toEqual({ kind: 'alreadyParked' });
    for (const wakes of [due(600_000), { type: 'pressedAgain', at: 9000 }]) {
      const awake = reach(incident, [...parked, wakes]);
      expect(levelOf(awake)).toBe('waiting');
      expect(contextOf(awake.after)).toMatchObject({ parkedUntil: null, escalatesAt: wakes.at + seconds(60) });
    }
    expect(levelOf(reach(incident, [...parked, resume(9000)]))).toBe('attended');
  });

  it('is closed when the person was seen, and settles its alarm', () => {
    const settled = reach(incident, safe);
    expect(settled.deadlines.get('escalate')).toBe(settled.event.at + minutes(5));
    const closed = reach(incident, [...safe, resolve(9000, 'personSafe')]);
    expect(closed.effects).toContainEqual({
      type: 'tell',
      kind: 'alarm',
      id: 'alarm-1',
      event: { type: 'incidentEnded', at: 9000, by: 'li' },
    });
    expect(reach(incident, [...safe, resolve(9000, 'personSafe'), review(10_000)]).after?.status).toBe('done');
  });

  it('is not closed before, nor with a reason that does not fit', () => {
    const early = walk(incident, [...claimed, resolve(2000, 'personSafe')]).at(-1);
    expect(early?.refusal).toEqual({ kind: 'stepsOpen', details: { openSteps: ['reach', 'seen'], allowed: [] } });
    expect(walk(incident, [open(0), resolve(1, 'falseAlarm')]).at(-1)?.refusal).toEqual({ kind: 'notClaimed' });
    expect(walk(incident, [...safe, resolve(9000, 'handedToAmbulance')]).at(-1)?.refusal?.kind).toBe(
      'resolutionDoesNotFit',
    );
    expect(
      walk(incident, [...safe, resolve(9000, 'personSafe'), resolve(9001, 'personSafe')]).at(-1)?.refusal?.kind,
    ).toBe('alreadyResolved');
    expect(walk(incident, [...claimed, review(2000)]).at(-1)?.refusal).toEqual({ kind: 'notResolved' });
  });

  it('as a false alarm is closed early where somebody answered and nobody is in need', () => {
    const early = answered([['reach', 'answered']]);
    expect(reach(incident, [...early, resolve(9000, 'falseAlarm')]).fact?.type).toBe('v1.IncidentResolved');
    const inNeed = answered([
      ['reach', 'answered'],
      ['needAmbulance', 'yes'],
    ]);
    expect(walk(incident, [...inNeed, resolve(9000, 'falseAlarm')]).at(-1)?.refusal?.kind).toBe('stepsOpen');
    const silent = answered([['reach', 'noAnswer']]);
    expect(walk(incident, [...silent, resolve(9000, 'falseAlarm')]).at(-1)?.refusal?.kind).toBe('stepsOpen');
  });

  it('goes back to a question, and asks what came after it again', () => {
    const again = reach(incident, [...safe, back(9000, 'needAmbulance')]);
    expect(contextOf(again.after).steps.map(({ step, answer: given }) => [step, given])).toEqual([
      ['reach', 'answered'],
      ['needAmbulance', null],
    ]);
    expect(again.deadlines.size).toBe(1);
    expect(walk(incident, [...claimed, back(9000, 'seen')]).at(-1)?.refusal).toEqual({
      kind: 'stepNotAnswered',
      details: { step: 'seen' },
    });
  });

  it('goes round at the top of the ladder until a name stands', () => {
    const top = [open(0), due(60_000), due(120_000), due(180_000)];
    const round = walk(incident, [...top, due(300_000), due(360_000), due(480_000)]).slice(4);
    expect(round.map((edge) => edge.fact?.body['level'])).toEqual(['allSeats', 'phoneList', 'allSeats']);
    expect(round.every((edge) => edge.effects.some(({ type }) => type === 'startSiren'))).toBe(true);
    expect(round.every(listed)).toBe(true);
    expect(contextOf(reach(incident, [...top, due(300_000), claim(301_000)]).after).recallReason).toBe(null);
  });

  it('says whose it was and since when nobody has moved, whoever has taken it on', () => {
    const left = reach(incident, [...answered([['reach', 'noAnswer']]), due(302_000)]);
    expect(left.fact?.body).toMatchObject({ level: 'waiting', why: 'left', claimedBy: 'li', movedAt: 2000 });
    const asked = reach(incident, [...answered([['reach', 'unsure']]), due(122_000)]);
    expect(asked.fact?.body).toMatchObject({ level: 'allSeats', why: 'askedForHelp' });
    const parked = reach(incident, [...claimed, park(2000, 600_000), due(600_000)]);
    expect(parked.fact?.body).toMatchObject({ level: 'waiting', why: 'parkOver', movedAt: 2000 });
    expect(contextOf(reach(incident, [open(0), due(60_000), call(61_000, 'noAnswer')]).after)).toMatchObject({
      recallReason: 'untaken',
      movedAt: 0,
    });
  });

  it('is kept by who has it with a word, and then has its five minutes again', () => {
    const loud = [...claimed, due(301_000), due(361_000)];
    const kept = reach(incident, [...loud, claim(362_000)]);
    expect(kept.fact).toEqual({ type: 'v1.IncidentKept', body: { sourceId: 'help-1', by: 'li' } });
    expect(kept.sirens.size).toBe(0);
    expect(contextOf(kept.after)).toMatchObject({ recallReason: null, escalatesAt: 362_000 + minutes(5) });
  });

  it('is never refused to who is responsible for the post', () => {
    const taken = reach(incident, [...claimed, claim(2000, 'chen', true)]);
    expect(contextOf(taken.after).claimedBy).toBe('chen');
  });

  it('goes along with the shift, and what rings goes on ringing', () => {
    const quietly = reach(incident, [...claimed, passOn(2000)]);
    expect(quietly.fact).toEqual({
      type: 'v1.IncidentPassedOn',
      body: { sourceId: 'help-1', by: 'chen', from: 'li' },
    });
    expect(contextOf(quietly.after)).toMatchObject({ claimedBy: 'chen', movedAt: 1000, escalatesAt: 301_000 });
    const loud = reach(incident, [...claimed, due(301_000), due(361_000), passOn(362_000)]);
    expect(levelOf(loud)).toBe('siren');
    expect(loud.sirens.size).toBe(1);
    const untaken = reach(incident, [open(0), due(60_000), passOn(61_000)]);
    expect(levelOf(untaken)).toBe('siren');
    expect(contextOf(untaken.after)).toMatchObject({ claimedBy: 'chen', recallReason: 'left' });
    expect(currentStep(contextOf(untaken.after).steps)?.step).toBe('reach');
    const parked = reach(incident, [...claimed, park(2000, 600_000), passOn(3000)]);
    expect(contextOf(parked.after)).toMatchObject({ claimedBy: 'chen', parkedUntil: 600_000 });
    expect(reach(incident, [...claimed, passOn(2000, 'li')]).fact).toBe(null);
  });

  it('is called for again after the last answer too, until it is closed, and may be taken over there', () => {
    const late = [...safe, due(302_003)];
    expect(levelOf(reach(incident, late))).toBe('waiting');
    expect(levelOf(reach(incident, [...late, due(362_003)]))).toBe('siren');
    expect(contextOf(reach(incident, [...safe, claim(9000, 'zhang')]).after).claimedBy).toBe('zhang');
  });

  it('pressed again after the last answer, asks it again and calls', () => {
    const pressed = reach(incident, [...safe, { type: 'pressedAgain', at: 9000 }]);
    expect(currentStep(contextOf(pressed.after).steps)?.step).toBe('seen');
    expect(levelOf(pressed)).toBe('waiting');
    expect(contextOf(pressed.after).recallReason).toBe('pressedAgain');
    expect(walk(incident, [...pressed.path, resolve(9001, 'personSafe')]).at(-1)?.refusal?.kind).toBe('stepsOpen');
  });

  it('not sure a second time, in whichever question, calls all seats at once with the list in front', () => {
    const twice = reach(
      incident,
      answered([
        ['reach', 'unsure'],
        ['sendSomebody', 'onTheWay'],
        ['seen', 'unsure'],
      ]),
    );
    expect(levelOf(twice)).toBe('allSeats');
    expect(twice.sirens.size).toBe(1);
    expect(phoneListFirst(contextOf(twice.after))).toBe(true);
    expect(phoneListFirst(contextOf(reach(incident, answered([['reach', 'unsure']])).after))).toBe(false);
  });

  it('"not yet" puts nothing off: the clock goes on and the list stands, however often it is said', () => {
    const waiting = answered([
      ['reach', 'noAnswer'],
      ['sendSomebody', 'onTheWay'],
      ['seen', 'notYet'],
      ['notYetSeen', 'onTheWay'],
      ['seen', 'notYet'],
    ]);
    const before = reach(incident, waiting);
    expect(contextOf(before.after)).toMatchObject({ escalatesAt: 2001 + minutes(5), movedAt: 2001 });
    expect(listed(before)).toBe(true);
    const rung = reach(incident, [...waiting, due(302_001)]);
    expect(rung.fact?.body).toMatchObject({ level: 'waiting', why: 'stillWaiting' });
    const still = reach(incident, [...rung.path, due(362_001), answer(363_000, 'notYetSeen', 'onTheWay')]);
    expect(levelOf(still)).toBe('siren');
    expect(listed(still)).toBe(true);
    const unsure = reach(incident, [...answered([['reach', 'unsure']]), answer(60_000, 'sendSomebody', 'nobodyFree')]);
    expect(contextOf(unsure.after).escalatesAt).toBe(2000 + minutes(2));
  });
});
