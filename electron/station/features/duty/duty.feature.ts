import { duty } from '../../../contract/duty/duty.contract.ts';
import { shift } from '../../../domain/shifts/shift.ts';
import type { ShiftContext } from '../../../domain/shifts/shift.types.ts';
import { defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { numberOf, textOf } from '../../core/docs.ts';
import { postOfEntry } from '../../parts/duty-rows.ts';
import { rosterRows, shiftRows } from '../../parts/rows.ts';
import { dutyCommands } from './duty.commands.ts';
import { createDutyWatch } from './duty-watch.ts';

/** Who is responsible, post by post. */
const shiftCollection = defineCollection(shiftRows, {
  version: 1,
  shown: { to: 'everybody', openedTo: ['duty'] },
  fold: ({ kind, entityId, snapshot }) => {
    if (kind !== 'shift' || snapshot === null) return [];
    const { postId, responsible, handover, overdueSince } = snapshot.context as unknown as ShiftContext;
    const shown = handover === null ? null : { ...handover, openItems: [...handover.openItems] };
    return [[entityId, { postId, responsible, handover: shown, overdueSince }]];
  },
});

/** Who is planned, post by post. */
const rosterCollection = defineCollection(rosterRows, {
  version: 2,
  shown: { to: 'everybody', openedTo: ['duty'] },
  fold: ({ type, entityId, body }) => {
    if (type === 'v1.RosterEntryRemoved') return [[entityId, null]];
    if (type !== 'v1.RosterEntrySet') return [];
    const [personId, fromMs, toMs] = [textOf(body, 'personId'), numberOf(body, 'fromMs'), numberOf(body, 'toMs')];
    if (personId === null || fromMs === null || toMs === null) throw new Error(`not a planned shift: ${entityId}`);
    return [[entityId, { entryId: entityId, postId: postOfEntry(body), personId, fromMs, toMs }]];
  },
});

/** Who is responsible, who comes next, and how a shift is handed over. */
export const dutyFeature = defineFeature({
  contract: duty,
  machines: [shift],
  collections: {
    shift: shiftCollection,
    roster: rosterCollection,
  },
  commands: dutyCommands,
  serve: ({ deps, worker }) => createDutyWatch({ ...deps, worker }),
});
