import { duty } from '../../../contract/duty/duty.contract.ts';
import type { RosterEntryView } from '../../../contract/duty/duty.views.ts';
import { shift } from '../../../domain/shifts/shift.ts';
import type { ShiftContext } from '../../../domain/shifts/shift.types.ts';
import { collectionOfBodies, defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { shiftRows } from '../../parts/rows.ts';
import { dutyCommands } from './duty.commands.ts';
import { createDutyWatch } from './duty-watch.ts';

/** Who is responsible. */
const shiftCollection = defineCollection(shiftRows, {
  version: 1,
  shown: { to: 'everybody', openedTo: ['duty'] },
  fold: ({ kind, entityId, snapshot }) => {
    if (kind !== 'shift' || snapshot === null) return [];
    const { responsible, handover, overdueSince } = snapshot.context as unknown as ShiftContext;
    const shown = handover === null ? null : { ...handover, openItems: [...handover.openItems] };
    return [[entityId, { postId: entityId, responsible, handover: shown, overdueSince }]];
  },
});

/** Who is responsible, who comes next, and how a shift is handed over. */
export const dutyFeature = defineFeature({
  contract: duty,
  machines: [shift],
  collections: {
    shift: shiftCollection,
    roster: collectionOfBodies<RosterEntryView>('roster', {
      version: 1,
      shown: { to: 'everybody', openedTo: ['duty'] },
      idField: 'entryId',
      kept: ['v1.RosterEntrySet'],
      dropped: ['v1.RosterEntryRemoved'],
    }),
  },
  commands: dutyCommands,
  serve: ({ deps, worker }) => createDutyWatch({ ...deps, worker }),
});
