import { z } from 'zod';
import { postIdText } from '../kernel/primitives.ts';

export const shiftView = z.object({
  postId: postIdText,
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
  postId: postIdText,
  personId: z.string(),
  fromMs: z.number(),
  toMs: z.number(),
});
export type RosterEntryView = z.infer<typeof rosterEntryView>;
