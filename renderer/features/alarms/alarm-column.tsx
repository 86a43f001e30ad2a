import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useWords } from '../../kit/use-words.ts';
import { openAlarms } from '../../store/selectors.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { useDesk } from '../shell/desk.tsx';
import { AlarmCard } from './alarm-card.tsx';
import { AlarmVoice } from './alarm-voice.tsx';
import { alarmSentence } from './alarm-sentence.ts';
import { IncidentCard } from './incident-card.tsx';
import { useMoreBelow } from './more-below.ts';
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
  const [moreBelow, end] = useMoreBelow();
  const list = useRef<HTMLUListElement>(null);
  const known = useRef<ReadonlySet<string>>(new Set());
  const [hold, setHold] = useState<{ readonly alarmId: string; readonly height: number } | null>(null);
  // While a hand is on the card it stays where it is, and the same: what comes meanwhile stands in the list, which keeps its height.
  const held = open.find((alarm) => alarm.alarmId === hold?.alarmId);
  const picked = open.find((alarm) => alarm.alarmId === chosenAlarm);
  const chosen = held ?? picked ?? open[0] ?? null;
  useEffect(() => {
    const before = known.current;
    known.current = new Set(open.map((alarm) => alarm.alarmId));
    // A new call for help comes before whatever else was being looked at.
    if (
      picked !== undefined &&
      picked.priority !== 'life' &&
      open.some((alarm) => alarm.priority === 'life' && !before.has(alarm.alarmId))
    )
      choose(null);
  }, [open, picked, choose]);
  const incident =
    chosen === null || chosen.incidentId === null ? null : (tables.incidents.get(chosen.incidentId) ?? null);
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
        <ul ref={list} className="alarm-list" style={held === undefined ? undefined : { height: hold?.height }}>
          {open.map((alarm) => (
            <li key={alarm.alarmId}>
              <button
                type="button"
                className="alarm-row"
                data-alarm={alarm.alarmId}
                data-priority={alarm.priority}
                data-action="chooseAlarm"
                data-acknowledged={alarm.acknowledged}
                aria-pressed={alarm === chosen}
                onClick={() => choose(alarm.alarmId)}
              >
                <Shape priority={alarm.priority} />
                <span className="alarm-row-text">
                  <span className="alarm-row-word">{t(`priority.${alarm.priority}`)}</span>
                  {alarmSentence(alarm, tables, words)}
                </span>
                <span className="alarm-row-age" title={t('column.since', { time: words.hm(alarm.raisedAt) })}>
                  {span(nowMs - alarm.raisedAt)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen !== null && (
        <div
          className="column-card"
          onPointerEnter={() => setHold({ alarmId: chosen.alarmId, height: list.current?.offsetHeight ?? 0 })}
          onPointerLeave={() => setHold(null)}
        >
          {!signedIn && <p className="notice">{t('column.signInFirst')}</p>}
          {signedIn && incident === null && <AlarmCard key={chosen.alarmId} alarm={chosen} />}
          {signedIn && incident !== null && (
            <IncidentCard key={incident.incidentId} incident={incident} alarm={chosen} />
          )}
          <span ref={end} className="column-end" />
        </div>
      )}
      {/* At the foot, so that a siren which begins moves nothing that a hand is about to press. */}
      <div className="column-sound">
        {moreBelow && (
          <p className="more-below" aria-hidden="true">
            {t('column.moreBelow')}
          </p>
        )}
        <AlarmVoice />
        <SirenStrip />
      </div>
    </aside>
  );
};
