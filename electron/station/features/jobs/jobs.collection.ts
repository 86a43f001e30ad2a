/** Jobs as they are followed: what is started and ended is in the journal, how far one is is not. */
import { JOBS_SHOWN, type JobView } from '../../../contract/jobs/jobs.views.ts';
import { defineCollection } from '../../core/collection.ts';
import { textOf } from '../../core/docs.ts';
import { defineTable } from '../../core/table.ts';

export const jobRows = defineTable<JobView>('jobs');

const outcomeOf = (outcome: string | null): JobView['state'] =>
  outcome === 'done' || outcome === 'cancelled' || outcome === 'interrupted' ? outcome : 'failed';

export const jobsCollection = defineCollection(jobRows, {
  version: 1,
  shown: { to: ['duty'], openedTo: ['duty'] },
  fold: ({ type, entityId, actor, body, occurredAt }, rows) => {
    const before = jobRows.get(rows, entityId);
    if (type === 'v1.JobStarted') {
      const row: JobView = {
        jobId: entityId,
        job: textOf(body, 'job') ?? '',
        by: actor,
        at: occurredAt,
        state: 'running',
        endedAt: null,
        file: null,
      };
      const old = jobRows
        .all(rows)
        .filter(({ state }) => state !== 'running')
        .toSorted((left, right) => right.at - left.at)
        .slice(JOBS_SHOWN - 1);
      return [[entityId, row] as const, ...old.map(({ jobId }) => [jobId, null] as const)];
    }
    if (type !== 'v1.JobEnded' || before === null) return [];
    const file = body['file'] as JobView['file'];
    return [[entityId, { ...before, state: outcomeOf(textOf(body, 'outcome')), endedAt: occurredAt, file }] as const];
  },
});
