import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { Arm } from '../../parts/gate/arm.tsx';
import { gateForCall } from '../../parts/gate/for-call.ts';
import { CloseAfter } from '../../parts/gate/close-after.tsx';
import { OpenForAmbulance } from '../../parts/gate/open-for.tsx';
import '../../parts/gate/quick-gates.css';

/** The gates, to be opened for the ambulance from within the question: where each stands, and what was done to it for this call. */
export const QuickGate = ({ incident }: { readonly incident: IncidentView }): ReactNode => {
  const { t } = useWords();
  const barriers = useSeatState((state) => state.tables.barriers);
  if (barriers.size === 0) return <p className="notice">{t('gate.none')}</p>;
  return (
    <ul className="quick-gates">
      {[...barriers.values()].map((barrier) => (
        <li key={barrier.barrierId}>
          <Arm barrier={barrier} small />
          <OpenForAmbulance barrier={barrier} shown={gateForCall(barrier, incident)} sinceMs={incident.openedAt} />
        </li>
      ))}
    </ul>
  );
};

/** The gates, to be closed after the ambulance has left; those that are seen closed only say so. */
export const QuickClose = ({ incident }: { readonly incident: IncidentView }): ReactNode => {
  const { t } = useWords();
  const barriers = useSeatState((state) => state.tables.barriers);
  if (barriers.size === 0) return <p className="notice">{t('gate.none')}</p>;
  return (
    <ul className="quick-gates">
      {[...barriers.values()].map((barrier) => (
        <li key={barrier.barrierId}>
          <Arm barrier={barrier} small />
          <CloseAfter barrier={barrier} brief={incident.recall !== null} />
        </li>
      ))}
    </ul>
  );
};
