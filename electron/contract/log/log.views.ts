import { z } from 'zod';
import { jsonObject, personal } from '../kernel/primitives.ts';

/** One line of the log. The text is made by the seat from `type` and `body`, in its language. */
export const logEntryView = z.object({
  seq: z.int(),
  type: z.string(),
  kind: z.string(),
  entityId: z.string(),
  at: z.number(),
  recordedAt: z.number(),
  /** A person's id, `station`, or `device:<id>`. */
  actor: z.string(),
  seat: z.string().nullable(),
  /** Number of the shift it belongs to, or `null` before the first. */
  shiftNumber: z.int().nullable(),
  body: jsonObject,
  managerNotes: z.array(z.object({ at: z.number(), by: z.string(), text: personal })),
});
export type LogEntryView = z.infer<typeof logEntryView>;

/** What was taken down, by the name it had: so that the log goes on naming it. */
export const retiredView = z.object({
  id: z.string(),
  kind: z.enum(['camera', 'barrier', 'helpPoint']),
  name: z.string(),
  place: z.string(),
});
export type RetiredView = z.infer<typeof retiredView>;

/** The log lines that are kept in every seat; older ones are asked for. */
export const LIVE_LOG_LINES = 300;

export const logPage = z.object({ entries: z.array(logEntryView), more: z.boolean() });
