import { useState, type ReactNode } from 'react';
import type { RosterEntryView } from '../../../electron/contract/views.schema.ts';
import { gapAfter } from '../../../electron/domain/roster/duty.rules.ts';
import type { RosterEntry } from '../../../electron/domain/roster/roster.rules.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Select } from '../../kit/field.tsx';
import { TimePick } from '../../kit/time-pick.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../seat/use-words.ts';
import { comingEntries } from '../../store/duty.ts';
import { useSeatState } from '../../seat/seat-context.tsx';

const HOUR_MS = 3_600_000;
const HALF_HOUR_MS = HOUR_MS / 2;
/** A planned shift is this long unless the gap that it fills is shorter. */
const USUAL_MS = 8 * HOUR_MS;

/** Where the next shift is to be planned: the first gap from now on. */
const nextToPlan = (
  entries: readonly RosterEntry[],
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } => {
  const gap = gapAfter(entries, Math.ceil(nowMs / HALF_HOUR_MS) * HALF_HOUR_MS);
  const fromMs = gap?.fromMs ?? nowMs;
  return { fromMs, toMs: Math.min(fromMs + USUAL_MS, gap?.toMs ?? Infinity) };
};

export const RosterForm = ({
  entry,
  onClose,
}: {
  readonly entry: RosterEntryView | null;
  readonly onClose: () => void;
}): ReactNode => {
  const { t } = useWords();
  const people = useSeatState((state) => state.tables.people);
  const roster = useSeatState((state) => state.tables.roster);
  const postId = useSeatState((state) => state.postId);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const sender = useSender();
  const list = [...people.values()].filter((person) => person.active);
  // An open shift asks for somebody who can come.
  const [personId, setPersonId] = useState(
    entry === null ? (list[0]?.personId ?? '') : people.get(entry.personId)?.active === true ? entry.personId : '',
  );
  const [start] = useState(() => entry ?? nextToPlan(comingEntries({ roster, people }, postId), nowMs));
  const [fromMs, setFrom] = useState(start.fromMs);
  const [toMs, setTo] = useState(start.toMs);
  const firstDayMs = Math.min(nowMs, start.fromMs);
  const why = personId === '' ? t('roster.needsPerson') : toMs <= fromMs ? t('roster.needsTimes') : null;
  const save = async (): Promise<void> => {
    const answer = await sender.send('setRosterEntry', { entryId: entry?.entryId ?? null, personId, fromMs, toMs });
    if (answer.ok) onClose();
  };
  return (
    <form
      className="card form-row"
      aria-label={t('roster.add')}
      onSubmit={(event) => {
        event.preventDefault();
        if (why === null) void save();
      }}
    >
      <Select
        label={t('roster.who')}
        name="personId"
        value={personId}
        onChange={setPersonId}
        options={[
          ...(personId === '' ? [{ value: '', label: t('roster.choose') }] : []),
          ...list.map((person) => ({ value: person.personId, label: person.name ?? t('common.notShown') })),
        ]}
      />
      <TimePick label={t('roster.from')} name="from" value={fromMs} fromMs={firstDayMs} onChange={setFrom} />
      <TimePick label={t('roster.to')} name="to" value={toMs} fromMs={firstDayMs} onChange={setTo} />
      <div className="buttons">
        <Button
          action="setRosterEntry"
          submit
          look="primary"
          size="large"
          label={t('common.save')}
          why={why}
          busy={sender.busy}
        />
        <Button action="cancel" size="large" look="quiet" label={t('common.cancel')} onPress={onClose} />
      </div>
      <RefusalNote refusal={sender.refusal} />
    </form>
  );
};
