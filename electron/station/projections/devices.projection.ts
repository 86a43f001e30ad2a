/** Cameras and barriers: what was set up, and what their machines last said. */
import type { RecordedFact } from '../../domain/kernel/fact.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { textOf } from '../docs.ts';
import { drop, put, type Projection, type Rows } from './projection.ts';
import { stateAmong } from './state-names.ts';

const merged = (rows: Rows, collection: string, key: string, blank: JsonObject, fields: JsonObject) =>
  put(collection, key, { ...(rows.row(collection, key) ?? blank), ...fields });

const machineRow = (fact: RecordedFact, rows: Rows, collection: string, fields: JsonObject) =>
  rows.row(collection, fact.entityId) === null ? [] : [merged(rows, collection, fact.entityId, {}, fields)];

/** What was taken down goes on being called by its name. */
const retired = (id: string, kind: 'camera' | 'barrier' | 'helpPoint', name: string, place: string) =>
  put('retired', id, { id, kind, name, place });

/** A camera, without its password; that one is apart, encrypted. */
export const cameras: Projection = (fact, rows) => {
  if (fact.kind === 'cameraConfig') {
    const { passwordCipher, ...shown } = fact.body;
    const blank = { state: 'connecting', since: fact.occurredAt, fault: null, lastLiveAt: null };
    const fields = { ...shown, cameraId: fact.entityId, hasPassword: typeof passwordCipher === 'string' };
    return [
      merged(rows, 'cameras', fact.entityId, blank, fields),
      typeof passwordCipher === 'string'
        ? put('cameraSecrets', fact.entityId, { passwordCipher })
        : drop('cameraSecrets', fact.entityId),
    ];
  }
  if (fact.type === 'v1.CameraRemoved') {
    const before = rows.row('cameras', fact.entityId);
    return [
      drop('cameras', fact.entityId),
      drop('cameraSecrets', fact.entityId),
      retired(fact.entityId, 'camera', textOf(before, 'name') ?? '', textOf(before, 'place') ?? ''),
    ];
  }
  if (fact.kind !== 'camera' || fact.snapshot === null) return [];
  const { since, fault, lastLiveAt } = fact.snapshot.context;
  const state = stateAmong(fact.snapshot.value, ['connecting', 'live', 'stalled', 'offline'], 'connecting');
  return machineRow(fact, rows, 'cameras', {
    state,
    since: since ?? fact.occurredAt,
    fault: fault ?? null,
    lastLiveAt: lastLiveAt ?? null,
  });
};

const commandStates = [
  'contactHeld',
  'outcomeUnknown',
  'unconfirmed',
  'confirmed',
  'expired',
  'failed',
  'accepted',
  'sent',
  'commanded',
  'idle',
] as const;

/** A barrier: what was commanded beside what was confirmed. */
export const barriers: Projection = (fact, rows) => {
  if (fact.kind === 'barrierConfig') {
    const blank = {
      position: 'unknown',
      positionAt: fact.occurredAt,
      positionSource: null,
      positionBy: null,
      commandState: 'idle',
      command: null,
      standing: null,
    };
    return [merged(rows, 'barriers', fact.entityId, blank, { ...fact.body, barrierId: fact.entityId })];
  }
  if (fact.type === 'v1.BarrierRemoved') {
    const name = textOf(rows.row('barriers', fact.entityId), 'name') ?? '';
    return [drop('barriers', fact.entityId), retired(fact.entityId, 'barrier', name, name)];
  }
  if (fact.kind !== 'barrier' || fact.snapshot === null) return [];
  const { position, positionAt, positionSource, positionBy, command, standing } = fact.snapshot.context;
  return machineRow(fact, rows, 'barriers', {
    position: position ?? 'unknown',
    positionAt: positionAt ?? fact.occurredAt,
    positionSource: positionSource ?? null,
    positionBy: positionBy ?? null,
    commandState: stateAmong(fact.snapshot.value, commandStates, 'idle'),
    command: command ?? null,
    standing: standing ?? null,
  });
};

/** A help button that was taken down; who lived there is not kept with its place. */
export const retiredHelpPoints: Projection = (fact, rows) => {
  if (fact.type !== 'v1.HelpPointRemoved') return [];
  const place = textOf(rows.row('helpPoints', fact.entityId), 'place') ?? '';
  return [retired(fact.entityId, 'helpPoint', place, place)];
};
