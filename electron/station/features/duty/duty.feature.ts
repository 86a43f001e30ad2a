import { duty } from '../../../contract/duty/duty.contract.ts';
import type { RosterEntryView } from '../../../contract/duty/duty.views.ts';
import { hours } from '../../../domain/kernel/time.ts';
import { shift } from '../../../domain/shifts/shift.ts';
import type { ShiftContext } from '../../../domain/shifts/shift.types.ts';
import { collectionOfBodies, defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { shiftRows } from '../../parts/rows.ts';
import { dutyCommands } from './duty.commands.ts';
import { createDutyWatch } from './duty-watch.ts';

const RECENT_MS = 7 * hours(24);

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
      // A snapshot does not grow for ever: planned shifts that ended more than a week ago are not in it.
      shown: { to: 'everybody', openedTo: ['duty'], isRecent: ({ toMs }, nowMs) => toMs > nowMs - RECENT_MS },
      idField: 'entryId',
      kept: ['v1.RosterEntrySet'],
      dropped: ['v1.RosterEntryRemoved'],
    }),
  },
  commands: dutyCommands,
  serve: ({ deps, worker }) => createDutyWatch({ ...deps, worker }),
});
