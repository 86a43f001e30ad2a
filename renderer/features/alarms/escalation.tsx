import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../kit/use-words.ts';
import { useSeatState } from '../../store/seat-context.tsx';

/** What happens by itself, and when; only while it really will. */
export const Escalation = ({ incident }: { readonly incident: IncidentView }): ReactNode => {
  const { t, hm, span } = useWords();
  const nowMs = useSeatState((state) => state.nowMs);
  const { escalation, escalatesAt } = incident;
  const done = escalation === 'siren' || escalation === 'allSeats' || escalation === 'phoneList' ? t(`escalation.now.${escalation}`) : null;
  const coming =
    escalatesAt === null || nowMs === null || escalatesAt <= nowMs
      ? null
      : t(`escalation.next.${escalation}`, { time: hm(escalatesAt), left: span(escalatesAt - nowMs) });
  if (done === null && coming === null) return null;
  return (
    <p className="escalation" data-escalation={escalation}>
      {done}
      {done !== null && coming !== null && ' '}
      {coming}
    </p>
  );
};
