import { describe, expect, it } from 'vitest';
import { helpProcedure } from './help.procedure.ts';
import type { StepState } from './incident.types.ts';
import {
  allowedResolutions,
  asked,
  currentStep,
  openRequiredSteps,
  stepsToCome,
  withAnswer,
} from './procedure.rules.ts';

const names = helpProcedure.steps.map(({ step }) => step);
const play = (...given: readonly string[]): readonly StepState[] => {
  let steps: readonly StepState[] = [asked(helpProcedure.first, 0)];
  for (const answer of given) steps = withAnswer('help', steps, { answer, at: 1, by: 'li' });
  return steps;
};
const way = (...given: readonly string[]): readonly string[] => play(...given).map(({ step }) => step);

/** What decides where the procedure leads: the present question, and the newest answer to each that a route looks at. */
const decisive = [
  ...new Set(
    helpProcedure.steps.flatMap(({ answers }) => answers.flatMap(({ route }) => route.instead.map(({ step }) => step))),
  ),
];
const keyOf = (steps: readonly StepState[]): string =>
  [
    currentStep(steps)?.step ?? 'end',
    ...decisive.map((name) => steps.findLast(({ step, answer }) => step === name && answer !== null)?.answer ?? '-'),
  ].join(' ');

/** Every situation that the procedure can come to, with one way that leads there, and every answer given in it. */
const explore = () => {
  const waysByKey = new Map<string, readonly string[]>([[keyOf(play()), []]]);
  const given = new Set<string>();
  const leadsTo = new Map<string, Set<string>>();
  for (const [key, answersGiven] of waysByKey) {
    const current = currentStep(play(...answersGiven));
    const answers = helpProcedure.steps.find(({ step }) => step === current?.step)?.answers ?? [];
    leadsTo.set(key, new Set());
    for (const { answer } of answers) {
      const next = keyOf(play(...answersGiven, answer));
      given.add(`${current?.step ?? ''} ${answer}`);
      leadsTo.get(key)?.add(next);
      if (!waysByKey.has(next)) waysByKey.set(next, [...answersGiven, answer]);
    }
  }
  return { waysByKey, given, leadsTo };
};
const explored = explore();
const ends = [...explored.waysByKey].filter(([key]) => key.startsWith('end ')).map(([, given]) => given);

describe('the help procedure', () => {
  it('leads only to questions that exist, and each question has an answer for "I am not sure", which asks for help', () => {
    for (const { answers } of helpProcedure.steps) {
      expect(answers.filter(({ answer }) => answer === 'unsure').map(({ asksForHelp }) => asksForHelp)).toEqual([true]);
      expect(new Set(answers.map(({ answer }) => answer)).size).toBe(answers.length);
      const targets = answers.flatMap(({ route }) => [route, ...route.instead].map(({ to }) => to));
      expect(targets.filter((target) => target !== null && !names.includes(target))).toEqual([]);
    }
    expect(new Set(names).size).toBe(names.length);
  });

  it('never ends before somebody has seen the person, and every end allows a reason for closing', () => {
    expect(ends.length).toBeGreaterThan(100);
    for (const given of ends) {
      const steps = play(...given);
      expect(
        steps.some(({ step, answer }) => step === 'seen' && (answer === 'seenSafe' || answer === 'seenNeedsCare')),
      ).toBe(true);
      expect(openRequiredSteps('help', steps)).toEqual([]);
      expect(allowedResolutions('help', steps)).not.toEqual([]);
    }
  });

  it('has no dead end: from every situation an end can be reached', () => {
    const safe = new Set([...explored.waysByKey.keys()].filter((key) => key.startsWith('end ')));
    for (let before = -1; before !== safe.size;) {
      before = safe.size;
      for (const [key, targets] of explored.leadsTo) if ([...targets].some((to) => safe.has(to))) safe.add(key);
    }
    expect([...explored.waysByKey.keys()].filter((key) => !safe.has(key))).toEqual([]);
  });

  it('visits every question and every answer', () => {
    const all = helpProcedure.steps.flatMap(({ step, answers }) => answers.map(({ answer }) => `${step} ${answer}`));
    expect(all.filter((one) => !explored.given.has(one))).toEqual([]);
  });

  it('sends somebody when nobody answers', () => {
    expect(way('noAnswer', 'onTheWay')).toEqual(['reach', 'sendSomebody', 'seen']);
  });

  it('calls the ambulance when in doubt', () => {
    expect(way('answered', 'unsure')).toEqual(['reach', 'needAmbulance', 'call120']);
  });

  it('calls 120 for a person who was found in need, and opens the gate, and does not send a second helper', () => {
    expect(way('noAnswer', 'onTheWay', 'seenNeedsCare', 'called', 'opened')).toEqual([
      'reach',
      'sendSomebody',
      'seen',
      'call120',
      'openGate',
      'withPerson',
    ]);
  });

  it('does not call 120 twice', () => {
    expect(way('answered', 'yes', 'called', 'opened', 'onTheWay', 'seenNeedsCare').at(-1)).toBe('withPerson');
    expect(way('answered', 'yes', 'cannot', 'opened', 'onTheWay', 'seenNeedsCare').at(-1)).toBe('call120');
  });

  it('asks again whether the person was seen, until they were', () => {
    expect(way('noAnswer', 'onTheWay', 'notYet', 'onTheWay', 'unsure', 'onTheWay').slice(2)).toEqual([
      'seen',
      'notYetSeen',
      'seen',
      'notYetSeen',
      'seen',
    ]);
  });

  it('leads from silence with nobody free to the ambulance, the gate and the door', () => {
    for (const nobody of ['nobodyFree', 'unsure'])
      expect(way('noAnswer', nobody, 'called', 'notNeeded', 'called110')).toEqual([
        'reach',
        'sendSomebody',
        'call120',
        'openGate',
        'openDoor',
        'seen',
      ]);
    expect(way('unsure', 'nobodyFree', 'cannot', 'cannot', 'cannot', 'cannot').slice(2)).toEqual([
      'call120',
      'openGate',
      'gateByHand',
      'openDoor',
      'seen',
    ]);
  });

  it('calls 120 and opens the door where the helper stands before a locked one', () => {
    expect(way('noAnswer', 'onTheWay', 'notYet', 'lockedOut', 'called', 'notNeeded').slice(3)).toEqual([
      'notYetSeen',
      'call120',
      'openGate',
      'openDoor',
    ]);
    expect(way('answered', 'yes', 'called', 'opened', 'onTheWay', 'notYet', 'notYet', 'lockedOut').at(-1)).toBe(
      'openDoor',
    );
  });

  it('asks for the gate again when the ambulance comes, and has it closed after it has left', () => {
    const waiting = ['noAnswer', 'onTheWay', 'seenNeedsCare', 'called', 'opened', 'nobodyYet'];
    expect(way(...waiting).at(-1)).toBe('arrival');
    expect(way(...waiting, 'notYet').at(-1)).toBe('withPerson');
    expect(way(...waiting, 'in', 'ambulance').at(-1)).toBe('closeGate');
    expect(way(...waiting, 'in', 'ambulance', 'stillHere').at(-1)).toBe('closeGate');
    expect(allowedResolutions('help', play(...waiting, 'in', 'ambulance', 'closed'))).toEqual(['handedToAmbulance']);
    expect(currentStep(play('noAnswer', 'onTheWay', 'seenSafe'))).toBe(null);
    expect(way('answered', 'unsure', 'called', 'opened', 'onTheWay', 'seenSafe').at(-1)).toBe('closeGate');
  });

  it('calls 120 again while somebody in need is alone and 120 was never reached', () => {
    expect(way('noAnswer', 'onTheWay', 'seenNeedsCare', 'cannot', 'notNeeded', 'nobodyYet').at(-1)).toBe('call120');
  });

  it('shows another question for another answer, but for those that only ask for help too', () => {
    for (const { step, answers } of helpProcedure.steps) {
      const again = answers.filter(({ route }) => route.to === step && route.instead.length === 0);
      expect(again.filter(({ asksForHelp, answer }) => !asksForHelp && answer !== 'stillHere')).toEqual([]);
    }
  });

  it('counts the questions to come on the shortest way', () => {
    expect(stepsToCome('help', play())).toBe(2);
    expect(stepsToCome('help', play('answered'))).toBe(2);
    expect(stepsToCome('help', play('answered', 'yes'))).toBe(3);
    expect(stepsToCome('help', play('noAnswer', 'onTheWay'))).toBe(0);
    expect(stepsToCome('help', play('noAnswer', 'onTheWay', 'seenNeedsCare'))).toBe(2);
    expect(stepsToCome('help', play('noAnswer', 'onTheWay', 'seenSafe'))).toBe(0);
    expect(stepsToCome('help', [])).toBe(0);
  });
});
