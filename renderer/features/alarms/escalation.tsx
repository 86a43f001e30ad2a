import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../kit/use-words.ts';
import { useSeatState } from '../../store/seat-context.tsx';

/** What happens by itself, and when; only while it really will. */
export const Escalation = ({ incident }: { readonly incident: IncidentView }): ReactNode => {
  const { t, hm, span } = useWords();
  const nowMs = useSeatState((state) => state.nowMs);
  const mute = useSeatState((state) => state.health?.sounder === 'missing' || state.health?.sounder === 'failed');
  const { escalation, escalatesAt } = incident;
  // Without a sounder nothing is said of a siren.
  const level = mute && (escalation === 'waiting' || escalation === 'siren') ? `${escalation}Mute` : escalation;
  const done =
    escalation === 'siren' || escalation === 'allSeats' || escalation === 'phoneList'
      ? t(`escalation.now.${level}`)
      : null;
  const coming =
    escalatesAt === null || nowMs === null || escalatesAt <= nowMs
      ? null
      : t(`escalation.next.${level}`, { time: hm(escalatesAt), left: span(escalatesAt - nowMs) });
  if (done === null && coming === null) return null;
  return (
    <p className="escalation" data-escalation={escalation}>
      {done}
      {done !== null && coming !== null && ' '}
      {coming}
    </p>
  );
};
