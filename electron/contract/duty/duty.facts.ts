import { z } from 'zod';
import { factsAbout } from '../kernel/fact.ts';

/** Without `postId`: the monitoring room's. So it was written when there was no other post. */
const entry = { postId: z.string().optional(), personId: z.string(), fromMs: z.number(), toMs: z.number() };

/** What is written down of the roster. */
export const rosterFacts = factsAbout('rosterEntry', {
  'v1.RosterEntrySet': { ...entry, changes: z.array(z.string()).optional() },
  'v1.RosterEntryRemoved': { ...entry, entryId: z.string() },
});

const running = {
  responsible: z.string().nullable(),
  /** Counts the shifts of the post, from 1. */
  shiftNumber: z.int().positive().nullable(),
  until: z.number().nullable(),
};
const outgoing = z.string().nullable();

/** What is written down of who is responsible. */
export const shiftFacts = factsAbout('shift', {
  'v1.PostEstablished': { postId: z.string() },
  'v1.TakeoverBegun': { incoming: z.string(), until: z.number(), openItems: z.array(z.string()), outgoing },
  'v1.ShiftTakenOver': { ...running, seenItems: z.array(z.string()), planned: z.string().nullable(), outgoing },
  'v1.TakeoverWithdrawn': { by: z.string(), incoming: z.string().nullable() },
  'v1.TakeoverEnded': { incoming: z.string() },
  'v1.PostVacated': { outgoing },
  'v1.ShiftEndChanged': running,
  'v1.HandoverDue': running,
  'v1.ShiftOverdue': running,
  'v1.PostUnstaffedAlarmed': running,
});
