/** Calls for help. The rules are the machine's. */
import type { incidents } from '../../../contract/incidents/incidents.contract.ts';
import { incident } from '../../../domain/incidents/incident.ts';
import type { IncidentEvent } from '../../../domain/incidents/incident.types.ts';
import { gateBearsOut } from '../../../domain/incidents/gate-answer.rules.ts';
import type { JsonObject } from '../../../domain/kernel/json.ts';
import { refuse, tellOrRefuse, type CommandScope, type Handlers } from '../../core/handler.ts';
import { subjects } from '../../core/subjects.ts';
import { isResponsible } from '../../parts/duty-rows.ts';
import { existing } from '../../parts/record-change.ts';
import { barrierRows, contactRows, incidentRows } from '../../parts/rows.ts';

const tell = (scope: CommandScope, incidentId: string, event: IncidentEvent): JsonObject => {
  tellOrRefuse(scope, incident, incidentId, event);
  return {};
};

/** Who does it, and when by the station's clock. */
const byNow = ({ work, actor }: CommandScope): { readonly at: number; readonly by: string } => ({
  at: work.nowMs,
  by: actor,
});

export const incidentsCommands: Handlers<typeof incidents> = {
  claimIncident: (scope, { incidentId }) => {
    const onDuty = isResponsible(scope.work.read, scope.actor);
    return tell(scope, incidentId, { type: 'claim', ...byNow(scope), onDuty });
  },
  answerStep: (scope, { incidentId, step, answer }) => {
    const { read } = scope.work;
    const openedAt = incidentRows.get(read, incidentId)?.openedAt ?? 0;
    if (!gateBearsOut(step, answer, barrierRows.all(read), openedAt)) refuse('gateNotSeen', { step, answer });
    return tell(scope, incidentId, { type: 'answer', ...byNow(scope), step, answer });
  },
  stepBack: (scope, { incidentId, step }) => tell(scope, incidentId, { type: 'back', ...byNow(scope), step }),
  parkIncident: (scope, { incidentId, reason, untilMs }) =>
    tell(scope, incidentId, {
      type: 'park',
      ...byNow(scope),
      reason: scope.privacy.seal(subjects.note(scope.commandId), reason),
      untilMs,
    }),
  resumeIncident: (scope, { incidentId }) => tell(scope, incidentId, { type: 'resume', ...byNow(scope) }),
  recordCall: (scope, { incidentId, contactId, outcome }) => {
    // The name as of now, sealed as it is there: a renamed contact renames no call that was made.
    const { name: contactName } = existing(scope, contactRows, contactId);
    return tell(scope, incidentId, { type: 'recordCall', ...byNow(scope), contactId, contactName, outcome });
  },
  resolveIncident: (scope, { incidentId, resolution, note }) =>
    tell(scope, incidentId, {
      type: 'resolve',
      ...byNow(scope),
      resolution,
      note: scope.privacy.sealMaybe(subjects.note(scope.commandId), note),
    }),
  reviewIncident: (scope, { incidentId, note }) =>
    tell(scope, incidentId, {
      type: 'review',
      ...byNow(scope),
      note: scope.privacy.seal(subjects.note(scope.commandId), note),
    }),
};
