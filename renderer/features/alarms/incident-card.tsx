import { useState, type ReactNode } from 'react';
import type { AlarmView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { begun } from '../../../electron/words/kernel/begun.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { Contacts } from '../../parts/contacts/contacts.tsx';
import { CameraTile } from '../../parts/cameras/camera-tile.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { usePlace } from '../../parts/desk/route.ts';
import { alarmNames, alarmSentence } from '../../parts/alarms/alarm-sentence.ts';
import { Asked } from './asked.tsx';
import { Escalation } from './escalation.tsx';
import { useFocusing, useListFocus, type Focusing } from './heading-focus.ts';
import { Park, Parked } from './park.tsx';
import { useQuestionKey } from './question-key.ts';
import { Recall } from './recall.tsx';

/** The phone list as it stands open in the card; nothing that happens by itself takes it away. */
const OpenPhoneList = ({
  incident,
  focusing,
}: {
  readonly incident: IncidentView;
  readonly focusing: Focusing;
}): ReactNode => {
  const { t } = useWords();
  const heading = useListFocus(focusing, incident.phoneListFirst);
  return (
    <div className="calling" data-phone-list={incident.phoneListFirst ? 'first' : 'open'}>
      <h4 ref={heading} tabIndex={-1}>
        {t('phoneList.title')}
      </h4>
      <p className="facts">{t('phoneList.lead')}</p>
      <Contacts incident={incident} />
    </div>
  );
};

/** What else can be done with a call: taking it over, or laying it aside while a question is open. */
const More = ({
  incident,
  busy,
  onClaim,
  onPark,
}: {
  readonly incident: IncidentView;
  readonly busy: boolean;
  readonly onClaim: () => void;
  readonly onPark: (() => void) | null;
}): ReactNode => {
  const { t } = useWords();
  const me = useSeatState((state) => state.session?.personId ?? null);
  const whyNot = useWhyNot();
  return (
    <div className="incident-more">
      {incident.claimedBy !== me && incident.recall === null && (
        <Button
          action="claimIncident"
          look="quiet"
          size="small"
          label={t('incident.takeOver')}
          busy={busy}
          why={whyNot('claimIncident')}
          onPress={onClaim}
        />
      )}
      {onPark !== null && (
        <Button
          action="park"
          look="quiet"
          size="small"
          label={t('incident.park')}
          why={whyNot('parkIncident')}
          onPress={onPark}
        />
      )}
    </div>
  );
};

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
  const sender = useSender();
  const whyNot = useWhyNot();
  const questionKey = useQuestionKey();
  const place = usePlace();
  const focusing = useFocusing();
  const { choose } = useDesk();
  const [parking, setParking] = useState(false);
  const { incidentId, work } = incident;
  const working = work === 'claimed' || work === 'inProgress';
  const step = working && !parking ? incident.currentStep : null;
  const listed = incident.phoneListOpen && work !== 'parked';
  const firstCamera = incident.cameraIds[0];
  const first = begun(words.either(`alarm.first.${alarm.cause}`, '', alarmNames(alarm, tables, words)), words.lang);
  // What somebody works on stays before them, whatever else comes.
  const claim = (): void => {
    choose(alarm.alarmId);
    focusing.acted();
    void sender.send('claimIncident', { incidentId });
  };
  return (
    <section
      className="card incident"
      data-joined
      data-incident={incidentId}
      data-work={work}
      data-priority={alarm.priority}
    >
      <h3 className="unseen">{alarmSentence(alarm, tables, words)}</h3>
      {alarm.occurrences > 1 && <p className="facts">{t('alarm.times', { count: alarm.occurrences })}</p>}
      {first !== '' && work !== 'resolved' && <p className="next-step">{first}</p>}
      {work === 'open' && (
        <Button
          action="claimIncident"
          {...questionKey('a', 'keys.take')}
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
      {working && <Recall incident={incident} busy={sender.busy} onClaim={claim} />}
      {listed && incident.phoneListFirst && <OpenPhoneList incident={incident} focusing={focusing} />}
      <Asked incident={incident} step={step} mayEnd={working && !parking} sender={sender} focusing={focusing} />
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
      {listed && !incident.phoneListFirst && <OpenPhoneList incident={incident} focusing={focusing} />}
      <RefusalNote refusal={sender.refusal} />
      <Escalation incident={incident} />
      {working && !parking && (
        <More
          incident={incident}
          busy={sender.busy}
          onClaim={claim}
          onPark={step === null ? null : () => setParking(true)}
        />
      )}
    </section>
  );
};
