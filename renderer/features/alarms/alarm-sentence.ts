import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import type { Words } from '../../kit/use-words.ts';
import type { Tables } from '../../store/tables.ts';

/** The names that an alarm's sentences speak of. */
export const alarmNames = (alarm: AlarmView, tables: Tables, words: Words): Record<string, string | number> => {
  const { t } = words;
  const helpPoint = tables.helpPoints.get(alarm.sourceId);
  const camera = tables.cameras.get(alarm.sourceId);
  const barrier = tables.barriers.get(alarm.sourceId);
  const place = helpPoint?.place ?? camera?.place ?? barrier?.name ?? t('alarm.somewhere');
  const resident = helpPoint?.residentName ?? t('alarm.resident');
  return {
    // "3-1-502 household" names its place already.
    whose: resident.includes(place) ? resident : t('alarm.whose', { place, resident }),
    place,
    resident,
    number: camera?.number ?? '',
    camera:
      camera === undefined ? t('camera.unknown') : t('camera.called', { number: camera.number, name: camera.name }),
    barrier: barrier?.name ?? t('gate.aGate'),
    account: alarm.sourceId,
    time: words.hm(alarm.raisedAt),
  };
};

/** What happened, in one sentence: names and places first. */
export const alarmSentence = (alarm: AlarmView, tables: Tables, words: Words): string =>
  words.t(`alarm.${alarm.cause}.says`, alarmNames(alarm, tables, words));
