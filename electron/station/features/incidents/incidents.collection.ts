import type { IncidentContext } from '../../../domain/incidents/incident.types.ts';
import { escalationLevel } from '../../../domain/incidents/incident.rules.ts';
import { defineCollection } from '../../core/collection.ts';
import { camerasOf } from '../../parts/places.ts';
import { incidentRows, type IncidentRow } from '../../parts/rows.ts';
import { stateAmong } from '../../parts/state-names.ts';
import { present } from './present.ts';

const workStates = ['parked', 'inProgress', 'claimed', 'open', 'resolved', 'reviewed'] as const;

/** Incidents until a manager has reviewed them. */
export const incidentsCollection = defineCollection(incidentRows, {
  version: 1,
  shown: { to: 'everybody', openedTo: ['duty'], present },
  fold: ({ kind, entityId, snapshot }, rows) => {
    if (kind !== 'incident' || snapshot === null) return [];
    const { recallReason, movedAt, ...context } = snapshot.context as unknown as IncidentContext;
    if (context.reviewedAt !== null) return [[entityId, null]];
    return [
      [
        entityId,
        {
          ...context,
          work: stateAmong(snapshot.value, workStates, 'open'),
          escalation: escalationLevel(snapshot.value),
          recall: recallReason === null ? null : { why: recallReason, since: movedAt },
          cameraIds: camerasOf(rows, context.sourceId),
        } as unknown as IncidentRow,
      ],
    ];
  },
});
