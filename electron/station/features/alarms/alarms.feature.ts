import { alarms } from '../../../contract/alarms/alarms.contract.ts';
import { alarm } from '../../../domain/alarms/alarm.machine.ts';
import { openAlarmItems } from '../../../domain/shifts/open-items.rules.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { refuse, tellOrRefuse } from '../../core/handler.ts';
import { alarmRows } from '../../parts/rows.ts';
import { alarmsCollection, occurrences, openAlarms } from './alarms.collection.ts';
import { toOneAlarm } from './one-alarm.ts';
import { createSiren } from './siren.ts';
import { dropSirens, startSiren, stopSiren } from './siren.effects.ts';

/** The queue of alarms, and the siren. */
export const alarmsFeature = defineFeature({
  contract: alarms,
  machines: [alarm],
  collections: { alarms: alarmsCollection },
  ownCollections: [openAlarms, occurrences],
  commands: {
    acknowledgeAlarm: (scope, { alarmId }) => {
      tellOrRefuse(scope, alarm, alarmId, { type: 'acknowledge', at: scope.work.nowMs, by: scope.actor });
      return {};
    },
    silenceSiren: ({ work }) => {
      const reasons = dropSirens(work.outbox, null);
      if (reasons === 0) refuse('sirenSilent');
      work.record({ type: 'v1.SirenSilenced', kind: 'station', entityId: 'station', body: { reasons } });
      return {};
    },
  },
  effects: [startSiren, stopSiren],
  openThings: (rows) =>
    openAlarmItems(
      alarmRows.all(rows).map(({ alarmId: id, cause, sourceId, incidentId }) => ({ id, cause, sourceId, incidentId })),
    ),
  receive: toOneAlarm,
  serve: ({ deps, worker }) => {
    const siren = createSiren({ ...deps, worker });
    return {
      health: () => ({ sounder: deps.sounder.state() }),
      effects: { startSiren: { policy: 'standing', follow: siren.follow } },
      stop: siren.stop,
    };
  },
});
