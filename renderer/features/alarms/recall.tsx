import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { useDesk } from '../../parts/desk/desk.tsx';
import { useQuestionKey } from './question-key.ts';

/** The first line of a call that was taken and calls again: why, whose it is and since when, with a word to say so and the phone. */
export const Recall = ({
  incident,
  busy,
  onClaim,
}: {
  readonly incident: IncidentView;
  readonly busy: boolean;
  readonly onClaim: () => void;
}): ReactNode => {
  const { t, lasted, person } = useWords();
  const nowMs = useSeatState((state) => state.nowMs);
  const me = useSeatState((state) => state.session?.personId ?? null);
  const whyNot = useWhyNot();
  const questionKey = useQuestionKey();
  const { open } = useDesk();
  const { recall, claimedBy } = incident;
  if (recall === null || claimedBy === null) return null;
  const mine = claimedBy === me;
  const name = mine ? t('recall.you') : person(claimedBy);
  const past = nowMs === null ? '' : lasted(nowMs - recall.since);
  return (
    <div className="recall" role="alert" data-recall={recall.why}>
      <p>{t(`recall.${recall.why}`, { name, past })}</p>
      <div className="buttons" data-fill>
        <Button
          action="claimIncident"
          answer="still"
          {...questionKey('a', 'keys.take')}
          label={t(mine ? 'recall.stillMe' : 'incident.takeOver')}
          busy={busy}
          why={whyNot('claimIncident')}
          onPress={onClaim}
        />
        <Button action="phoneList" keyElsewhere="p" label={t('recall.phone')} onPress={() => open('phoneList')} />
      </div>
    </div>
  );
};
