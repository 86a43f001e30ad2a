import { incidents } from '../../../contract/incidents/incidents.contract.ts';
import { incident } from '../../../domain/incidents/incident.ts';
import { openCalls } from '../../../domain/shifts/open-items.rules.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { incidentRows } from '../../parts/rows.ts';
import { watchHolders } from './holder-watch.ts';
import { incidentsCollection } from './incidents.collection.ts';
import { incidentsCommands } from './incidents.commands.ts';
import { createPictureLock } from './picture-lock.ts';

/** Calls for help, led through one question at a time. */
export const incidentsFeature = defineFeature({
  contract: incidents,
  machines: [incident],
  collections: { incidents: incidentsCollection },
  commands: incidentsCommands,
  openThings: (rows) =>
    openCalls(
      incidentRows.all(rows).map(({ incidentId, work }) => ({ id: incidentId, resolved: work === 'resolved' })),
    ),
  serve: ({ deps, worker }) => {
    const lock = createPictureLock(deps);
    return {
      start: lock.start,
      noteCommit: (committed) => {
        lock.noteCommit(committed);
        watchHolders(deps.journal, worker, committed);
      },
    };
  },
});
