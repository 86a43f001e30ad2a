import { useState, type ReactNode } from 'react';
import type { RosterEntryView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Select } from '../../kit/field.tsx';
import { TimePick } from '../../kit/time-pick.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../kit/use-words.ts';
import { useSeatState } from '../../store/seat-context.tsx';

const HOUR_MS = 3_600_000;

export const RosterForm = ({
  entry,
  onClose,
}: {
  readonly entry: RosterEntryView | null;
  readonly onClose: () => void;
}): ReactNode => {
  const { t } = useWords();
  const people = useSeatState((state) => state.tables.people);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const sender = useSender();
  const list = [...people.values()].filter((person) => person.active);
  const [personId, setPersonId] = useState(entry?.personId ?? list[0]?.personId ?? '');
  const start = entry?.fromMs ?? Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  const [fromMs, setFrom] = useState(start);
  const [toMs, setTo] = useState(entry?.toMs ?? start + 8 * HOUR_MS);
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
        options={list.map((person) => ({ value: person.personId, label: person.name ?? t('common.notShown') }))}
      />
      <TimePick label={t('roster.from')} name="from" value={fromMs} fromMs={start} onChange={setFrom} />
      <TimePick label={t('roster.to')} name="to" value={toMs} fromMs={start} onChange={setTo} />
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
