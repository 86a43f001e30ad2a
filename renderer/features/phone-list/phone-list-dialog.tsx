import type { ReactNode } from 'react';
import type { ContactView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { openAlarms, sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { useDesk } from '../shell/desk.tsx';
import './phone-list.css';

const outcomes = ['reached', 'onTheWay', 'noAnswer', 'busy', 'wrongNumber'] as const;

const Contact = ({ contact, incident }: { readonly contact: ContactView; readonly incident: IncidentView | null }): ReactNode => {
  const { t, hm } = useWords();
  const sender = useSender();
  const whyNot = useWhyNot();
  const calls = incident?.calls.filter((call) => call.contactId === contact.contactId) ?? [];
  return (
    <li className="contact" data-contact={contact.contactId}>
      <p className="contact-who">
        <strong>{contact.name ?? t('common.notShown')}</strong>
        <span className="contact-phone">{contact.phone ?? t('common.notShown')}</span>
      </p>
      {calls.length > 0 && (
        <p className="facts">{calls.map((call) => `${hm(call.at)} ${t(`outcome.${call.outcome}`)}`).join(' · ')}</p>
      )}
      {incident !== null && (
        <div className="buttons" role="group" aria-label={t('phoneList.outcomeOf', { name: contact.name ?? '' })}>
          {outcomes.map((outcome) => (
            <Button key={outcome} action="recordCall" answer={outcome} label={t(`outcome.${outcome}`)} busy={sender.busy} why={whyNot('recordCall')}
              onPress={() => void sender.send('recordCall', { incidentId: incident.incidentId, contactId: contact.contactId, outcome })} />
          ))}
        </div>
      )}
      <RefusalNote refusal={sender.refusal} />
    </li>
  );
};

/** Whom to call, in order; while an incident is open, what came of each call. */
export const PhoneListDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t } = useWords();
  const { chosenAlarm } = useDesk();
  const contacts = useSeatState((state) => state.tables.contacts);
  const alarms = useSeatState((state) => state.tables.alarms);
  const incidents = useSeatState((state) => state.tables.incidents);
  const withIncident = openAlarms(alarms).filter((alarm) => alarm.incidentId !== null);
  const alarm = withIncident.find((open) => open.alarmId === chosenAlarm) ?? withIncident[0];
  const incident = alarm?.incidentId === undefined || alarm.incidentId === null ? null : (incidents.get(alarm.incidentId) ?? null);
  const list = sorted<'contacts'>(contacts, (contact) => contact.rank);
  return (
    <Dialog name="phoneList" title={t('phoneList.title')} onClose={onClose}>
      <p className="lead">{t(incident === null ? 'phoneList.leadQuiet' : 'phoneList.lead')}</p>
      {list.length === 0 && <Empty title={t('phoneList.empty')}>{t('phoneList.emptyNext')}</Empty>}
      <ol className="contacts">
        <li className="contact" data-contact="emergency">
          <p className="contact-who">
            <strong>{t('phoneList.ambulance')}</strong>
            <span className="contact-phone">120</span>
          </p>
        </li>
        {list.map((contact) => (
          <Contact key={contact.contactId} contact={contact} incident={incident} />
        ))}
      </ol>
    </Dialog>
  );
};
