/** Who has a call and signs out everywhere sits at no seat any more: the others are told at once, and not when five minutes are over. */
import { incident } from '../../../domain/incidents/incident.ts';
import { byStation, type Committed, type Worker } from '../../core/work.ts';
import { incidentRows, sessionRows } from '../../parts/rows.ts';
import type { JournalReader } from '../../ports/journal.port.ts';

/** Looks after each end of a session whose call it leaves with nobody. A seat that is merely gone, or cut off, is no end of a session. */
export const watchHolders = (journal: JournalReader, worker: Worker, { facts }: Pick<Committed, 'facts'>): void => {
  const ended = new Set(facts.filter(({ type }) => type === 'v1.SessionsEnded').map(({ entityId }) => entityId));
  if (ended.size === 0) return;
  for (const { personId } of sessionRows.all(journal)) ended.delete(personId);
  const left = incidentRows
    .all(journal)
    .filter(({ resolvedAt, claimedBy }) => resolvedAt === null && claimedBy !== null && ended.has(claimedBy));
  if (left.length === 0) return;
  worker.commit(byStation, (work) => {
    for (const { incidentId, claimedBy } of left)
      work.tell(incident, incidentId, { type: 'holderLeft', at: work.nowMs, personId: claimedBy ?? '' });
  });
};
