/** Alarms and incidents. The rules are the machines'. */
import type { AlarmEvent } from '../../domain/alarms/alarm.types.ts';
import { gateBearsOut } from '../../domain/incidents/gate-answer.rules.ts';
import type { IncidentEvent } from '../../domain/incidents/incident.types.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { numberOf, objectOf, textOf } from '../docs.ts';
import { POST_ID } from '../projections/log.projection.ts';
import type { Work } from '../work.ts';
import { subjects } from '../subjects.ts';
import { refuse, tellOrRefuse, type CommandScope, type Handlers } from './handler.ts';

const tellIncident = (scope: CommandScope, incidentId: string, event: IncidentEvent): JsonObject => {
  tellOrRefuse(scope, 'incident', incidentId, event);
  return {};
};

/** Where a gate stands, as far as it was seen. */
const toGate = (doc: JsonObject): Parameters<typeof gateBearsOut>[2][number] => {
  const position = textOf(doc, 'position');
  const source = textOf(doc, 'positionSource');
  return {
    position: position === 'open' || position === 'closed' || position === 'moving' ? position : 'unknown',
    positionSource: source === 'sensor' || source === 'controller' || source === 'person' ? source : null,
    positionAt: numberOf(doc, 'positionAt') ?? 0,
  };
};

/** Whether this person is responsible for the post now. */
const isOnDuty = ({ work, actor }: CommandScope): boolean =>
  textOf(objectOf(work.tx.row('shift', POST_ID), 'responsible'), 'personId') === actor;

/** Who becomes responsible for the post takes its running calls for help along, in the same transaction. */
export const passCallsOn = (work: Work, to: string): void => {
  for (const { key, doc } of work.tx.rows('incidents')) {
    const event: IncidentEvent = { type: 'passOn', at: work.nowMs, by: to };
    if (doc['work'] !== 'resolved' && doc['work'] !== 'reviewed') work.tell('incident', key, event);
  }
};

/** Who does it, and when by the station's clock. */
const byNow = ({ work, actor }: CommandScope): { readonly at: number; readonly by: string } => ({
  at: work.nowMs,
  by: actor,
});

export const eventHandlers: Handlers<
  | 'acknowledgeAlarm'
  | 'claimIncident'
  | 'answerStep'
  | 'stepBack'
  | 'parkIncident'
  | 'resumeIncident'
  | 'recordCall'
  | 'resolveIncident'
  | 'reviewIncident'
> = {
  acknowledgeAlarm: (scope, { alarmId }) => {
    const event: AlarmEvent = { type: 'acknowledge', ...byNow(scope) };
    tellOrRefuse(scope, 'alarm', alarmId, event);
    return {};
  },
  claimIncident: (scope, { incidentId }) =>
    tellIncident(scope, incidentId, { type: 'claim', ...byNow(scope), onDuty: isOnDuty(scope) }),
  answerStep: (scope, { incidentId, step, answer }) => {
    const openedAt = numberOf(scope.work.tx.row('incidents', incidentId), 'openedAt') ?? 0;
    const gates = scope.work.tx.rows('barriers').map(({ doc }) => toGate(doc));
    if (!gateBearsOut(step, answer, gates, openedAt)) refuse('gateNotSeen', { step, answer });
    return tellIncident(scope, incidentId, { type: 'answer', ...byNow(scope), step, answer });
  },
  stepBack: (scope, { incidentId, step }) => tellIncident(scope, incidentId, { type: 'back', ...byNow(scope), step }),
  parkIncident: (scope, { incidentId, reason, untilMs }) =>
    tellIncident(scope, incidentId, {
      type: 'park',
      ...byNow(scope),
      reason: scope.privacy.seal(subjects.note(scope.commandId), reason),
      untilMs,
    }),
  resumeIncident: (scope, { incidentId }) => tellIncident(scope, incidentId, { type: 'resume', ...byNow(scope) }),
  recordCall: (scope, { incidentId, contactId, outcome }) => {
    const contact = scope.work.tx.row('contacts', contactId) ?? refuse('notFound', { kind: 'contacts', id: contactId });
    // The name as of now, sealed as it is there: a renamed contact renames no call that was made.
    const contactName = textOf(contact, 'name');
    return tellIncident(scope, incidentId, { type: 'recordCall', ...byNow(scope), contactId, contactName, outcome });
  },
  resolveIncident: (scope, { incidentId, resolution, note }) =>
    tellIncident(scope, incidentId, {
      type: 'resolve',
      ...byNow(scope),
      resolution,
      note: scope.privacy.sealMaybe(subjects.note(scope.commandId), note),
    }),
  reviewIncident: (scope, { incidentId, note }) =>
    tellIncident(scope, incidentId, {
      type: 'review',
      ...byNow(scope),
      note: scope.privacy.seal(subjects.note(scope.commandId), note),
    }),
};
