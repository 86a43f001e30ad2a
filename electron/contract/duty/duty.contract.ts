import { z } from 'zod';
import { hours } from '../../domain/kernel/time.ts';
import { defineContract, wayOf } from '../kernel/feature.ts';
import { idText, postIdText, utcMsNumber } from '../kernel/primitives.ts';
import { managers, onDuty } from '../kernel/rights.ts';
import { rosterFacts, shiftFacts } from './duty.facts.ts';
import { rosterEntryView, shiftView } from './duty.views.ts';

/** Who is responsible, who comes next, and how a shift is handed over. */
export const duty = defineContract({
  name: 'duty',
  commands: {
    /** Takeovers are of the post of the seat at which they are given. Answer: `{openItems}`. */
    beginTakeover: { fields: {}, right: onDuty },
    acceptTakeover: { fields: { seenItems: z.array(z.string().max(120)).max(500) }, right: onDuty },
    withdrawTakeover: { fields: {}, right: onDuty },
    /** A further post: nobody is responsible for it yet. */
    establishPost: { fields: { postId: postIdText }, right: managers },
    /** `postId` left out: the post of the seat; of an entry that is there, the one that it has. */
    setRosterEntry: {
      fields: {
        entryId: idText.nullable(),
        postId: postIdText.optional(),
        personId: idText,
        fromMs: utcMsNumber,
        toMs: utcMsNumber,
      },
      right: managers,
    },
    removeRosterEntry: { fields: { entryId: idText }, right: managers },
  },
  collections: { shift: shiftView, roster: rosterEntryView },
  // Planned shifts that ended more than a week ago are of no use to anybody at a seat.
  ways: { roster: wayOf(rosterEntryView, { way: 'live', keeps: ({ toMs }, nowMs) => toMs > nowMs - 7 * hours(24) }) },
  facts: rosterFacts,
  machineFacts: shiftFacts,
  refusals: ['hasLeft'],
});
