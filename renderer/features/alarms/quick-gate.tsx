import type { ReactNode } from 'react';
import { useWords } from '../../kit/use-words.ts';
import { useSeatState } from '../../store/seat-context.tsx';
import { Arm } from '../gate/arm.tsx';
import { OpenForAmbulance } from '../gate/open-for.tsx';

/** The gates, to be opened for the ambulance from within the question. */
export const QuickGate = (): ReactNode => {
  const { t } = useWords();
  const barriers = useSeatState((state) => state.tables.barriers);
  if (barriers.size === 0) return <p className="notice">{t('gate.none')}</p>;
  return (
    <ul className="quick-gates">
      {[...barriers.values()].map((barrier) => (
        <li key={barrier.barrierId}>
          <Arm position={barrier.position} small />
          <OpenForAmbulance barrier={barrier} />
        </li>
      ))}
    </ul>
  );
};
