import type { ReactNode } from 'react';
import type { ContactView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../kit/use-words.ts';
import { dutyOf } from '../../store/duty.ts';
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
        <span>
          <strong>{contact.name ?? t('common.notShown')}</strong>
          {contact.role !== 'other' && <span className="tag">{t(`contactRole.${contact.role}`)}</span>}
        </span>
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

/** Whoever should be here or comes next, and the managers: to be called about the duty. */
const DutyPeople = (): ReactNode => {
  const { t } = useWords();
  const tables = useSeatState((state) => state.tables);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const me = useSeatState((state) => state.session?.personId ?? null);
  const { missing, planned, next } = dutyOf(tables, nowMs);
  const awaited = [missing, planned, next].flatMap((entry) => entry?.personId ?? []);
  const managers = [...tables.people.values()].filter((one) => one.active && one.role === 'manager');
  const ids = new Set([...awaited, ...managers.map(({ personId }) => personId)]);
  const list = [...ids].flatMap((id) => tables.people.get(id) ?? []).filter(({ personId }) => personId !== me);
  if (list.length === 0) return null;
  return (
    <section aria-label={t('phoneList.dutyPeople')}>
      <h3>{t('phoneList.dutyPeople')}</h3>
      <ul className="contacts">
        {list.map((one) => (
          <li key={one.personId} className="contact" data-duty-person={one.personId}>
            <p className="contact-who">
              <span>
                <strong>{one.name ?? t('common.notShown')}</strong>
                {one.personId === missing?.personId && <span className="tag">{t('header.notCome')}</span>}
              </span>
              <span className="contact-phone">{one.phone ?? t('phoneList.noPhone')}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Whom to call, in order; while an incident is open, what came of each call. */
export const Contacts = ({ incident }: { readonly incident: IncidentView | null }): ReactNode => {
  const { t } = useWords();
  const contacts = useSeatState((state) => state.tables.contacts);
  const list = sorted<'contacts'>(contacts, (contact) => contact.rank);
  return (
    <>
      {incident === null && <DutyPeople />}
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
      {incident !== null && <DutyPeople />}
    </>
  );
};
