import { z } from 'zod';
import { jsonObject, personal, postIdText } from '../kernel/primitives.ts';

/**
 * What something is called, in no language. `kind`: person, contact, visit, helpPoint, camera, barrier, receiver or seat. `name`: `null` where it may
 * not be seen or was forgotten; of a receiver its number. `place`: where it is, of a visit whom it is to. `number`: of a camera. `count`: the
 * places that a receiver reports for, of which `place` is one.
 */
export const logLabel = z.object({
  kind: z.string(),
  name: personal,
  place: personal,
  number: z.int().nullable(),
  count: z.int().nullable(),
});
export type LogLabel = z.infer<typeof logLabel>;

/** What a line names, as it was called then: who did it (`actor`), what it is about (`what`), and who stands in a field of its body. */
const logLabels = z.record(z.string(), logLabel);
export type LogLabels = z.infer<typeof logLabels>;

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
  /** Of which post it is. */
  postId: postIdText,
  /** Number of that post's shift it belongs to, or `null` before the first. */
  shiftNumber: z.int().nullable(),
  body: jsonObject,
  labels: logLabels,
  managerNotes: z.array(z.object({ at: z.number(), by: z.string(), name: personal, text: personal })),
});
export type LogEntryView = z.infer<typeof logEntryView>;

/** The log lines that are kept in every seat; older ones are asked for. */
export const LIVE_LOG_LINES = 300;

export const logPage = z.object({ entries: z.array(logEntryView), more: z.boolean() });
