import type { ReactNode } from 'react';
import type { AlarmView } from '../../../electron/contract/views.schema.ts';
import { KeepOpen } from '../../parts/gate/keep-open.tsx';
import { useSeatState } from '../../seat/seat-context.tsx';

/** From the alarm about a gate that stands open: it is wanted so. */
export const KeepThisOpen = ({ alarm }: { readonly alarm: AlarmView }): ReactNode => {
  const barrier = useSeatState((state) => state.tables.barriers.get(alarm.sourceId));
  return barrier === undefined ? null : <KeepOpen barrier={barrier} />;
};
