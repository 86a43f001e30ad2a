import { useMemo, useState, type ReactNode } from 'react';
import type { RosterEntryView } from '../../../electron/contract/views.schema.ts';
import { entriesAt } from '../../../electron/domain/roster/roster.rules.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { Screen } from '../../kit/screen.tsx';
import { useWords } from '../../seat/use-words.ts';
import { shiftOf } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { TwoTaps } from '../../kit/two-taps.tsx';
import { rosterLines } from './roster-lines.rules.ts';
import { RosterForm } from './roster-form.tsx';
import './roster.css';

const MINUTE_MS = 60_000;

/** Who is planned, from when to when, with the gaps between them in their place. */
export const RosterScreen = (): ReactNode => {
  const { t, hm, dayTime, weekday, person } = useWords();
  const { roster: all, people } = useSeatState((state) => state.tables);
  const postId = useSeatState((state) => state.postId);
  const roster = useMemo(() => entriesAt([...all.values()], postId), [all, postId]);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const responsible = useSeatState((state) => shiftOf(state)?.responsible ?? null);
  const sender = useSender();
  const whyNot = useWhyNot();
  const [editing, setEditing] = useState<RosterEntryView | 'new' | null>(null);
  const minute = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const lines = useMemo(() => {
    const holder = responsible === null ? null : { personId: responsible.personId, sinceMs: responsible.since };
    return rosterLines(roster, (personId) => people.get(personId)?.active === true, holder, minute);
  }, [roster, people, responsible, minute]);
  const holder = person(responsible?.personId ?? null);
  const why = whyNot('setRosterEntry');
  return (
    <Screen
      name="roster"
      title={t('roster.title')}
      lead={t('roster.lead')}
      tools={
        <Button
          action="addRosterEntry"
          look="primary"
          size="large"
          label={t('roster.add')}
          why={why}
          onPress={() => setEditing('new')}
        />
      }
    >
      {editing !== null && (
        <RosterForm
          key={editing === 'new' ? 'new' : editing.entryId}
          entry={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
      <RefusalNote refusal={sender.refusal} />
      {roster.length === 0 && <Empty title={t('roster.empty')}>{t('roster.emptyNext')}</Empty>}
      <p className="roster-now" data-holder={responsible?.personId ?? 'unstaffed'}>
        {responsible === null ? t('roster.nobodyHere') : t('roster.holder', { holder, time: hm(responsible.until) })}
      </p>
      {roster.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('roster.who')}</th>
              <th scope="col">{t('roster.from')}</th>
              <th scope="col">{t('roster.to')}</th>
              <th scope="col">
                <span className="unseen">{t('roster.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) =>
              line.kind === 'gap' ? (
                <tr key={`gap-${line.fromMs}`} className="roster-gap" data-gap={line.fromMs}>
                  <th scope="row">▲ {t('roster.gap')}</th>
                  <td>{`${weekday(line.fromMs)} ${dayTime(line.fromMs)}`}</td>
                  <td>{line.toMs === null ? t('roster.andOn') : `${weekday(line.toMs)} ${dayTime(line.toMs)}`}</td>
                  <td />
                </tr>
              ) : (
                <tr
                  key={line.entry.entryId}
                  className={line.standing === 'open' ? 'roster-gap' : undefined}
                  data-roster-entry={line.entry.entryId}
                  data-standing={line.standing}
                >
                  <th scope="row">
                    {line.standing === 'open' && '▲ '}
                    {person(line.entry.personId)}
                    {line.standing !== 'past' && line.standing !== 'toCome' && (
                      <span className="tag" data-tone={line.standing === 'notCome' ? 'late' : undefined}>
                        {t(`roster.standing.${line.standing}`, { holder })}
                      </span>
                    )}
                  </th>
                  <td>{`${weekday(line.entry.fromMs)} ${dayTime(line.entry.fromMs)}`}</td>
                  <td>{`${weekday(line.entry.toMs)} ${dayTime(line.entry.toMs)}`}</td>
                  <td>
                    {why === null && (
                      <div className="buttons">
                        <Button
                          action="editRosterEntry"
                          size="small"
                          label={t('common.edit')}
                          onPress={() => setEditing(line.entry)}
                        />
                        <TwoTaps
                          action="removeRosterEntry"
                          size="small"
                          look="quiet"
                          label={t('roster.remove')}
                          confirm={t('roster.removeAgain')}
                          busy={sender.busy}
                          onPress={() => void sender.send('removeRosterEntry', { entryId: line.entry.entryId })}
                        />
                      </div>
                    )}
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      )}
    </Screen>
  );
};
