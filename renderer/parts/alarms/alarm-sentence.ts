import type { AlarmView, BarrierView } from '../../../electron/contract/views.schema.ts';
import { begun } from '../../../electron/words/kernel/begun.ts';
import type { Words } from '../../../electron/words/words.ts';
import type { Tables } from '../../store/tables.ts';
import { dutyNames } from './duty-words.ts';
import { panelNames } from './panel-names.ts';

/** What is said of a gate that nobody has seen closed: since when, and who opened it for what. */
const standingNames = (barrier: BarrierView | undefined, words: Words): Record<'standing' | 'opened', string> => {
  const { t, hm, person, either } = words;
  const name = barrier?.name ?? t('gate.aGate');
  const standing = barrier?.standing ?? null;
  if (standing === null)
    return { standing: t('alarm.standing.over', { barrier: name }), opened: t('alarm.opened.over') };
  const { seenAt, since, by, reason, reasonNote } = standing;
  if (seenAt === null || barrier?.position === 'unknown') {
    const time = hm(barrier?.position === 'unknown' ? barrier.positionAt : since);
    return { standing: t('alarm.standing.unknown', { barrier: name, time }), opened: t('alarm.opened.unknown') };
  }
  const why = reason === null ? '' : either(`gate.reason.${reason}`, '');
  return {
    standing: t('alarm.standing.open', { barrier: name, time: hm(seenAt) }),
    opened:
      by === null
        ? t('alarm.opened.outside')
        : t('alarm.opened.byReason', { name: person(by), reason: reasonNote ?? why }),
  };
};

/** The names that an alarm's sentences speak of. `reachable`: whether help receivers can reach this computer at all. */
export const alarmNames = (
  alarm: AlarmView,
  tables: Tables,
  words: Words,
  reachable = true,
): Record<string, string | number> => {
  const { t } = words;
  const helpPoint = tables.helpPoints.get(alarm.sourceId);
  const camera = tables.cameras.get(alarm.sourceId);
  const barrier = tables.barriers.get(alarm.sourceId);
  const place = helpPoint?.place ?? camera?.place ?? barrier?.name ?? t('alarm.somewhere');
  const resident = helpPoint?.residentName ?? t('alarm.resident');
  // "3-1-502 household" names its place already.
  const whose = resident.includes(place) ? resident : t('alarm.whose', { place, resident });
  const panel = panelNames(alarm, tables, words, reachable);
  return {
    ...panel,
    whose,
    // An alarm of a home is that home's; one of a whole receiver is the receiver's.
    source: helpPoint === undefined ? panel.source : whose,
    place,
    resident,
    number: camera?.number ?? '',
    camera:
      camera === undefined ? t('camera.unknown') : t('camera.called', { number: camera.number, name: camera.name }),
    barrier: barrier?.name ?? t('gate.aGate'),
    account: alarm.sourceId,
    ...standingNames(barrier, words),
    ...dutyNames(alarm, tables, words),
    time: words.hm(alarm.raisedAt),
  };
};

/** It has come back so often that one more time is no news: the alarm says that it comes and goes. */
export const isFlapping = ({ relapses }: AlarmView): boolean => relapses >= 2;

/** What happened, in one sentence: names and places first. */
export const alarmSentence = (alarm: AlarmView, tables: Tables, words: Words): string => {
  const says = begun(words.t(`alarm.${alarm.cause}.says`, alarmNames(alarm, tables, words)), words.lang);
  return isFlapping(alarm) ? words.t('alarm.flappingSays', { says, count: alarm.relapses + 1 }) : says;
};

/** The same in a few words for a row: its place first. Causes without words of their own for a row say the whole sentence. */
export const alarmHeadline = (alarm: AlarmView, tables: Tables, words: Words): string => {
  const names = alarmNames(alarm, tables, words);
  const row = words.either(`alarm.${alarm.cause}.row`, words.t(`alarm.${alarm.cause}.says`, names), names);
  const says = begun(row, words.lang);
  return isFlapping(alarm) ? words.t('alarm.flappingSays', { says, count: alarm.relapses + 1 }) : says;
};
