import { Worker } from 'node:worker_threads';
import { JournalError, type JournalFault } from '../../electron/station/ports/journal.port.ts';

/** The same source runs as it is (.ts) and built (.js); the worker stands beside this file with the same ending. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './settle-worker.ts' : './settle-worker.js',
  import.meta.url,
);

/** Empties the WAL of this database into it and cuts it, off the core thread. Rejects with `JournalError` when storage fails, also where a reader is in the way. */
export const settleInWorker = (path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: path });
    worker.once('message', (fault: JournalFault | null) => {
      if (fault === null) resolve();
      else reject(new JournalError(fault));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`settling the keys ended without a word (${code})`));
    });
  });
