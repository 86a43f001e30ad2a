import { useState, type ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { Select } from '../../kit/field.tsx';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { Screen } from '../../kit/screen.tsx';
import { useWords } from '../../seat/use-words.ts';
import { shiftOf } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { everything, logGroups, type LogFilter, type LogGroup } from '../../parts/log/log-filter.rules.ts';
import { LogLine } from './log-line.tsx';
import { folded } from './log-fold.rules.ts';
import { Reviews } from './reviews.tsx';
import { Seal } from './seal.tsx';
import { Preparing } from '../../parts/preparing/preparing.tsx';
import { useLog } from '../../parts/log/use-log.ts';
import { useLogExport, type LogExport } from './use-log-export.ts';
import { useShiftStarts } from './use-shift-starts.ts';
import './log.css';

const SHIFTS_BACK = 20;
const HOUR_MS = 3_600_000;
/** Hours back that can be asked for. */
const windows = [1, 8, 24, 168] as const;
const groups = Object.keys(logGroups) as LogGroup[];

/** How far the table is that is being made, and what became of it. */
const LogExportState = ({ exporting }: { readonly exporting: LogExport }): ReactNode => {
  const { t } = useWords();
  const { percent, outcome, refusal, stop } = exporting;
  return (
    <>
      {percent !== null && (
        <p role="status" data-log-export="running">
          {t('log.exporting', { percent })}{' '}
          <Button action="cancelJob" size="small" label={t('log.exportStop')} onPress={stop} />
        </p>
      )}
      {outcome !== null && (
        <p role="status" data-log-export={outcome === 'failed' ? 'failed' : 'saved'}>
          {outcome === 'failed' ? t('log.exportFailed') : t('log.exportSaved', { name: outcome.saved })}
        </p>
      )}
      <RefusalNote refusal={refusal} />
    </>
  );
};

/** The story of the shifts, newest first. */
export const LogScreen = (): ReactNode => {
  const words = useWords();
  const { t } = words;
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const [lastHours, setLastHours] = useState('all');
  const current = useSeatState((state) => shiftOf(state)?.responsible?.shiftNumber ?? null);
  const postId = useSeatState((state) => state.postId);
  const shifts = useShiftStarts(postId).slice(0, SHIFTS_BACK);
  const whyNot = useWhyNot();
  const exporting = useLogExport();
  const [filter, setFilter] = useState<LogFilter>(everything);
  const { entries, more, older, busy, refusal } = useLog(filter);
  const change = (part: Partial<LogFilter>): void => setFilter((before) => ({ ...before, ...part }));
  // By when it was written down: what is said to have happened on another day stays where its number is.
  const byDay = [
    ...Map.groupBy(folded(entries), ({ main }) => `${words.weekday(main.recordedAt)} · ${words.day(main.recordedAt)}`),
  ];
  return (
    <Screen name="log" title={t('log.title')} tools={<Seal />}>
      <Reviews />
      <div className="log-filter" role="group" aria-label={t('log.filter')}>
        <div className="tabs">
          {groups.map((group) => (
            <Button
              key={group}
              action={`log-${group}`}
              size="small"
              label={t(`log.group.${group}`)}
              pressed={filter.group === group}
              onPress={() => change({ group })}
            />
          ))}
        </div>
        <div className="form-row" data-narrow>
          <Select
            label={t('log.shift')}
            name="shift"
            value={filter.shift === null ? 'all' : String(filter.shift.number)}
            onChange={(value) => change({ shift: value === 'all' ? null : { postId, number: Number(value) } })}
            options={[
              { value: 'all', label: t('log.allShifts') },
              ...shifts.map(({ shiftNumber, name, at }) => ({
                value: String(shiftNumber),
                label: t(shiftNumber === current ? 'log.thisShift' : 'log.shiftOf', {
                  name: name ?? t('common.somebody'),
                  time: words.dayTime(at),
                }),
              })),
            ]}
          />
          <Select
            label={t('log.when')}
            name="when"
            value={lastHours}
            onChange={(value) => {
              setLastHours(value);
              change({ fromMs: value === 'all' ? null : nowMs - Number(value) * HOUR_MS });
            }}
            options={[
              { value: 'all', label: t('log.anyTime') },
              ...windows.map((hours) => ({ value: String(hours), label: t(`log.last.${hours}`) })),
            ]}
          />
          <Button
            action="exportLog"
            label={t('log.export')}
            hint={t('log.exportHint')}
            why={whyNot('exportLog')}
            busy={exporting.busy}
            onPress={() => void exporting.start(filter, words.lang)}
          />
        </div>
        <LogExportState exporting={exporting} />
      </div>
      {entries.length === 0 && !busy && (
        <Preparing otherwise={<Empty title={t('log.empty')}>{t('log.emptyNext')}</Empty>} />
      )}
      {byDay.map(([date, lines]) => (
        <section key={date} aria-label={date}>
          <h3 className="log-day">{date}</h3>
          <ol className="log">
            {lines.map((item) => (
              <LogLine key={item.main.seq} item={item} />
            ))}
          </ol>
        </section>
      ))}
      <RefusalNote refusal={refusal} />
      {more && <Button action="logOlder" label={t('log.older')} busy={busy} onPress={older} />}
    </Screen>
  );
};
