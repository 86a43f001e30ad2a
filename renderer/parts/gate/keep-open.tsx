import type { ReactNode } from 'react';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import './gate-parts.css';

/** For how long a gate can be kept open with one press; minutes. */
const choices = [15, 30, 60] as const;
const MINUTE_MS = 60_000;

/** A gate that is wanted open: nobody is reminded until then, and the log says who wanted it. */
export const KeepOpen = ({ barrier }: { readonly barrier: BarrierView }): ReactNode => {
  const { t, hm, person } = useWords();
  const sender = useSender();
  const whyNot = useWhyNot();
  const { barrierId, standing } = barrier;
  if (standing === null) return null;
  return (
    <div className="keep-open" role="group" aria-label={t('gate.keepOpen')}>
      <p>
        {standing.keepUntil === null
          ? t('gate.keepOpen')
          : t('gate.keptOpen', { name: person(standing.keptBy), time: hm(standing.keepUntil) })}
      </p>
      <div className="buttons">
        {choices.map((minutes) => (
          <Button
            key={minutes}
            action="keepBarrierOpen"
            answer={String(minutes)}
            label={t('gate.keepFor', { minutes })}
            busy={sender.busy}
            why={whyNot('keepBarrierOpen')}
            onPress={() => void sender.send('keepBarrierOpen', { barrierId, forMs: minutes * MINUTE_MS })}
          />
        ))}
      </div>
      <RefusalNote refusal={sender.refusal} />
    </div>
  );
};
