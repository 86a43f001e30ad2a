import { useMemo, type ReactNode } from 'react';
import { useWords } from '../../kit/use-words.ts';
import { openAlarms } from '../../store/selectors.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { useDesk } from '../shell/desk.tsx';
import { AlarmCard } from './alarm-card.tsx';
import { AlarmVoice } from './alarm-voice.tsx';
import { alarmSentence } from './alarm-sentence.ts';
import { IncidentCard } from './incident-card.tsx';
import { Shape } from './shape.tsx';
import { SirenStrip } from './siren-strip.tsx';
import './alarms.css';

/** What is open, most urgent first, and below it the one that is being worked on. */
export const AlarmColumn = (): ReactNode => {
  const words = useWords();
  const { t, span } = words;
  const tables = useSeatState((state) => state.tables);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const signedIn = useSeatState((state) => state.session !== null);
  const { chosenAlarm, choose } = useDesk();
  const open = useMemo(() => openAlarms(tables.alarms), [tables.alarms]);
  const chosen = open.find((alarm) => alarm.alarmId === chosenAlarm) ?? open[0] ?? null;
  const incident = chosen === null || chosen.incidentId === null ? null : (tables.incidents.get(chosen.incidentId) ?? null);
  return (
    <aside className="column" aria-label={t('column.label')} data-open={open.length}>
      <h2 className="column-title">
        {t('column.title')} <span className="count">{open.length}</span>
      </h2>
      {open.length === 0 ? (
        <div className="column-rest">
          <p className="column-rest-title">{t('column.nothing')}</p>
          <p>{t('column.nothingNext')}</p>
        </div>
      ) : (
        <ul className="alarm-list">
          {open.map((alarm) => (
            <li key={alarm.alarmId}>
              <button type="button" className="alarm-row" data-alarm={alarm.alarmId} data-priority={alarm.priority} data-action="chooseAlarm"
                data-acknowledged={alarm.acknowledged} aria-pressed={alarm === chosen} onClick={() => choose(alarm.alarmId)}>
                <Shape priority={alarm.priority} />
                <span className="alarm-row-text">
                  <span className="alarm-row-word">{t(`priority.${alarm.priority}`)}</span>
                  {alarmSentence(alarm, tables, words)}
                </span>
                <span className="alarm-row-age" title={t('column.since', { time: words.hm(alarm.raisedAt) })}>{span(nowMs - alarm.raisedAt)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen !== null && signedIn && (incident === null ? <AlarmCard key={chosen.alarmId} alarm={chosen} /> : <IncidentCard key={incident.incidentId} incident={incident} alarm={chosen} />)}
      {chosen !== null && !signedIn && <p className="notice">{t('column.signInFirst')}</p>}
      {/* At the foot, so that a siren which begins moves nothing that a hand is about to press. */}
      <div className="column-sound">
        <AlarmVoice />
        <SirenStrip />
      </div>
    </aside>
  );
};
