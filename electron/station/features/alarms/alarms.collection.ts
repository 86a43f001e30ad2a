import type { AlarmContext } from '../../../domain/alarms/alarm.types.ts';
import { defineCollection } from '../../core/collection.ts';
import { occurrenceRows, openAlarmKey, openAlarmRows } from '../../parts/open-alarms.ts';
import { camerasOf } from '../../parts/places.ts';
import { alarmRows, type AlarmRow } from '../../parts/rows.ts';

/** As the machine's: a list of the journal is a list of the row. */
type Context = Omit<AlarmContext, 'details'> & Pick<AlarmRow, 'details'>;

/** Alarms that stand in the queue; a closed one is only in the log. */
export const alarmsCollection = defineCollection(alarmRows, {
  version: 1,
  shown: { to: 'everybody', openedTo: ['duty'] },
  fold: ({ kind, entityId, snapshot }, rows) => {
    if (kind !== 'alarm' || snapshot === null) return [];
    if (snapshot.status === 'done') return [[entityId, null]];
    const context = snapshot.context as unknown as Context;
    return [
      [
        entityId,
        {
          ...context,
          active: context.clearedAt === null,
          acknowledged: context.acknowledgedAt !== null,
          cameraIds: camerasOf(rows, context.sourceId),
        },
      ],
    ];
  },
});

/** Which alarm is open for a cause and source. */
export const openAlarms = defineCollection(openAlarmRows, {
  version: 1,
  fold: ({ kind, entityId, snapshot }) => {
    if (kind !== 'alarm' || snapshot === null) return [];
    const { cause, sourceId } = snapshot.context as unknown as Context;
    return [[openAlarmKey(cause, sourceId), snapshot.status === 'done' ? null : { alarmId: entityId }]];
  },
});

/** Which alarm is open for its newest occurrence. */
export const occurrences = defineCollection(occurrenceRows, {
  version: 1,
  fold: ({ kind, entityId, snapshot }, rows) => {
    if (kind !== 'alarm' || snapshot === null) return [];
    const { occurrenceId } = snapshot.context as unknown as Context;
    const before = alarmRows.get(rows, entityId)?.occurrenceId ?? occurrenceId;
    const now = [occurrenceId, snapshot.status === 'done' ? null : { alarmId: entityId }] as const;
    return before === occurrenceId ? [now] : [[before, null], now];
  },
});
