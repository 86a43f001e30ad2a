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

/** Every way through the procedure in which no question is asked more than twice. */
const allWays = (given: readonly string[] = []): readonly (readonly string[])[] => {
  const steps = play(...given);
  const current = currentStep(steps);
  if (current === null) return [given];
  if (steps.filter(({ step }) => step === current.step).length > 2) return [];
  const answers = helpProcedure.steps.find(({ step }) => step === current.step)?.answers ?? [];
  return answers.flatMap(({ answer }) => allWays([...given, answer]));
};

describe('the help procedure', () => {
  it('leads only to questions that exist, and each question has an answer for "I am not sure", which asks for help', () => {
    for (const { answers } of helpProcedure.steps) {
      expect(answers.filter(({ answer }) => answer === 'unsure').map(({ asksForHelp }) => asksForHelp)).toEqual([true]);
      expect(new Set(answers.map(({ answer }) => answer)).size).toBe(answers.length);
      const targets = answers.flatMap(({ route }) =>
        route === null ? [] : [route, ...route.instead].map(({ to }) => to),
      );
      expect(targets.filter((target) => !names.includes(target))).toEqual([]);
    }
    expect(new Set(names).size).toBe(names.length);
  });

  it('never ends before somebody has seen the person, and every end allows a reason for closing', () => {
    const ways = allWays();
    expect(ways.length).toBeGreaterThan(100);
    for (const given of ways) {
      const steps = play(...given);
      expect(
        steps.some(({ step, answer }) => step === 'seen' && (answer === 'seenSafe' || answer === 'seenNeedsCare')),
      ).toBe(true);
      expect(openRequiredSteps('help', steps)).toEqual([]);
      expect(allowedResolutions('help', steps)).not.toEqual([]);
    }
  });

  it('visits every question and every answer on some way to the end', () => {
    const visited = new Set(
      allWays().flatMap((given) => play(...given).map(({ step, answer }) => `${step} ${answer ?? ''}`)),
    );
    const all = helpProcedure.steps.flatMap(({ step, answers }) => answers.map(({ answer }) => `${step} ${answer}`));
    expect(all.filter((one) => !visited.has(one))).toEqual([]);
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
    expect(way('noAnswer', 'nobodyFree', 'notYet', 'unsure', 'notYet').slice(2)).toEqual([
      'seen',
      'seen',
      'seen',
      'seen',
    ]);
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
