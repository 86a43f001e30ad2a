import type { Words } from '../../kit/use-words.ts';
import type { Tables } from '../../store/tables.ts';
import { alarmSentence } from '../alarms/alarm-sentence.ts';

/** One thing that is open at a handover, in a sentence and with how far it is. */
export interface OpenItem {
  readonly item: string;
  readonly title: string;
  readonly state: string;
}

/** Reads `<kind>/<id>` as the station lists it. What has been closed since then says so. */
export const describeItem = (item: string, tables: Tables, words: Words): OpenItem => {
  const { t, hm, person } = words;
  const [kind = '', id = ''] = item.split('/', 2);
  const incident = kind === 'incident' ? tables.incidents.get(id) : undefined;
  if (incident !== undefined) {
    const alarm = tables.alarms.get(incident.alarmId);
    const place = tables.helpPoints.get(incident.sourceId)?.place ?? t('alarm.somewhere');
    return {
      item,
      title: alarm === undefined ? t('takeover.helpAt', { place }) : alarmSentence(alarm, tables, words),
      state: t(`takeover.work.${incident.work}`, { name: person(incident.claimedBy), time: hm(incident.openedAt) }),
    };
  }
  const alarm = kind === 'alarm' ? tables.alarms.get(id) : undefined;
  if (alarm !== undefined) {
    return { item, title: alarmSentence(alarm, tables, words), state: t('alarm.since', { time: hm(alarm.raisedAt) }) };
  }
  const barrier = kind === 'barrier' ? tables.barriers.get(id) : undefined;
  if (barrier !== undefined) return { item, title: barrier.name, state: t(`gate.position.${barrier.position}`) };
  return { item, title: t('takeover.closedSince'), state: '' };
};
