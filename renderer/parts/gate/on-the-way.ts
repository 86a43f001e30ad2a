import type { BarrierView } from '../../../electron/contract/views.schema.ts';
import { useSeatState } from '../../seat/seat-context.tsx';

/** The gate with its arm as it is seen this moment: on the way between its ends it is neither where it was nor where it is going. */
export const useArmNow = (barrier: BarrierView): BarrierView => {
  const onTheWay = useSeatState(({ health }) => health?.armsMoving.includes(barrier.barrierId) ?? false);
  const nowMs = useSeatState((state) => (onTheWay ? state.nowMs : null)) ?? barrier.positionAt;
  if (!onTheWay) return barrier;
  const positionSource = barrier.openInput !== null || barrier.closedInput !== null ? 'sensor' : 'controller';
  return { ...barrier, position: 'moving', positionAt: nowMs, positionSource, positionBy: null };
};
