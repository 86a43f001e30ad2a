import { useEffect, useMemo, useState } from 'react';
import { logPage } from '../../../electron/contract/messages.schema.ts';
import type { LogEntryView } from '../../../electron/contract/views.schema.ts';
import { useSender, type Sender } from '../../kit/command.ts';
import { useSeat, useSeatState } from '../../store/seat-context.tsx';
import { logGroups, matches, merged, type LogFilter } from './log-filter.rules.ts';

const PAGE = 100;

export interface LogLines {
  readonly entries: readonly LogEntryView[];
  /** There are older lines at the station. */
  readonly more: boolean;
  readonly older: () => void;
  readonly sender: Sender;
}

/** The lines that match: the live ones of this seat, and pages asked of the station. */
export const useLog = (filter: LogFilter): LogLines => {
  const { bridge } = useSeat();
  const live = useSeatState((state) => state.tables.log);
  const sender = useSender();
  const [pages, setPages] = useState<{ readonly filter: LogFilter; readonly entries: readonly LogEntryView[]; readonly more: boolean } | null>(null);
  const fetched = pages !== null && pages.filter === filter ? pages : null;
  const entries = useMemo(
    () => merged(fetched?.entries ?? [], [...live.values()]).filter((entry) => matches(entry, filter)),
    [live, fetched, filter],
  );
  const ask = async (beforeSeq: number | null, known: readonly LogEntryView[]): Promise<void> => {
    const kinds = logGroups[filter.group];
    const reply = await sender.ask(
      bridge.query({
        type: 'log', beforeSeq, limit: PAGE, kinds: kinds === null ? null : [...kinds], fromMs: filter.fromMs, toMs: filter.toMs, shiftNumber: filter.shift,
      }),
    );
    const read = reply.ok ? logPage.safeParse(reply.value) : null;
    if (read?.success === true) setPages({ filter, entries: [...known, ...read.data.entries], more: read.data.more });
  };
  useEffect(() => {
    void ask(null, []);
    // Asked once for every filter; what is new after that comes by itself.
  }, [filter]);
  return {
    entries,
    more: fetched?.more ?? false,
    older: () => void ask(fetched?.entries.reduce<number | null>((least, { seq }) => (least === null ? seq : Math.min(least, seq)), null) ?? null, fetched?.entries ?? []),
    sender,
  };
};
