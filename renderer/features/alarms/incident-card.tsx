import { useState, type ReactNode } from 'react';
import type { AlarmView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { Contacts } from '../phone-list/contacts.tsx';
import { CameraTile } from '../room/camera-tile.tsx';
import { useDesk } from '../shell/desk.tsx';
import { usePlace } from '../shell/route.ts';
import { alarmNames, alarmSentence } from './alarm-sentence.ts';
import { Escalation } from './escalation.tsx';
import { useFocusing } from './heading-focus.ts';
import { Question } from './question.tsx';
import { Park, Parked } from './park.tsx';
import { useQuestionKey } from './question-key.ts';
import { Resolve } from './resolve.tsx';

/** One incident: who has it, one question at a time, what happens by itself, and how it ends. */
export const IncidentCard = ({
  incident,
  alarm,
}: {
  readonly incident: IncidentView;
  readonly alarm: AlarmView;
}): ReactNode => {
  const words = useWords();
  const { t } = words;
  const tables = useSeatState((state) => state.tables);
  const me = useSeatState((state) => state.session?.personId ?? null);
  const sender = useSender();
  const whyNot = useWhyNot();
  const questionKey = useQuestionKey();
  const place = usePlace();
  const focusing = useFocusing();
  const { choose } = useDesk();
  const [parking, setParking] = useState(false);
  const { incidentId, work } = incident;
  const working = work === 'claimed' || work === 'inProgress';
  const asking = working && incident.currentStep !== null && !parking;
  const firstCamera = incident.cameraIds[0];
  const first = words.either(`alarm.first.${alarm.cause}`, '', alarmNames(alarm, tables, words));
  // What somebody works on stays before them, whatever else comes.
  const claim = (): void => {
    choose(alarm.alarmId);
    focusing.acted();
    void sender.send('claimIncident', { incidentId });
  };
  return (
    <section className="card incident" data-incident={incidentId} data-work={work} data-priority={alarm.priority}>
      <h3 className="unseen">{alarmSentence(alarm, tables, words)}</h3>
      {alarm.occurrences > 1 && <p className="facts">{t('alarm.times', { count: alarm.occurrences })}</p>}
      {first !== '' && work !== 'resolved' && <p className="next-step">{first}</p>}
      {work === 'open' && (
        <Button
          action="claimIncident"
          {...questionKey('a')}
          size="large"
          look="danger"
          label={t('incident.claim')}
          hint={t('incident.claimHint')}
          busy={sender.busy}
          why={whyNot('claimIncident')}
          onPress={claim}
        />
      )}
      {work === 'parked' && <Parked incident={incident} sender={sender} />}
      {asking && incident.currentStep !== null && (
        <Question incident={incident} step={incident.currentStep} sender={sender} focusing={focusing} />
      )}
      {working && incident.mayResolve && !parking && (
        <Resolve incident={incident} sender={sender} focusing={focusing} />
      )}
      {/* After what is to be pressed: on every screen the answers stand in the same place. */}
      {place !== 'room' && firstCamera !== undefined && (
        <div className="incident-picture">
          <CameraTile
            cameraId={firstCamera}
            frame={{ priority: alarm.priority, alarmIds: [alarm.alarmId], current: true }}
          />
        </div>
      )}
      {parking && <Park incidentId={incidentId} onClose={() => setParking(false)} />}
      {incident.phoneListOpen && work !== 'parked' && (
        <div className="calling" data-phone-list="open">
          <h4>{t('phoneList.title')}</h4>
          <p className="facts">{t('phoneList.lead')}</p>
          <Contacts incident={incident} />
        </div>
      )}
      <RefusalNote refusal={sender.refusal} />
      <Escalation incident={incident} />
      {working && !parking && (
        <div className="incident-more">
          {incident.claimedBy !== me && (
            <Button
              action="claimIncident"
              look="quiet"
              size="small"
              label={t('incident.takeOver')}
              busy={sender.busy}
              why={whyNot('claimIncident')}
              onPress={claim}
            />
          )}
          <Button
            action="park"
            look="quiet"
            size="small"
            label={t('incident.park')}
            why={whyNot('parkIncident')}
            onPress={() => setParking(true)}
          />
        </div>
      )}
    </section>
  );
};
