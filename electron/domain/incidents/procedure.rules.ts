import type { Refusal } from '../kernel/machine.ts';
import { helpProcedure } from './help.procedure.ts';
import type { IncidentKind, IncidentResolution, StepState } from './incident.types.ts';
import type { Procedure, ProcedureAnswer, ProcedureStep } from './procedure.types.ts';

const procedures: Readonly<Record<IncidentKind, Procedure>> = { help: helpProcedure };

/** The procedure that leads through an incident of this kind. */
export const procedureOf = (kind: IncidentKind): Procedure => procedures[kind];

/** The definition of one step; an unknown name is a defect. */
export const stepOf = (kind: IncidentKind, step: string): ProcedureStep => {
  const found = procedureOf(kind).steps.find((candidate) => candidate.step === step);
  if (found === undefined) throw new Error(`procedure ${kind} has no step ${step}`);
  return found;
};

/** The question that waits for an answer, or `null` when none does. */
export const currentStep = (steps: readonly StepState[]): StepState | null => {
  const last = steps.at(-1);
  return last !== undefined && last.answer === null ? last : null;
};

const definitionOf = (kind: IncidentKind, given: StepState): ProcedureAnswer | undefined =>
  stepOf(kind, given.step).answers.find((candidate) => candidate.answer === given.answer);

/** What this answer to this question means, or `null` where the question has no such answer. */
export const answerOf = (kind: IncidentKind, step: string, answer: string): ProcedureAnswer | null =>
  stepOf(kind, step).answers.find((candidate) => candidate.answer === answer) ?? null;

/** How often somebody was not sure, over all questions as they stand now. */
export const timesUnsure = (steps: readonly StepState[]): number =>
  steps.filter(({ answer }) => answer === 'unsure').length;

/** Whether the newest answer was "not yet": heard, and nothing has changed with it. */
export const isWaiting = (kind: IncidentKind, steps: readonly StepState[]): boolean => {
  const last = steps.findLast(({ answer }) => answer !== null);
  return last !== undefined && definitionOf(kind, last)?.waits === true;
};

/** The question as asked, not yet answered. */
export const asked = (step: string, at: number): StepState => ({
  step,
  askedAt: at,
  answer: null,
  answeredAt: null,
  answeredBy: null,
});

const newestAnswer = (steps: readonly StepState[], step: string): string | null =>
  steps.findLast((candidate) => candidate.step === step && candidate.answer !== null)?.answer ?? null;

const nextStep = (answer: ProcedureAnswer, steps: readonly StepState[]): string | null => {
  const detour = answer.route.instead.find((rule) => rule.answers.includes(newestAnswer(steps, rule.step) ?? ''));
  return detour === undefined ? answer.route.to : detour.to;
};

/** Why an answer is not taken: the question is not the current one, or it has no such answer. */
export const refusesAnswer = (
  kind: IncidentKind,
  steps: readonly StepState[],
  step: string,
  answer: string,
): Refusal | null => {
  const current = currentStep(steps);
  if (current === null || current.step !== step) {
    return { kind: 'notCurrentStep', details: { current: current === null ? null : current.step } };
  }
  const answers = stepOf(kind, step).answers.map((candidate) => candidate.answer);
  return answers.includes(answer) ? null : { kind: 'unknownAnswer', details: { step, answers } };
};

/** The steps after the current question was answered; the next question, where there is one, stands last. */
export const withAnswer = (
  kind: IncidentKind,
  steps: readonly StepState[],
  given: { readonly answer: string; readonly at: number; readonly by: string },
): readonly StepState[] => {
  const current = currentStep(steps);
  if (current === null) return steps;
  const answered: StepState = { ...current, answer: given.answer, answeredAt: given.at, answeredBy: given.by };
  const before = [...steps.slice(0, -1), answered];
  const definition = definitionOf(kind, answered);
  const next = definition === undefined ? current.step : nextStep(definition, before);
  return next === null ? before : [...before, asked(next, given.at)];
};

/** Why a question cannot be opened again: it was never answered. */
export const refusesBack = (steps: readonly StepState[], step: string): Refusal | null =>
  newestAnswer(steps, step) === null ? { kind: 'stepNotAnswered', details: { step } } : null;

/** The steps after the newest answer to `step` was taken back: it is asked again, and what came after it is forgotten. */
export const withBack = (steps: readonly StepState[], step: string, at: number): readonly StepState[] => {
  const from = steps.findLastIndex((candidate) => candidate.step === step && candidate.answer !== null);
  return from === -1 ? steps : [...steps.slice(0, from), asked(step, at)];
};

/** The answer that says in whose hands the person is, once the procedure is finished. */
const endingAnswer = (kind: IncidentKind, steps: readonly StepState[]): StepState | null =>
  steps.findLast((given) => (definitionOf(kind, given)?.allows.length ?? 0) > 0) ?? null;

/** Whether the person is in good hands by the answers: what is left is to close, and perhaps what is asked afterwards. */
export const onlyClosingLeft = (kind: IncidentKind, steps: readonly StepState[]): boolean => {
  if (steps.length === 0) return false;
  const current = currentStep(steps);
  return current === null || stepOf(kind, current.step).afterwards === true;
};

/** The steps after the button was pressed again: where only the closing was left, the question before it is asked anew. */
export const withPressedAgain = (kind: IncidentKind, steps: readonly StepState[], at: number): readonly StepState[] => {
  const ending = onlyClosingLeft(kind, steps) ? endingAnswer(kind, steps) : null;
  return ending === null ? steps : withBack(steps, ending.step, at);
};

/** The required questions that still have no answer; empty once the procedure is finished. */
export const openRequiredSteps = (kind: IncidentKind, steps: readonly StepState[]): readonly string[] => {
  const current = currentStep(steps);
  if (steps.length > 0 && current === null) return [];
  return procedureOf(kind)
    .steps.filter(
      ({ step, required }) =>
        (required !== 'never' && current?.step === step) ||
        (required === 'always' && newestAnswer(steps, step) === null),
    )
    .map(({ step }) => step);
};

/**
 * The reasons with which an incident may be closed now; empty while something must still be done.
 *
 * Finished, it is what the answer allows that says in whose hands the person is. Before that, only a false or a test alarm, and only where
 * somebody answered and nothing since spoke of a person in need.
 */
export const allowedResolutions = (kind: IncidentKind, steps: readonly StepState[]): readonly IncidentResolution[] => {
  const answered = steps.filter((step) => step.answer !== null);
  if (answered.length === 0) return [];
  if (onlyClosingLeft(kind, steps)) {
    const ending = endingAnswer(kind, answered);
    return ending === null ? [] : (definitionOf(kind, ending)?.allows ?? []);
  }
  const given = answered.flatMap((step) => definitionOf(kind, step) ?? []);
  if (given.some((answer) => answer.inNeed)) return [];
  const early: readonly IncidentResolution[] = ['falseAlarm', 'testAlarm'];
  return early.filter((reason) => given.some((answer) => answer.allows.includes(reason)));
};

/** How many questions come after the present one on the shortest way to the end; 0 where none is open. */
export const stepsToCome = (kind: IncidentKind, steps: readonly StepState[]): number => {
  const current = currentStep(steps);
  if (current === null) return 0;
  const from = (step: string, given: readonly StepState[], passed: readonly string[]): number => {
    const ways = stepOf(kind, step).answers.map((definition) => {
      const after = [...given, { ...asked(step, 0), answer: definition.answer }];
      const next = nextStep(definition, after);
      if (next === null) return 0;
      return passed.includes(next) ? Infinity : 1 + from(next, after, [...passed, next]);
    });
    return Math.min(...ways);
  };
  return from(current.step, steps.slice(0, -1), [current.step]);
};
