import type { Words } from '../../../electron/words/words.ts';
import type { OpenItem } from '../../seat/open-item.ts';
import type { Registry } from '../../seat/registry.tsx';
import type { Tables } from '../../store/tables.ts';

/** Reads `<kind>/<id>` as the station lists it; whose it is tells it. What has been closed since then says so. */
export const describeItem = (
  item: string,
  { openItems }: Pick<Registry, 'openItems'>,
  tables: Tables,
  words: Words,
): OpenItem => {
  const [kind = '', id = ''] = item.split('/', 2);
  const described = openItems[kind]?.(id, tables, words) ?? null;
  if (described !== null) return { item, ...described };
  return { item, title: words.t('takeover.closedSince'), facts: [], alarmId: null, place: null };
};
