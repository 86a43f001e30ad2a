import { z } from 'zod';

export const shiftView = z.object({
  postId: z.string(),
  responsible: z
    .object({ personId: z.string(), since: z.number(), until: z.number(), shiftNumber: z.int() })
    .nullable(),
  handover: z
    .object({ incoming: z.string(), startedAt: z.number(), until: z.number(), openItems: z.array(z.string()) })
    .nullable(),
  overdueSince: z.number().nullable(),
});
export type ShiftView = z.infer<typeof shiftView>;

export const rosterEntryView = z.object({
  entryId: z.string(),
  personId: z.string(),
  fromMs: z.number(),
  toMs: z.number(),
});
export type RosterEntryView = z.infer<typeof rosterEntryView>;
