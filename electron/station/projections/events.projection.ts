/** Alarms, incidents, visits and the shift: views of their machines' snapshots. */
import type { AlarmCause } from '../../domain/alarms/alarm.types.ts';
import { escalationLevel } from '../../domain/incidents/incident.rules.ts';
import type { Json, JsonObject } from '../../domain/kernel/json.ts';
import { snapshotToDoc } from '../machine-host.ts';
import { textOf, textsOf } from '../docs.ts';
import { drop, put, type Projection, type Rows } from './projection.ts';
import { stateAmong } from './state-names.ts';

/** The state of every machine, as it was after its newest fact: what the machine host goes on from. */
export const machines: Projection = (fact) =>
  fact.snapshot === null ? [] : [put('machines', `${fact.kind}/${fact.entityId}`, snapshotToDoc(fact.snapshot))];

const gateCauses: ReadonlySet<string | null> = new Set<AlarmCause>([
  'barrierUnconfirmed',
  'barrierRefused',
  'barrierStandsOpen',
]);

/** Cameras that show where it is. */
const camerasOf = (rows: Rows, cause: string | null, sourceId: string): readonly Json[] => {
  const helpPoint = rows.row('helpPoints', sourceId);
  if (helpPoint !== null) return textsOf(helpPoint, 'cameraIds');
  if (cause === 'cameraLost' || cause === 'cameraTamper') return [sourceId];
  const cameraId = gateCauses.has(cause) ? textOf(rows.row('barriers', sourceId), 'cameraId') : null;
  return cameraId === null ? [] : [cameraId];
};

/** Alarms that stand in the queue; a closed one is only in the log. */
export const alarms: Projection = (fact, rows) => {
  if (fact.kind !== 'alarm' || fact.snapshot === null) return [];
  if (fact.snapshot.status === 'done') return [drop('alarms', fact.entityId)];
  const { context } = fact.snapshot;
  return [
    put('alarms', fact.entityId, {
      ...context,
      active: context['clearedAt'] === null,
      acknowledged: context['acknowledgedAt'] !== null,
      cameraIds: camerasOf(rows, textOf(context, 'cause'), textOf(context, 'sourceId') ?? ''),
    }),
  ];
};

const workStates = ['parked', 'inProgress', 'claimed', 'open', 'resolved', 'reviewed'] as const;

/** Incidents until a manager has reviewed them. */
export const incidents: Projection = (fact, rows) => {
  if (fact.kind !== 'incident' || fact.snapshot === null) return [];
  const { value } = fact.snapshot;
  const { recallReason, movedAt, phoneListSince, ...context } = fact.snapshot.context;
  if (typeof context['reviewedAt'] === 'number') return [drop('incidents', fact.entityId)];
  return [
    put('incidents', fact.entityId, {
      ...context,
      work: stateAmong(value, workStates, 'open'),
      escalation: escalationLevel(value),
      recall:
        typeof recallReason === 'string' && typeof movedAt === 'number' ? { why: recallReason, since: movedAt } : null,
      phoneListSince: phoneListSince ?? null,
      cameraIds: camerasOf(rows, 'helpButton', textOf(context, 'sourceId') ?? ''),
    }),
  ];
};

/** Visits, and the subjects whose key must be gone. */
export const visits: Projection = (fact) => {
  if (fact.kind !== 'visit' || fact.snapshot === null) return [];
  const { subjectId, ...shown } = fact.snapshot.context;
  const forgotten = typeof shown['forgottenAt'] === 'number';
  const state = forgotten ? 'forgotten' : typeof shown['leftAt'] === 'number' ? 'left' : 'inside';
  const gone: JsonObject = forgotten ? { name: null, phone: null, plate: null, visiting: null } : {};
  const row = put('visits', fact.entityId, { ...shown, ...gone, state });
  return forgotten && typeof subjectId === 'string'
    ? [row, put('forgottenSubjects', subjectId, { at: fact.recordedAt })]
    : [row];
};

/** Who is responsible. */
export const shift: Projection = (fact) => {
  if (fact.kind !== 'shift' || fact.snapshot === null) return [];
  const { postId, responsible, handover, overdueSince } = fact.snapshot.context;
  return [
    put('shift', fact.entityId, {
      postId: postId ?? fact.entityId,
      responsible: responsible ?? null,
      handover: handover ?? null,
      overdueSince: overdueSince ?? null,
    }),
  ];
};
