import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { AlarmView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useWords } from '../../seat/use-words.ts';
import { openAlarms } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { AlarmCard } from './alarm-card.tsx';
import { AlarmSummary } from './alarm-summary.tsx';
import { AlarmVoice } from './alarm-voice.tsx';
import { Dots } from './dots.tsx';
import { IncidentCard } from './incident-card.tsx';
import { useMoreBelow } from '../../kit/more-below.ts';
import { unattended } from './life.rules.ts';
import { SirenStrip } from './siren-strip.tsx';
import './alarms.css';

/** Which alarm the card is about: the one under the hand, else the one that was picked, else the most urgent. */
const useChosen = (open: readonly AlarmView[]) => {
  const { chosenAlarm, choose } = useDesk();
  const known = useRef<ReadonlySet<string>>(new Set());
  const [held, setHeld] = useState<string | null>(null);
  const picked = open.find((alarm) => alarm.alarmId === chosenAlarm);
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
  // While a hand is on the card it stays the same, and where it is: what comes meanwhile stands in the list, whose height is fixed.
  const chosen = open.find((alarm) => alarm.alarmId === held) ?? picked ?? open[0] ?? null;
  return { chosen, choose, hold: setHeld };
};

/** The other open alarms, in room that is kept for them from the first alarm on: the card never moves when another one comes. */
const Others = ({
  others,
  whole,
  calls,
  onChoose,
}: {
  readonly calls: (alarm: AlarmView) => boolean;
  readonly others: readonly AlarmView[];
  readonly whole: boolean;
  readonly onChoose: (alarmId: string) => void;
}): ReactNode => {
  const { t } = useWords();
  return (
    <ul className="alarm-list" data-whole={whole || undefined} aria-label={t('column.others')}>
      {others.length === 0 && <li className="alarm-list-rest">{t('column.noOthers')}</li>}
      {others.map((alarm) => (
        <li key={alarm.alarmId}>
          <button
            type="button"
            className="alarm-row"
            data-alarm={alarm.alarmId}
            data-priority={alarm.priority}
            data-action="chooseAlarm"
            data-acknowledged={alarm.acknowledged}
            data-active={alarm.active}
            data-calls={calls(alarm)}
            onClick={() => onChoose(alarm.alarmId)}
          >
            <AlarmSummary alarm={alarm} />
          </button>
        </li>
      ))}
    </ul>
  );
};

/** Whether somebody is being led through its questions now. */
const asking = (incident: IncidentView | null): incident is IncidentView =>
  incident !== null && incident.currentStep !== null && ['claimed', 'inProgress'].includes(incident.work);

/** What is open, most urgent first, and below it the one that is being worked on. */
export const AlarmColumn = (): ReactNode => {
  const { t } = useWords();
  const alarms = useSeatState((state) => state.tables.alarms);
  const incidents = useSeatState((state) => state.tables.incidents);
  const signedIn = useSeatState((state) => state.session !== null);
  const calls = useCallback(
    ({ incidentId, ...alarm }: AlarmView): boolean =>
      unattended({ incidentId, ...alarm }, incidentId === null ? null : (incidents.get(incidentId) ?? null)),
    [incidents],
  );
  // A call that somebody took and left wants somebody as much as one that nobody took.
  const open = useMemo(
    () => openAlarms(alarms).toSorted((a, b) => Number(calls(b)) - Number(calls(a))),
    [alarms, calls],
  );
  const { chosen, choose, hold } = useChosen(open);
  const [moreBelow, end] = useMoreBelow();
  const [whole, setWhole] = useState(false);
  const others = open.filter((alarm) => alarm !== chosen);
  // A press on a row is heard whatever held the card: of a button that went from under the hand no leaving is told.
  const pick = (alarmId: string): void => {
    hold(null);
    choose(alarmId);
  };
  const incident = chosen === null || chosen.incidentId === null ? null : (incidents.get(chosen.incidentId) ?? null);
  return (
    <aside className="column" aria-label={t('column.label')} data-open={open.length}>
      <div className="column-head" data-without-keys="large low">
        <h2 className="column-title">
          {t('column.title')} <span className="count">{open.length}</span>
        </h2>
        {others.length > 1 && (
          <Button
            action="allAlarms"
            size="small"
            look="quiet"
            pressed={whole}
            label={t(whole ? 'column.fewer' : 'column.all', { count: open.length })}
            onPress={() => setWhole(!whole)}
          />
        )}
        <span className="column-voice">
          <AlarmVoice />
        </span>
      </div>
      {chosen === null ? (
        <div className="column-rest">
          <p className="column-rest-title">{t('column.nothing')}</p>
          <p>{t('column.nothingNext')}</p>
        </div>
      ) : (
        <>
          <Others calls={calls} others={others} whole={whole} onChoose={pick} />
          <div className="column-card" onPointerEnter={() => hold(chosen.alarmId)} onPointerLeave={() => hold(null)}>
            <div
              className="alarm-row alarm-row-current"
              data-alarm={chosen.alarmId}
              data-priority={chosen.priority}
              data-acknowledged={chosen.acknowledged}
              data-active={chosen.active}
              data-calls={calls(chosen)}
            >
              <AlarmSummary alarm={chosen} progress={asking(incident) && <Dots incident={incident} />} />
            </div>
            {!signedIn && <p className="notice">{t('column.signInFirst')}</p>}
            {signedIn && incident === null && <AlarmCard key={chosen.alarmId} alarm={chosen} />}
            {signedIn && incident !== null && (
              <IncidentCard key={incident.incidentId} incident={incident} alarm={chosen} />
            )}
            <span ref={end} className="column-end" />
          </div>
        </>
      )}
      {/* At the foot, so that a siren which begins moves nothing that a hand is about to press. */}
      <div className="column-foot">
        {moreBelow && (
          <p className="more-below" aria-hidden="true">
            {t('column.moreBelow')}
          </p>
        )}
      </div>
      <SirenStrip />
    </aside>
  );
};
