import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';

const ladder: ReadonlySet<string> = new Set(['siren', 'allSeats', 'phoneList']);

/** Which sentence says what comes next, so that it is true: who has to go on, and whether there is a siren. */
const nextOf = (incident: IncidentView, me: string | null, mute: boolean): string => {
  const { escalation, work, claimedBy } = incident;
  if (escalation === 'waiting') return mute ? 'waitingMute' : 'waiting';
  if (escalation !== 'attended') return escalation;
  if (work === 'parked') return 'parked';
  if (claimedBy !== me) return 'attendedOther';
  return incident.currentStep === null ? 'closing' : 'attended';
};

/** Up to whole minutes above one: a countdown that says too much is read too late. */
const untilMinute = (ms: number): number => (ms > 60_000 ? Math.ceil(ms / 60_000) * 60_000 : ms);

/** What happens by itself, and when; only while it really will. */
export const Escalation = ({ incident }: { readonly incident: IncidentView }): ReactNode => {
  const words = useWords();
  const { byName, hm, lasted } = words;
  const nowMs = useSeatState((state) => state.nowMs);
  const mute = useSeatState((state) => state.health?.sounder === 'missing' || state.health?.sounder === 'failed');
  const { person } = words;
  const me = useSeatState((state) => state.session?.personId ?? null);
  const { escalation, escalatesAt } = incident;
  const done = ladder.has(escalation)
    ? byName(`escalation.now.${mute && escalation === 'siren' ? 'sirenMute' : escalation}`)
    : null;
  const coming =
    escalatesAt === null || nowMs === null || escalatesAt <= nowMs
      ? null
      : byName(`escalation.next.${nextOf(incident, me, mute)}`, {
          time: hm(escalatesAt),
          left: lasted(untilMinute(escalatesAt - nowMs)),
          name: person(incident.claimedBy),
        });
  if (done === null && coming === null) return null;
  return (
    <p className="escalation" data-escalation={escalation}>
      {done}
      {done !== null && coming !== null && ' '}
      {coming}
    </p>
  );
};
