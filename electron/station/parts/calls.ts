/** Running calls for help, for features that are not about them. */
import { incident } from '../../domain/incidents/incident.ts';
import type { Work } from '../core/work.ts';
import { incidentRows } from './rows.ts';

/** Who becomes responsible for the post takes its running calls for help along, in the same transaction. */
export const passCallsOn = (work: Work, to: string): void => {
  for (const [id, row] of incidentRows.entries(work.read)) {
    if (row.work !== 'resolved' && row.work !== 'reviewed')
      work.tell(incident, id, { type: 'passOn', at: work.nowMs, by: to });
  }
};
