/** What takes time and is started as a job, of all features. */
import { z } from 'zod';
import { allOf, type AllOf } from './derive.ts';
import type { JobContract } from './kernel/feature.ts';

type Jobs = AllOf<'jobs'>;
export type JobName = keyof Jobs & string;
export type JobParams<Name extends JobName> = z.infer<z.ZodObject<Jobs[Name]['params']>>;

export const jobContracts: Readonly<Record<string, JobContract>> = allOf('jobs');

/** What a job is asked for, decoded; `null` where there is no such job, or it does not understand it. */
export const readJobParams = (job: string, params: unknown): object | null => {
  const contract = jobContracts[job];
  if (contract === undefined) return null;
  const read = z.strictObject(contract.params).safeParse(params);
  return read.success ? read.data : null;
};
