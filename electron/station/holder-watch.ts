/** Who has a call and signs out everywhere sits at no seat any more: the others are told at once, and not when five minutes are over. */
import type { IncidentEvent } from '../domain/incidents/incident.types.ts';
import { numberOf, textOf } from './docs.ts';
import type { Journal } from './ports/journal.port.ts';
import { byStation, type Committed, type Worker } from './work.ts';

/** Looks after each end of a session whose call it leaves with nobody. A seat that is merely gone, or cut off, is no end of a session. */
export const watchHolders = (journal: Journal, worker: Worker, { facts }: Pick<Committed, 'facts'>): void => {
  const ended = new Set(facts.filter(({ type }) => type === 'v1.SessionsEnded').map(({ entityId }) => entityId));
  if (ended.size === 0) return;
  for (const { doc } of journal.rows('sessionIndex')) ended.delete(textOf(doc, 'personId') ?? '');
  const left = journal
    .rows('incidents')
    .filter(({ doc }) => numberOf(doc, 'resolvedAt') === null && ended.has(textOf(doc, 'claimedBy') ?? ''));
  if (left.length === 0) return;
  worker.commit(byStation, (work) => {
    for (const { key, doc } of left) {
      const event: IncidentEvent = { type: 'holderLeft', at: work.nowMs, personId: textOf(doc, 'claimedBy') ?? '' };
      work.tell('incident', key, event);
    }
  });
};
