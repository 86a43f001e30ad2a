import type { ReactNode } from 'react';
import type { ContactView, IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { Empty, RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { dutyOf } from '../../store/duty.ts';
import { sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { SayTo120 } from './say-to-120.tsx';
import './contacts.css';

const outcomes = ['reached', 'onTheWay', 'noAnswer', 'busy', 'wrongNumber'] as const;

/** The other running calls that this contact said to be on the way for: nobody is sent twice without knowing. */
const useComingElsewhere = (contactId: string, incident: IncidentView | null) => {
  const { t } = useWords();
  const incidents = useSeatState((state) => state.tables.incidents);
  const helpPoints = useSeatState((state) => state.tables.helpPoints);
  return [...incidents.values()]
    .filter((other) => other.incidentId !== incident?.incidentId)
    .flatMap(({ incidentId, sourceId, onTheWay }) =>
      onTheWay
        .filter((coming) => coming.contactId === contactId)
        .map(({ at }) => ({ incidentId, at, place: helpPoints.get(sourceId)?.place ?? t('alarm.somewhere') })),
    );
};

/** A number that is called without an entry of its own in the list. */
const Row = ({
  name,
  who,
  number,
  named = false,
  children,
}: {
  readonly name: string;
  readonly who: string;
  readonly number: string;
  /** A line that names the person too. */
  readonly named?: boolean;
  readonly children?: ReactNode;
}): ReactNode => (
  <li className="contact" data-contact={name}>
    <p className="contact-who">
      <strong>{who}</strong>
      <span className="contact-phone" data-named={named || undefined}>
        {number}
      </span>
    </p>
    {children}
  </li>
);

const Contact = ({
  contact,
  incident,
}: {
  readonly contact: ContactView;
  readonly incident: IncidentView | null;
}): ReactNode => {
  const { t, hm } = useWords();
  const elsewhere = useComingElsewhere(contact.contactId, incident);
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
      {elsewhere.map(({ incidentId, at, place }) => (
        <p key={incidentId} className="coming-elsewhere" data-coming-elsewhere={incidentId}>
          {t('phoneList.comingElsewhere', { time: hm(at), place })}
        </p>
      ))}
      {incident !== null && (
        <div
          className="buttons"
          data-fill
          role="group"
          aria-label={t('phoneList.outcomeOf', { name: contact.name ?? '' })}
        >
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
  const postId = useSeatState((state) => state.postId);
  const tables = useSeatState((state) => state.tables);
  const nowMs = useSeatState((state) => state.nowMs) ?? 0;
  const me = useSeatState((state) => state.session?.personId ?? null);
  const { missing, planned, next } = dutyOf(tables, postId, nowMs);
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
  const helpPoint = useSeatState((state) =>
    incident === null ? undefined : state.tables.helpPoints.get(incident.sourceId),
  );
  const list = sorted<'contacts'>(contacts, (contact) => contact.rank);
  return (
    <>
      {incident === null && <DutyPeople />}
      {list.length === 0 && <Empty title={t('phoneList.empty')}>{t('phoneList.emptyNext')}</Empty>}
      <ol className="contacts">
        <Row name="emergency" who={t('phoneList.ambulance')} number="120">
          <SayTo120 incident={incident} />
        </Row>
        {(['phone', 'family', 'keyHolder'] as const).map((one) => {
          const number = helpPoint?.[one] ?? null;
          return number === null ? null : (
            <Row key={one} name={one} who={t(`phoneList.${one}`)} number={number} named={one !== 'phone'} />
          );
        })}
        {list.map((contact) => (
          <Contact key={contact.contactId} contact={contact} incident={incident} />
        ))}
        <Row name="police" who={t('phoneList.police')} number="110" />
      </ol>
      {incident !== null && <DutyPeople />}
    </>
  );
};
