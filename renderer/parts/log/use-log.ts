import { useEffect, useMemo, useState } from 'react';
import type { Bridge } from '../../bridge/bridge.ts';
import { logPage } from '../../../electron/contract/messages.schema.ts';
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import type { Refusal } from '../../kit/command.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { logGroups, matches, merged, type LogFilter } from './log-filter.rules.ts';

const PAGE = 100;

export interface LogLines {
  readonly entries: readonly LogEntryView[];
  /** There are older lines at the station. */
  readonly more: boolean;
  readonly older: () => void;
  /** The station has not answered yet. */
  readonly busy: boolean;
  readonly refusal: Refusal | null;
}

interface Pages {
  readonly filter: LogFilter;
  readonly entries: readonly LogEntryView[];
  readonly more: boolean;
  readonly refusal: Refusal | null;
}

/** Asks for the lines before `beforeSeq` (the newest ones for `null`) and adds them to those known. */
const ask = async (
  bridge: Bridge,
  filter: LogFilter,
  beforeSeq: number | null,
  known: readonly LogEntryView[],
): Promise<Pages> => {
  const kinds = logGroups[filter.group];
  const reply = await bridge.query({
    type: 'log',
    beforeSeq,
    limit: PAGE,
    kinds: kinds === null ? null : [...kinds],
    fromMs: filter.fromMs,
    toMs: filter.toMs,
    shiftNumber: filter.shift?.number ?? null,
    ...(filter.shift === null ? {} : { postId: filter.shift.postId }),
  });
  const read = reply.ok ? logPage.safeParse(reply.value) : null;
  if (read?.success === true)
    return { filter, entries: [...known, ...read.data.entries], more: read.data.more, refusal: null };
  return { filter, entries: known, more: true, refusal: reply.ok ? { kind: 'unknown' } : reply.refusal };
};

/** The lines that match: the live ones of this seat, and pages asked of the station. */
export const useLog = (filter: LogFilter): LogLines => {
  const { bridge } = useSeat();
  const live = useSeatState((state) => state.tables.log);
  const [pages, setPages] = useState<Pages | null>(null);
  const fetched = pages !== null && pages.filter === filter ? pages : null;
  const entries = useMemo(
    () => merged(fetched?.entries ?? [], [...live.values()]).filter((entry) => matches(entry, filter)),
    [live, fetched, filter],
  );
  useEffect(() => {
    let wanted = true;
    void ask(bridge, filter, null, []).then((first) => {
      if (wanted) setPages(first);
    });
    return () => {
      wanted = false;
    };
  }, [bridge, filter]);
  return {
    entries,
    more: fetched?.more ?? false,
    busy: fetched === null,
    refusal: fetched?.refusal ?? null,
    older: () => {
      if (fetched === null) return;
      const oldest = fetched.entries.reduce<number | null>(
        (least, { seq }) => (least === null ? seq : Math.min(least, seq)),
        null,
      );
      void ask(bridge, filter, oldest, fetched.entries).then(setPages);
    },
  };
};
