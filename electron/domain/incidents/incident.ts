import { matchesState } from 'xstate';
import { defineMachine } from '../kernel/define-machine.ts';
import type { Seen } from '../kernel/define-machine.ts';
import type { Refusal } from '../kernel/machine.ts';
import { refusesUnlessPerson } from '../people/actor.rules.ts';
import { incidentMachine } from './incident.machine.ts';
import { escalationLevel, isAttended, refusesPark, refusesResolve } from './incident.rules.ts';
import type { IncidentContext, IncidentEvent } from './incident.types.ts';
import { currentStep, refusesAnswer, refusesBack } from './procedure.rules.ts';

const refuses = (before: Seen<IncidentContext>, event: IncidentEvent): Refusal | null => {
  if (event.type === 'pressedAgain') return null;
  if ('by' in event) {
    const nobody = refusesUnlessPerson(event.by);
    if (nobody !== null) return nobody;
  }
  const { context, value } = before;
  if (event.type === 'review') return matchesState('resolved', value) ? null : { kind: 'notResolved' };
  if (!matchesState('running', value)) return { kind: 'alreadyResolved', details: { by: context.resolvedBy } };
  if (context.claimedBy === null && event.type !== 'claim' && event.type !== 'recordCall')
    return { kind: 'notClaimed' };
  switch (event.type) {
    case 'claim':
      return isAttended(value) ? { kind: 'alreadyClaimed', details: { by: context.claimedBy } } : null;
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

/** The incident as the station runs it. */
export const incident = defineMachine<IncidentContext, IncidentEvent>({
  kind: 'incident',
  schema: 1,
  machine: incidentMachine,
  startedBy: 'open',
  harmlessWhenDone: ['pressedAgain'],
  refuses,
  nameFact: (before, event, after) => {
    const { context, value } = after;
    if (before === null) {
      return {
        type: 'v1.IncidentOpened',
        body: { kind: context.kind, alarmId: context.alarmId, sourceId: context.sourceId },
      };
    }
    switch (event.type) {
      case 'claim':
        return { type: 'v1.IncidentClaimed', body: { by: event.by, from: before.context.claimedBy } };
      case 'answer':
        return {
          type: 'v1.StepAnswered',
          body: {
            step: event.step,
            answer: event.answer,
            by: event.by,
            next: currentStep(context.steps)?.step ?? null,
          },
        };
      case 'back':
        return { type: 'v1.StepReopened', body: { step: event.step, by: event.by } };
      case 'park':
        return { type: 'v1.IncidentParked', body: { reason: event.reason, untilMs: event.untilMs, by: event.by } };
      case 'resume':
        return { type: 'v1.IncidentResumed', body: { by: event.by } };
      case 'recordCall':
        return {
          type: 'v1.CallRecorded',
          body: {
            contactId: event.contactId,
            contactName: event.contactName ?? null,
            outcome: event.outcome,
            by: event.by,
          },
        };
      case 'resolve':
        return { type: 'v1.IncidentResolved', body: { resolution: event.resolution, by: event.by, note: event.note } };
      case 'review':
        return { type: 'v1.IncidentReviewed', body: { by: event.by, note: event.note } };
      case 'pressedAgain':
        return { type: 'v1.IncidentPressedAgain', body: { level: escalationLevel(value) } };
      default:
        return {
          type: 'v1.IncidentEscalated',
          body: { level: escalationLevel(value), escalatesAt: context.escalatesAt, claimedBy: context.claimedBy },
        };
    }
  },
});
