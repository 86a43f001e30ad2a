import { nameToKey } from '../../electron/domain/people/findable.rules.ts';
import type { Sealed } from '../../electron/domain/kernel/ids.ts';
import { LONGEST_LIST, type SealedList } from '../../electron/station/ports/sealed-list.port.ts';
import type { Vault } from '../../electron/station/ports/vault.port.ts';

/** Lists in this thread, opened for each question by the vault in memory. */
export const createFakeSealedList = ({ open }: Pick<Vault, 'open'>): SealedList => {
  const lists = new Map<string, Map<string, Sealed>>();
  const cut = new Set<string>();
  return {
    put: (name, key, text) => {
      const list = lists.get(name) ?? new Map<string, Sealed>();
      lists.set(name, list);
      list.delete(key);
      if (text !== null) list.set(key, text);
      if (list.size <= LONGEST_LIST) return;
      const [oldest = ''] = [...list.keys()].toSorted();
      list.delete(oldest);
      cut.add(name);
    },
    search: async (name, text, limit) => {
      const wanted = nameToKey(text);
      const keys = [...(lists.get(name) ?? [])]
        .filter(([, one]) => wanted !== '' && nameToKey(open(one) ?? '').includes(wanted))
        .map(([key]) => key)
        .toSorted()
        .slice(-limit)
        .toReversed();
      return { keys, complete: !cut.has(name) };
    },
    close: async () => lists.clear(),
  };
};
