import { z } from 'zod';

export const jobStates = ['running', 'done', 'cancelled', 'failed', 'interrupted'] as const;

/** One job. Nothing personal is in it: what it was to do stands in the log. */
export const jobView = z.object({
  jobId: z.string(),
  /** Its name in the contract. */
  job: z.string(),
  /** Who started it: a person's id. */
  by: z.string(),
  at: z.number(),
  /** `interrupted`: the station ended before the job did. */
  state: z.enum(jobStates),
  endedAt: z.number().nullable(),
  /** The file that it made; it is kept for a few minutes and given out once. */
  file: z.object({ name: z.string(), bytes: z.int() }).nullable(),
});
export type JobView = z.infer<typeof jobView>;

/** Jobs that are shown; the oldest that have ended go first. */
export const JOBS_SHOWN = 20;

/** A way to the file, good once and for a minute. */
export const jobTicketView = z.object({ ticket: z.string(), name: z.string() });
