/** Runs what was started, after its commit, and writes down how it ended. A few at once; each with a file of its own at most. */
import { rightOf, type Action } from '../../../contract/actions.ts';
import { readJobParams } from '../../../contract/jobs.schema.ts';
import { mayDo, type Standing } from '../../../domain/access/access.rules.ts';
import type { RecordedFact } from '../../../domain/kernel/fact.ts';
import { textOf } from '../../core/docs.ts';
import { JobStopped, type AnyJobRunner, type JobScope, type ServiceContext } from '../../core/define-feature.ts';
import { byStation, type Committed } from '../../core/work.ts';
import { roleOf } from '../../parts/people-rows.ts';
import { kindOfSeat } from '../../parts/seat-rows.ts';
import { JournalError } from '../../ports/journal.port.ts';
import type { ResultWriter } from '../../ports/results.port.ts';
import { forgottenRows } from '../../parts/forgetting.ts';
import { jobRows } from './jobs.collection.ts';

export interface RunningJobs {
  readonly progress: () => readonly { readonly jobId: string; readonly done: number; readonly of: number }[];
  readonly noteStart: () => void;
  readonly noteCommit: (committed: Committed) => void;
  readonly stop: () => Promise<void>;
}

interface Running {
  done: number;
  of: number;
  outcome: 'cancelled' | 'failed' | null;
}

export const createRunningJobs = ({ deps, worker, jobRunners, tellHealth }: ServiceContext): RunningJobs => {
  const { journal, results, log } = deps;
  const running = new Map<string, Running>();
  const ends = new Set<Promise<void>>();
  let stopped = false;

  const noteEnd = (jobId: string, job: string, outcome: string, file: { name: string; bytes: number } | null): void => {
    worker.commit(byStation, (work) => {
      work.record({ type: 'v1.JobEnded', kind: 'job', entityId: jobId, body: { job, outcome, file } });
    });
  };

  /** Somebody who may be in a file was forgotten: none of them stays, those that are being made neither. */
  const forget = (): void => {
    for (const one of running.values()) one.outcome ??= 'failed';
    results.removeAll().catch((error: unknown) => {
      log.error('files of jobs were not removed', { problem: error instanceof Error ? error.message : 'unknown' });
    });
  };

  const standingOf = ({ actor, seat }: RecordedFact): Standing => ({
    role: roleOf(journal, actor),
    seatKind: kindOfSeat(journal, seat),
  });

  const scopeOf = (fact: RecordedFact, job: string, one: Running, file: ResultWriter): JobScope => {
    const { entityId: jobId, actor, seat, commandId } = fact;
    const goOn = (): void => {
      if (stopped || one.outcome !== null) throw new JobStopped();
      if (mayDo(rightOf(job as Action), { ...standingOf(fact), isResponsible: false }).ok) return;
      one.outcome = 'cancelled';
      throw new JobStopped();
    };
    return {
      jobId,
      origin: { actor, seat, commandId, occurredAt: null },
      standing: () => standingOf(fact),
      goOn,
      progress: (done, of) => {
        Object.assign(one, { done, of });
        tellHealth();
      },
      write: file.write,
    };
  };

  /** What it was asked for has been decoded once already, when it was started. */
  const perform = async (fact: RecordedFact, job: string, run: AnyJobRunner, one: Running): Promise<void> => {
    const file = await results.open(fact.entityId);
    try {
      const { fileName } = await run(scopeOf(fact, job, one, file), readJobParams(job, fact.body['params']) as never);
      if (fileName === null) await file.discard();
      const bytes = fileName === null ? 0 : await file.close();
      noteEnd(fact.entityId, job, 'done', fileName === null ? null : { name: fileName, bytes });
    } catch (error) {
      await file.discard();
      throw error;
    }
  };

  const begin = async (fact: RecordedFact): Promise<void> => {
    const { entityId: jobId, body } = fact;
    const job = textOf(body, 'job') ?? '';
    const one: Running = { done: 0, of: 1, outcome: null };
    running.set(jobId, one);
    try {
      const run = jobRunners().get(job);
      if (run === undefined) throw new Error(`nobody runs ${job}`);
      await perform(fact, job, run, one);
    } catch (error) {
      // Found running at the next start, and then told as interrupted.
      if (stopped) return;
      if (!(error instanceof JobStopped))
        log.error('a job failed', { job, problem: error instanceof Error ? error.message : 'unknown' });
      try {
        noteEnd(jobId, job, one.outcome ?? 'failed', null);
      } catch (failure) {
        if (!(failure instanceof JournalError)) throw failure;
        log.error('the end of a job was not written down', { job, fault: failure.fault.kind });
      }
    } finally {
      running.delete(jobId);
      tellHealth();
    }
  };

  return {
    progress: () => [...running].map(([jobId, { done, of }]) => ({ jobId, done, of })),
    noteStart: () => {
      for (const { jobId, job, state } of jobRows.all(journal))
        if (state === 'running') noteEnd(jobId, job, 'interrupted', null);
    },
    noteCommit: ({ facts, changes }) => {
      if (changes.some(({ collection }) => collection === forgottenRows.name)) forget();
      for (const fact of facts) {
        const one = running.get(fact.entityId);
        if (fact.type === 'v1.JobCancelled' && one !== undefined) one.outcome = 'cancelled';
        if (fact.type !== 'v1.JobStarted' || stopped) continue;
        const end = begin(fact).catch((error: unknown) => {
          log.error('a job broke', { problem: error instanceof Error ? error.message : 'unknown' });
        });
        ends.add(end);
        void end.then(() => ends.delete(end));
      }
    },
    stop: async () => {
      stopped = true;
      await Promise.all(ends);
    },
  };
};
