import type { ReactNode } from 'react';
import type { ContactView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import './phone-list.css';

const outcomes = ['reached', 'onTheWay', 'noAnswer', 'busy', 'wrongNumber'] as const;

const Contact = ({
  contact,
  incident,
}: {
  readonly contact: ContactView;
  readonly incident: IncidentView | null;
}): ReactNode => {
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
            <Button
              key={outcome}
              action="recordCall"
              answer={outcome}
              label={t(`outcome.${outcome}`)}
              busy={sender.busy}
              why={whyNot('recordCall')}
              onPress={() =>
                void sender.send('recordCall', {
                  incidentId: incident.incidentId,
                  contactId: contact.contactId,
                  outcome,
                })
              }
            />
          ))}
        </div>
      )}
      <RefusalNote refusal={sender.refusal} />
    </li>
  );
};

/** Whom to call, in order; while an incident is open, what came of each call. */
export const Contacts = ({ incident }: { readonly incident: IncidentView | null }): ReactNode => {
  const { t } = useWords();
  const contacts = useSeatState((state) => state.tables.contacts);
  const list = sorted<'contacts'>(contacts, (contact) => contact.rank);
  return (
    <>
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
    </>
  );
};
