import { sirenEffects } from '../alarms/siren.effects.ts';
import { matchesState } from 'xstate';
import { defineMachine } from '../kernel/define-machine.ts';
import type { Seen } from '../kernel/define-machine.ts';
import type { Refusal } from '../kernel/machine.ts';
import { refusesUnlessPerson } from '../people/actor.rules.ts';
import { incidentMachine } from './incident.machine.ts';
import { escalationLevel, refusesAnyhow, refusesClaim } from './incident.rules.ts';
import type { IncidentContext, IncidentEvent } from './incident.types.ts';
import { currentStep } from './procedure.rules.ts';

const refuses = (before: Seen<IncidentContext>, event: IncidentEvent): Refusal | null => {
  if (event.type === 'pressedAgain' || event.type === 'holderLeft') return null;
  const nobody = 'by' in event ? refusesUnlessPerson(event.by) : null;
  if (nobody !== null) return nobody;
  const { context, value } = before;
  if (event.type === 'review') return matchesState('resolved', value) ? null : { kind: 'notResolved' };
  if (!matchesState('running', value)) return { kind: 'alreadyResolved', details: { by: context.resolvedBy } };
  return refusesAnyhow(context, event) ?? (event.type === 'claim' ? refusesClaim(context, value, event) : null);
};

/** The incident as the station runs it. */
export const incident = defineMachine<IncidentContext, IncidentEvent>({
  kind: 'incident',
  schema: 1,
  machine: incidentMachine,
  effects: sirenEffects,
  startedBy: 'open',
  harmlessWhenDone: ['pressedAgain', 'holderLeft'],
  refuses,
  nameFact: (before, event, after) => {
    const { context, value } = after;
    // Which call it is about stands in every fact: two may run at once.
    const about = { sourceId: context.sourceId };
    if (before === null)
      return { type: 'v1.IncidentOpened', body: { ...about, kind: context.kind, alarmId: context.alarmId } };
    const from = before.context.claimedBy;
    switch (event.type) {
      case 'claim':
        return from === event.by
          ? { type: 'v1.IncidentKept', body: { ...about, by: event.by } }
          : { type: 'v1.IncidentClaimed', body: { ...about, by: event.by, from } };
      case 'passOn':
        return { type: 'v1.IncidentPassedOn', body: { ...about, by: event.by, from } };
      case 'answer':
        return {
          type: 'v1.StepAnswered',
          body: {
            ...about,
            step: event.step,
            answer: event.answer,
            by: event.by,
            next: currentStep(context.steps)?.step ?? null,
          },
        };
      case 'back':
        return { type: 'v1.StepReopened', body: { ...about, step: event.step, by: event.by } };
      case 'park':
        return {
          type: 'v1.IncidentParked',
          body: { ...about, reason: event.reason, untilMs: event.untilMs, by: event.by },
        };
      case 'resume':
        return { type: 'v1.IncidentResumed', body: { ...about, by: event.by } };
      case 'recordCall':
        return {
          type: 'v1.CallRecorded',
          body: {
            ...about,
            contactId: event.contactId,
            contactName: event.contactName ?? null,
            outcome: event.outcome,
            by: event.by,
          },
        };
      case 'resolve':
        return {
          type: 'v1.IncidentResolved',
          body: { ...about, resolution: event.resolution, by: event.by, note: event.note },
        };
      case 'review':
        return { type: 'v1.IncidentReviewed', body: { ...about, by: event.by, note: event.note } };
      case 'pressedAgain':
        return {
          type: 'v1.IncidentPressedAgain',
          body: { ...about, level: escalationLevel(value), next: currentStep(context.steps)?.step ?? null },
        };
      default:
        return {
          type: 'v1.IncidentEscalated',
          body: {
            ...about,
            level: escalationLevel(value),
            why: context.recallReason,
            claimedBy: context.claimedBy,
            movedAt: context.movedAt,
            escalatesAt: context.escalatesAt,
          },
        };
    }
  },
});
