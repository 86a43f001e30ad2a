import { matchesState } from 'xstate';
import type { StateValue } from 'xstate';
import { minutes, seconds } from '../kernel/time.ts';
import type { Refusal } from '../kernel/machine.ts';
import type { CallState, IncidentContext, IncidentEvent } from './incident.types.ts';
import { refusesUnlessPerson } from '../people/actor.rules.ts';
import {
  allowedResolutions,
  currentStep,
  onlyClosingLeft,
  openRequiredSteps,
  refusesAnswer,
  refusesBack,
  timesUnsure,
} from './procedure.rules.ts';

/** Unclaimed, each step of the escalation comes this long after the one before: siren, all seats, phone list at 60, 120, 180 s. */
export const escalationStepMs = seconds(60);

/** Somebody has claimed it, and does nothing for this long: the escalation begins again. */
export const unattendedAfterMs = minutes(5);

/** The phone list or a helper is being called for this long without anybody being reached: all seats are called. */
export const callingMs = minutes(2);

/** The top of the ladder stands this long before all seats are called again, and so on until a name stands. */
export const roundMs = minutes(2);

/** Longest time for which an incident may be laid aside. */
const longestParkMs = minutes(60);

/** Why an incident cannot be laid aside like this, or `null`. */
const refusesPark = (context: IncidentContext, event: Extract<IncidentEvent, { type: 'park' }>): Refusal | null => {
  if (context.parkedUntil !== null) return { kind: 'alreadyParked' };
  if (currentStep(context.steps) === null) return { kind: 'onlyClosingLeft' };
  if (event.reason.trim() === '') return { kind: 'reasonMissing' };
  if (event.untilMs <= event.at) return { kind: 'parkEndsInThePast' };
  return event.untilMs - event.at > longestParkMs
    ? { kind: 'parkTooLong', details: { longestMs: longestParkMs } }
    : null;
};

/** Why an incident cannot be closed with this reason now, or `null`. */
const refusesResolve = (
  context: IncidentContext,
  event: Extract<IncidentEvent, { type: 'resolve' }>,
): Refusal | null => {
  const allowed = allowedResolutions(context.kind, context.steps);
  if (allowed.includes(event.resolution)) return null;
  const openSteps = openRequiredSteps(context.kind, context.steps);
  return { kind: openSteps.length > 0 ? 'stepsOpen' : 'resolutionDoesNotFit', details: { openSteps, allowed } };
};

/** How far the escalation has gone, as seats are told; `ended` once the incident is resolved. */
export type EscalationLevel = 'waiting' | 'siren' | 'allSeats' | 'phoneList' | 'calling' | 'attended' | 'ended';

const levels: readonly (readonly [escalation: StateValue, level: EscalationLevel])[] = [
  ['waiting', 'waiting'],
  ['unattended', 'waiting'],
  [{ sounding: 'siren' }, 'siren'],
  [{ sounding: 'allSeats' }, 'allSeats'],
  [{ sounding: 'phoneList' }, 'phoneList'],
  ['calling', 'calling'],
];

/**
 * Reads the level from a machine's state: `waiting` when the siren comes next, `calling` when help was asked for and all seats come next,
 * `attended` when people are at it, whether they answer, have laid it aside or only have to close it.
 */
export const escalationLevel = (value: StateValue): EscalationLevel => {
  if (!matchesState('running', value)) return 'ended';
  return levels.find(([escalation]) => matchesState({ running: { escalation } }, value))?.[1] ?? 'attended';
};

/** Whether somebody is at it, so that another one does not take it from them. */
const isAttended = (value: StateValue): boolean => matchesState({ running: { escalation: 'attended' } }, value);

/**
 * Why this person cannot take it on, or `null`. Taking it from somebody who is at it would leave two people each believing that the other
 * one acts; but who is responsible for the post may, who has it already says so again, and where only the closing is left anybody may.
 */
export const refusesClaim = (
  { claimedBy, kind, steps }: IncidentContext,
  value: StateValue,
  event: Extract<IncidentEvent, { type: 'claim' }>,
): Refusal | null => {
  const free = claimedBy === null || event.by === claimedBy || event.onDuty || onlyClosingLeft(kind, steps);
  return free || !isAttended(value) ? null : { kind: 'alreadyClaimed', details: { by: claimedBy } };
};

/** The contacts who said that they are on the way, each once, with when they said so; oldest first. What a later call says comes before. */
export const onTheWay = (calls: readonly CallState[]): readonly Pick<CallState, 'contactId' | 'at'>[] => {
  const newest = new Map<string, CallState>();
  for (const call of calls) newest.set(call.contactId, call);
  return [...newest.values()]
    .filter(({ outcome }) => outcome === 'onTheWay')
    .map(({ contactId, at }) => ({ contactId, at }));
};

/** Whether the phone list stands in front of the question: somebody was not sure twice. */
export const phoneListFirst = ({ phoneListSince, steps }: Pick<IncidentContext, 'phoneListSince' | 'steps'>): boolean =>
  phoneListSince !== null && timesUnsure(steps) >= 2;

/** Whose call it is does not matter to these. */
const needsNoHolder: ReadonlySet<string> = new Set<IncidentEvent['type']>(['claim', 'passOn', 'recordCall']);

/** Why this is not taken, whatever the state of the call, or `null`. */
export const refusesAnyhow = (context: IncidentContext, event: IncidentEvent): Refusal | null => {
  if (!('by' in event)) return null;
  const nobody = refusesUnlessPerson(event.by);
  if (nobody !== null) return nobody;
  if (context.claimedBy === null && !needsNoHolder.has(event.type)) return { kind: 'notClaimed' };
  switch (event.type) {
    case 'answer':
      return refusesAnswer(context.kind, context.steps, event.step, event.answer);
    case 'back':
      return refusesBack(context.steps, event.step);
    case 'park':
      return refusesPark(context, event);
    case 'resume':
      return context.parkedUntil === null ? { kind: 'notParked' } : null;
    case 'resolve':
      return refusesResolve(context, event);
    default:
      return null;
  }
};
