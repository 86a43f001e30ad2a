import { rightOf, type Action } from '../../../contract/actions.ts';
import { jobContracts, readJobParams } from '../../../contract/jobs.schema.ts';
import { jobs } from '../../../contract/jobs/jobs.contract.ts';
import { mayDo } from '../../../domain/access/access.rules.ts';
import type { JsonObject } from '../../../domain/kernel/json.ts';
import { err, ok } from '../../../domain/kernel/result.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { Refused, refusalOf, refuse } from '../../core/handler.ts';
import { existing } from '../../parts/record-change.ts';
import { roleOf } from '../../parts/people-rows.ts';
import { kindOfSeat } from '../../parts/seat-rows.ts';
import { jobRows, jobsCollection } from './jobs.collection.ts';
import { createRunningJobs } from './run-jobs.ts';

/** Jobs at once: each reads the disk that the journal writes to. */
const MOST_RUNNING = 2;

/** What takes time: started, followed, stopped and fetched. */
export const jobsFeature = defineFeature({
  contract: jobs,
  collections: { jobs: jobsCollection },
  commands: {
    startJob: ({ work, actor, commandId }, { job, params }) => {
      if (jobContracts[job] === undefined) refuse('notFound', { kind: job });
      const standing = { role: roleOf(work.read, actor), seatKind: kindOfSeat(work.read, work.origin.seat) };
      const allowed = mayDo(rightOf(job as Action), { ...standing, isResponsible: false });
      if (!allowed.ok) throw new Refused(allowed.error);
      const read = readJobParams(job, params) ?? refuse('jobParams', { job });
      const now = jobRows.all(work.read).filter(({ state }) => state === 'running');
      if (now.length >= MOST_RUNNING) refuse('tooManyJobs');
      const body = { job, params: read as JsonObject };
      work.record({ type: 'v1.JobStarted', kind: 'job', entityId: commandId, body });
      return { jobId: commandId };
    },
    cancelJob: (scope, { jobId }) => {
      const row = existing(scope, jobRows, jobId);
      if (row.by !== scope.actor) refuse('notYourJob');
      if (row.state !== 'running') return {};
      scope.work.record({ type: 'v1.JobCancelled', kind: 'job', entityId: jobId, body: { job: row.job } });
      return {};
    },
  },
  hiddenFields: ['params', 'file'],
  serve: (context) => {
    const { deps } = context;
    const running = createRunningJobs(context);
    return {
      asks: {
        jobTicket: async ({ session }, { jobId }) => {
          const row = jobRows.get(deps.journal, jobId);
          if (row === null) return err(refusalOf('notFound', { kind: 'jobs', id: jobId }));
          if (row.by !== session?.personId) return err(refusalOf('notYourJob'));
          const ticket = row.file === null ? null : deps.results.ticket(jobId);
          return ticket === null || row.file === null
            ? err(refusalOf('resultGone'))
            : ok({ ticket, name: row.file.name });
        },
      },
      health: () => ({ jobsRunning: [...running.progress()] }),
      noteStart: running.noteStart,
      noteCommit: running.noteCommit,
      stop: running.stop,
    };
  },
});
