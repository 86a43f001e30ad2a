import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';

/** More dots than these of what is done say nothing more, and would take the place of whose call it is. */
const MOST_DONE = 4;

/** Steps done and to come as dots; read out as "question 2 of about 5". */
export const Dots = ({ incident }: { readonly incident: IncidentView }): ReactNode => {
  const { t } = useWords();
  const done = incident.steps.filter((given) => given.answer !== null).length;
  const all = done + 1 + incident.stepsToCome;
  const shown = Math.min(done, MOST_DONE);
  return (
    <p className="dots" role="img" aria-label={t('question.progress', { done: done + 1, all })}>
      {Array.from({ length: all - done + shown }, (_, index) => (
        <span key={index} data-dot={index < shown ? 'done' : index === shown ? 'now' : 'toCome'} />
      ))}
    </p>
  );
};
