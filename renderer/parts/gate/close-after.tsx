import type { ReactNode } from 'react';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWords } from '../../seat/use-words.ts';
import { GateTrouble } from './gate-trouble.tsx';
import { Known } from './known.tsx';
import { useWhyNotMove } from './open-for.tsx';
import { TwoTaps } from '../../kit/two-taps.tsx';

/** Closing after what it was opened for has passed, in two taps; and where the arm was seen. */
export const CloseAfter = ({
  barrier,
  brief,
}: {
  readonly barrier: BarrierView;
  /** Room is short: where the arm stands is said without how that is known. */
  readonly brief: boolean;
}): ReactNode => {
  const { t } = useWords();
  const sender = useSender();
  const why = useWhyNotMove(barrier, 'close');
  return (
    <div className="open-ambulance" data-barrier={barrier.barrierId} data-position={barrier.position}>
      <TwoTaps
        action="closeBarrier"
        lines={2}
        look={barrier.position === 'closed' ? 'plain' : 'primary'}
        label={t('gate.closeNamed', { name: barrier.name })}
        confirm={t('gate.closeNamedAgain', { name: barrier.name })}
        why={why}
        busy={sender.busy}
        onPress={() =>
          void sender.send('closeBarrier', { barrierId: barrier.barrierId, reason: 'afterPassage', note: null })
        }
      />
      <Known barrier={barrier} asked={false} brief={brief} />
      <GateTrouble barrier={barrier} />
      <RefusalNote refusal={sender.refusal} />
    </div>
  );
};
