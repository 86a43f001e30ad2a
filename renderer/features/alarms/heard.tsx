import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';

/** What was answered last and when: each answer is seen to have been heard, also where the same question comes again. */
export const Heard = ({ incident }: { readonly incident: IncidentView }): ReactNode => {
  const { t, byName, hm } = useWords();
  const last = incident.steps.findLast((given) => given.answer !== null);
  if (last === undefined || last.answer === null) return null;
  const answer = byName(`procedure.${incident.kind}.${last.step}.answer.${last.answer}`);
  return (
    <p className="heard" data-heard={last.answer}>
      {t('question.heard', { time: hm(last.answeredAt ?? last.askedAt), answer })}
    </p>
  );
};

/** Who said that they are on the way for this call. */
export const Coming = ({ incident }: { readonly incident: IncidentView }): ReactNode => {
  const { t, hm } = useWords();
  const contacts = useSeatState((state) => state.tables.contacts);
  if (incident.onTheWay.length === 0) return null;
  return (
    <ul className="coming">
      {incident.onTheWay.map(({ contactId, at }) => (
        <li key={contactId} data-coming={contactId}>
          {t('question.coming', { name: contacts.get(contactId)?.name ?? t('common.somebody'), time: hm(at) })}
        </li>
      ))}
    </ul>
  );
};
