import { visits } from '../../../contract/visits/visits.contract.ts';
import type { VisitView } from '../../../contract/visits/visits.views.ts';
import { visitorsInside } from '../../../domain/shifts/open-items.rules.ts';
import { visit } from '../../../domain/visits/visit.machine.ts';
import type { VisitContext } from '../../../domain/visits/visit.types.ts';
import { defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { createForgetter, forgetSubject, forgottenRows } from '../../parts/forgetting.ts';
import { visitRows } from '../../parts/rows.ts';
import { createVisitFinder } from './visit-finder.ts';
import { visitsCommands } from './visits.commands.ts';

const visitsCollection = defineCollection(visitRows, {
  version: 1,
  shown: { to: ['duty'], openedTo: ['duty'] },
  fold: ({ kind, entityId, snapshot }) => {
    if (kind !== 'visit' || snapshot === null) return [];
    const { subjectId: _subject, ...shown } = snapshot.context as unknown as VisitContext;
    const forgotten = shown.forgottenAt !== null;
    const state = forgotten ? 'forgotten' : shown.leftAt === null ? 'inside' : 'left';
    const gone = forgotten ? { name: null, phone: null, plate: null, visiting: null } : {};
    const row: VisitView = { ...shown, ...gone, state };
    return [[entityId, row]];
  },
});

/** The subjects whose key must be gone. */
const forgottenSubjects = defineCollection(forgottenRows, {
  version: 1,
  fold: ({ kind, snapshot, recordedAt }) => {
    if (kind !== 'visit' || snapshot === null) return [];
    const { subjectId, forgottenAt } = snapshot.context as unknown as VisitContext;
    return forgottenAt === null ? [] : [[subjectId, { at: recordedAt }]];
  },
});

/** Visitors: who came to whom, when they left, and that they can be forgotten. */
export const visitsFeature = defineFeature({
  contract: visits,
  machines: [visit],
  collections: { visits: visitsCollection },
  ownCollections: [forgottenSubjects],
  commands: visitsCommands,
  effects: [forgetSubject],
  openThings: (rows) => visitorsInside(visitRows.all(rows).filter(({ state }) => state === 'inside').length),
  serve: ({ deps, privacy, forgetOpened }) => {
    const forgetter = createForgetter({ ...deps, onForgotten: forgetOpened });
    const finder = createVisitFinder({ ...deps, privacy });
    return {
      effects: { forgetSubject: forgetter.runner },
      noteCommit: finder.noteCommit,
      start: () => {
        forgetter.start();
        finder.start();
      },
      stop: finder.stop,
    };
  },
});
