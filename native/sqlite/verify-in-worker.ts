import { Worker } from 'node:worker_threads';
import type { Verification } from '../../electron/station/ports/journal.port.ts';
import type { VerifyRequest } from './verify.ts';

/** The same source runs as it is (.ts) and built (.js); the worker stands beside this file with the same ending. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './verify-worker.ts' : './verify-worker.js',
  import.meta.url,
);

/** Verifies off the core thread, which must not wait for a long read. Rejects on a defect only. */
export const verifyInWorker = (request: VerifyRequest): Promise<Verification> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: request });
    worker.once('message', (verdict: Verification) => {
      resolve(verdict);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`verifying ended without a verdict (${code})`));
    });
  });
