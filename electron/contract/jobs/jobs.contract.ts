import { z } from 'zod';
import { defineContract } from '../kernel/feature.ts';
import { commandIdText, jsonObject } from '../kernel/primitives.ts';
import { onDuty } from '../kernel/rights.ts';
import { jobFacts } from './jobs.facts.ts';
import { jobTicketView, jobView } from './jobs.views.ts';

/** What takes time. Each job is a value in some feature, with a right of its own; here it is started, followed, stopped and fetched. */
export const jobs = defineContract({
  name: 'jobs',
  commands: {
    /** Answered with `{jobId}`. Refused to whoever has no right to this job. */
    startJob: { fields: { job: z.string().min(1).max(60), params: jsonObject }, right: onDuty },
    /** By whoever started it. One that has ended is ended. */
    cancelJob: { fields: { jobId: commandIdText }, right: onDuty },
  },
  asks: {
    /** A way to the file of a job, for whoever started it. */
    jobTicket: { ask: { jobId: commandIdText }, reply: jobTicketView, right: onDuty },
  },
  collections: { jobs: jobView },
  facts: jobFacts,
  refusals: ['jobParams', 'tooManyJobs', 'notYourJob', 'resultGone'],
  health: {
    /** Jobs that run just now and how far they are: 0 <= done <= of. */
    jobsRunning: z.array(z.object({ jobId: z.string(), done: z.int(), of: z.int() })),
  },
});
