import { z } from 'zod';
import { factsAbout } from '../kernel/fact.ts';
import { json } from '../kernel/primitives.ts';

const file = z.object({ name: z.string(), bytes: z.int() });

/** What takes time: who started it and how it ended. What it is asked for holds nothing personal. */
export const jobFacts = factsAbout('job', {
  'v1.JobStarted': { job: z.string(), params: z.record(z.string(), json) },
  'v1.JobCancelled': { job: z.string() },
  'v1.JobEnded': {
    job: z.string(),
    outcome: z.enum(['done', 'cancelled', 'failed', 'interrupted']),
    file: file.nullable(),
  },
});
