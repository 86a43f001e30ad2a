/** Entry of the worker thread that reads the log: takes the file's path as its data, answers questions one after the other, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import { openReadOnly, type Db } from './database.ts';
import type { LogAnswer, LogRequest } from './log-messages.ts';
import { createLogPages } from './read-log.ts';

const file: unknown = workerData;
if (typeof file !== 'string') throw new TypeError('the worker that reads the log needs a path');

let opened: { readonly db: Db; readonly page: ReturnType<typeof createLogPages> } | null = null;

const open = (path: string): NonNullable<typeof opened> => {
  const db = openReadOnly(path);
  try {
    return { db, page: createLogPages(db) };
  } catch (error) {
    db.close();
    throw error;
  }
};

parentPort?.on('message', ({ id, question }: LogRequest) => {
  const answer = (message: LogAnswer): void => parentPort?.postMessage(message, []);
  try {
    opened ??= open(file);
    answer({ id, lines: opened.page(question) });
  } catch (error) {
    // What was wrong with the file may be put right: the next question opens it again.
    opened?.db.close();
    opened = null;
    if (!(error instanceof JournalError)) throw error;
    answer({ id, fault: error.fault });
  }
});
