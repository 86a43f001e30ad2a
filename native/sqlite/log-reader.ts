/** Reads the log in a worker thread, on a read-only connection: the core thread is free meanwhile. */
import { Worker } from 'node:worker_threads';
import type { Log } from '../../electron/station/ports/clock.port.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { LogLines, LogQuestion, LogReader } from '../../electron/station/ports/log-reader.port.ts';
import type { LogAnswer, LogRequest } from './log-messages.ts';

/** Questions that wait at once, at most. */
const MOST_WAITING = 64;
/** A question that a worker died of is given to the next one; a second death is the question's own. */
const MOST_ATTEMPTS = 2;

/** The same source runs as it is (.ts) and built (.js); the worker stands beside this file with the same ending. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './log-worker.ts' : './log-worker.js', import.meta.url);

/** Starts a worker that answers questions about the log in the file of this path. */
export const startLogWorker = (path: string): Worker => new Worker(workerFile, { workerData: path });

export interface LogReaderDeps {
  /** The database file of the journal. */
  readonly path: string;
  readonly log: Log;
  /** How a worker is started; tests end them. */
  readonly start?: (path: string) => Worker;
}

interface Waiting {
  readonly request: LogRequest;
  readonly resolve: (lines: LogLines) => void;
  readonly reject: (error: Error) => void;
  attempts: number;
}

const unreadable = (detail: string): JournalError => new JournalError({ kind: 'ioError', detail });

/** The worker is started by the first question, and again by the first one after it died. */
export const createLogReader = ({ path, log, start = startLogWorker }: LogReaderDeps): LogReader => {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastId = 0;
  let closed = false;

  const settle = (message: LogAnswer): void => {
    const asked = waiting.get(message.id);
    if (asked === undefined) return;
    waiting.delete(message.id);
    if ('lines' in message) asked.resolve(message.lines);
    else asked.reject(new JournalError(message.fault));
  };

  const give = (asked: Waiting): void => {
    worker ??= begin();
    asked.attempts += 1;
    worker.postMessage(asked.request, []);
  };

  /** Only the oldest question can have been under way; the others lost nothing but time. */
  const restart = (dead: Worker): void => {
    if (worker !== dead) return;
    worker = null;
    const [first, ...others] = waiting.values();
    if (first === undefined) return;
    log.error('the reader of the log died and is started again', { waiting: waiting.size });
    for (const asked of others) asked.attempts -= 1;
    if (first.attempts >= MOST_ATTEMPTS) {
      waiting.delete(first.request.id);
      first.reject(unreadable('the reader of the log died of this question twice'));
    }
    for (const asked of waiting.values()) give(asked);
  };

  const begin = (): Worker => {
    const begun = start(path);
    begun.on('message', settle);
    begun.on('error', (error: unknown) => {
      log.error('the reader of the log broke', { problem: error instanceof Error ? error.message : 'unknown' });
    });
    begun.on('exit', () => restart(begun));
    begun.unref();
    return begun;
  };

  return {
    page: (question: LogQuestion) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(unreadable('the reader of the log is closed'));
        if (waiting.size >= MOST_WAITING) return reject(unreadable('too much of the log is asked for at once'));
        lastId += 1;
        const asked: Waiting = { request: { id: lastId, question }, resolve, reject, attempts: 0 };
        waiting.set(lastId, asked);
        return give(asked);
      }),
    close: async () => {
      closed = true;
      for (const { reject } of waiting.values()) reject(unreadable('the reader of the log is closed'));
      waiting.clear();
      const last = worker;
      worker = null;
      await last?.terminate();
    },
  };
};
