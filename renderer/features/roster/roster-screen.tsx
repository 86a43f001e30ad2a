import { useMemo, useState, type ReactNode } from 'react';
import { gapsIn } from '../../../electron/domain/roster/roster.rules.ts';
import type { RosterEntryView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { Screen } from '../../kit/screen.tsx';
import { useWords } from '../../kit/use-words.ts';
import { shiftOf, sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { TwoTaps } from '../gate/two-taps.tsx';
import { RosterForm } from './roster-form.tsx';
import './roster.css';

const DAY_MS = 86_400_000;
/** Shifts that ended longer ago are left out. */
const PAST_MS = DAY_MS / 3;
/** Gaps are looked for this far ahead. */
const AHEAD_MS = 3 * DAY_MS;

type Line =
  | { readonly atMs: number; readonly entry: RosterEntryView }
  | { readonly atMs: number; readonly gap: { readonly fromMs: number; readonly toMs: number } };

/** Who is planned, from when to when, with the gaps between them in their place. */
export const RosterScreen = (): ReactNode => {
  const { t, dayTime, weekday, person } = useWords();
  const roster = useSeatState((state) => state.tables.roster);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const responsible = useSeatState((state) => shiftOf(state)?.responsible?.personId ?? null);
  const sender = useSender();
  const whyNot = useWhyNot();
  const [editing, setEditing] = useState<RosterEntryView | 'new' | null>(null);
  const hour = Math.floor(nowMs / 3_600_000) * 3_600_000;
  const lines = useMemo<readonly Line[]>(() => {
    const entries = sorted<'roster'>(roster, (entry) => entry.fromMs).filter((entry) => entry.toMs > hour - PAST_MS);
    const gaps = gapsIn(entries, { fromMs: hour, toMs: hour + AHEAD_MS });
    return [
      ...entries.map((entry) => ({ atMs: entry.fromMs, entry })),
      ...gaps.map((gap) => ({ atMs: gap.fromMs, gap })),
    ].toSorted((a, b) => a.atMs - b.atMs);
  }, [roster, hour]);
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
      {roster.size === 0 && <Empty title={t('roster.empty')}>{t('roster.emptyNext')}</Empty>}
      {roster.size > 0 && (
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
              'gap' in line ? (
                <tr key={`gap-${line.gap.fromMs}`} className="roster-gap" data-gap={line.gap.fromMs}>
                  <th scope="row">▲ {t('roster.gap')}</th>
                  <td>{`${weekday(line.gap.fromMs)} ${dayTime(line.gap.fromMs)}`}</td>
                  <td>
                    {line.gap.toMs >= hour + AHEAD_MS
                      ? t('roster.andOn')
                      : `${weekday(line.gap.toMs)} ${dayTime(line.gap.toMs)}`}
                  </td>
                  <td />
                </tr>
              ) : (
                <tr
                  key={line.entry.entryId}
                  data-roster-entry={line.entry.entryId}
                  data-now={line.entry.fromMs <= nowMs && nowMs < line.entry.toMs}
                >
                  <th scope="row">
                    {person(line.entry.personId)}
                    {line.entry.fromMs <= nowMs && nowMs < line.entry.toMs && (
                      <span className="tag">{t('roster.now')}</span>
                    )}
                    {line.entry.personId === responsible && line.entry.fromMs <= nowMs && nowMs < line.entry.toMs && (
                      <span className="tag">{t('roster.responsible')}</span>
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
