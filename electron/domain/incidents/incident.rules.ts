import { matchesState } from 'xstate';
import type { StateValue } from 'xstate';
import { minutes, seconds } from '../kernel/time.ts';
import type { Refusal } from '../kernel/machine.ts';
import type { IncidentContext, IncidentEvent } from './incident.types.ts';
import { allowedResolutions, currentStep, openRequiredSteps } from './procedure.rules.ts';

/** Unclaimed, each step of the escalation comes this long after the one before: siren, all seats, phone list at 60, 120, 180 s. */
export const escalationStepMs = seconds(60);

/** Somebody has claimed it, and gives no answer for this long: the escalation begins again. */
export const unattendedAfterMs = minutes(5);

/** Longest time for which an incident may be laid aside. */
const longestParkMs = minutes(60);

/** Why an incident cannot be laid aside like this, or `null`. */
export const refusesPark = (
  context: IncidentContext,
  event: Extract<IncidentEvent, { type: 'park' }>,
): Refusal | null => {
  if (context.parkedUntil !== null) return { kind: 'alreadyParked' };
  if (currentStep(context.steps) === null) return { kind: 'onlyClosingLeft' };
  if (event.reason.trim() === '') return { kind: 'reasonMissing' };
  if (event.untilMs <= event.at) return { kind: 'parkEndsInThePast' };
  return event.untilMs - event.at > longestParkMs
    ? { kind: 'parkTooLong', details: { longestMs: longestParkMs } }
    : null;
};

/** Why an incident cannot be closed with this reason now, or `null`. */
export const refusesResolve = (
  context: IncidentContext,
  event: Extract<IncidentEvent, { type: 'resolve' }>,
): Refusal | null => {
  const allowed = allowedResolutions(context.kind, context.steps);
  if (allowed.includes(event.resolution)) return null;
  const openSteps = openRequiredSteps(context.kind, context.steps);
  return { kind: openSteps.length > 0 ? 'stepsOpen' : 'resolutionDoesNotFit', details: { openSteps, allowed } };
};

/** How far the escalation has gone, as seats are told; `ended` once the incident is resolved. */
export type EscalationLevel = 'waiting' | 'siren' | 'allSeats' | 'phoneList' | 'attended' | 'ended';

const levels: readonly (readonly [escalation: StateValue, level: EscalationLevel])[] = [
  ['waiting', 'waiting'],
  ['unattended', 'waiting'],
  [{ sounding: 'siren' }, 'siren'],
  [{ sounding: 'allSeats' }, 'allSeats'],
  [{ sounding: 'phoneList' }, 'phoneList'],
];

/**
 * Reads the level from a machine's state: `waiting` when the siren comes next, `attended` when people are at it, whether they answer, call
 * somebody, have laid it aside or only have to close it.
 */
export const escalationLevel = (value: StateValue): EscalationLevel => {
  if (!matchesState('running', value)) return 'ended';
  return levels.find(([escalation]) => matchesState({ running: { escalation } }, value))?.[1] ?? 'attended';
};

/** Whether the volunteer asked for help (`unsure`, or a call that reached nobody): the phone list is to stand open, without a siren. */
export const wantsPhoneList = (value: StateValue): boolean =>
  matchesState({ running: { escalation: 'calling' } }, value) ||
  matchesState({ running: { escalation: { sounding: 'phoneList' } } }, value);

/** Whether somebody is at it, so that another one does not take it from them. */
export const isAttended = (value: StateValue): boolean =>
  ['attended', 'settled'].some((escalation) => matchesState({ running: { escalation } }, value));
