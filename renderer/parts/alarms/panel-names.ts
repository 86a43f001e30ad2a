import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import type { Words } from '../../../electron/words/words.ts';
import type { Tables } from '../../store/tables.ts';

/** More different numbers than a receiver that was set up wrongly ever has: somebody tries them out. */
const MANY_NUMBERS = 4;

/** A help receiver by the places that it reports for; its number only where no place is known. */
export const receiverName = (account: string, tables: Tables, { t }: Pick<Words, 't'>): string => {
  const places = [...tables.helpPoints.values()].filter((point) => point.account === account).map(({ place }) => place);
  const [place, ...others] = places.toSorted();
  if (place === undefined) return t('alarm.panel.ofAccount', { account });
  return t(others.length === 0 ? 'alarm.panel.ofPlace' : 'alarm.panel.ofPlaces', { place, count: places.length });
};

/** What was reported, kind by kind, with the place's number where it has no other name. */
const reportedIn = ({ details, occurrences }: AlarmView, { t, either }: Words): string => {
  if (details.length === 0) return t('alarm.panel.reported.unclear');
  const parts = details.map((detail) => {
    const [meaning = '', zone = ''] = detail.split('/', 2);
    const what = either(`alarm.panel.reported.${meaning}`, t('alarm.panel.reported.unclear'));
    return zone === '' ? what : t('alarm.panel.zone', { what, zone });
  });
  const list = parts.slice(0, 2).join(t('common.listComma'));
  return parts.length > 2 ? t('alarm.panel.more', { list, count: occurrences }) : list;
};

/** What the sentences of a panel's alarms speak of. */
export const panelNames = (
  alarm: AlarmView,
  tables: Tables,
  words: Words,
  reachable: boolean,
): Record<
  'source' | 'reported' | 'unreadable' | 'accounts' | 'stranger' | 'silentMeans' | 'silentNext' | 'unreachable',
  string
> => {
  const { t, either } = words;
  const why = alarm.details.at(-1) ?? '';
  return {
    source: receiverName(alarm.sourceId, tables, words),
    reported: reportedIn(alarm, words),
    unreadable: either(`alarm.panel.unreadable.${why}`, ''),
    accounts: alarm.details.filter((account) => account !== '').join(t('common.listComma')),
    stranger: t(alarm.details.length >= MANY_NUMBERS ? 'alarm.panel.guessing' : 'alarm.panel.stranger'),
    silentMeans: t(reachable ? 'alarm.panel.silent.means' : 'alarm.panel.silent.notReachedMeans'),
    silentNext: t(reachable ? 'alarm.panel.silent.next' : 'alarm.panel.silent.notReachedNext'),
    unreachable: either(`alarm.panel.unreachable.${why}`, t('alarm.panel.unreachable.failed')),
  };
};
