import type { ReactNode } from 'react';
import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { useArmNow } from './on-the-way.ts';
import './gate-parts.css';

/**
 * How it is known where the arm stands, and since when. While it is being asked where the arm is, what was seen before is no answer: it is
 * said as what it is, the last thing that was seen.
 */
export const Known = ({
  barrier,
  asked,
  brief = false,
}: {
  readonly barrier: BarrierView;
  readonly asked: boolean;
  /** Only where it stands, in large print in a low window. */
  readonly brief?: boolean;
}): ReactNode => {
  const { t, since, hm, person } = useWords();
  const nowMs = useSeatState((state) => state.nowMs);
  const { position, positionAt, positionSource, positionBy } = useArmNow(barrier);
  const names = { name: person(positionBy), since: since(positionAt, nowMs), time: hm(positionAt) };
  const how = positionSource === null ? t('gate.nobodySaw') : t(`gate.seenBy.${positionSource}`, names);
  const before = positionSource === null || position === 'unknown' ? null : t(`gate.position.${position}`);
  return (
    <div className="known" data-known={asked ? 'asked' : position} data-brief={brief || undefined}>
      <p className="known-position">{t(`gate.position.${asked ? 'unknown' : position}`)}</p>
      <p className="facts known-how">
        {asked && before !== null ? t('gate.lastSeen', { position: before, how }) : how}
      </p>
    </div>
  );
};
