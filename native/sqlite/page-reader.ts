/** Reads pages of collections in a worker thread, on a read-only connection: the core thread is free meanwhile. */
import { Worker } from 'node:worker_threads';
import { createLifter, type Lifts } from '../../electron/domain/kernel/lifts.ts';
import type { Log } from '../../electron/station/ports/clock.port.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import {
  PageCancelledError,
  type Page,
  type PageQuestion,
  type PageReader,
} from '../../electron/station/ports/query.port.ts';
import type { PageAnswer, PageRequest } from './page-messages.ts';
import { liftPage } from './query-page.ts';

/** Questions that wait at once, at most. */
const MOST_WAITING = 64;
/** A question that was under way when a worker died is given to the next one; a second death is the question's own. */
const MOST_ATTEMPTS = 2;

/** The same source runs as it is (.ts) and built (.js); the worker stands beside this file with the same ending. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './page-worker.ts' : './page-worker.js', import.meta.url);

/** Starts a worker that answers questions about the file of this path. */
export const startPageWorker = (path: string): Worker => new Worker(workerFile, { workerData: path });

export interface PageReaderDeps {
  /** The database file of the journal. */
  readonly path: string;
  readonly log: Log;
  readonly lifts: Pick<Lifts, 'facts' | 'snapshots'>;
  /** How a worker is started; tests end them. */
  readonly start?: (path: string) => Worker;
}

interface Waiting {
  readonly id: number;
  readonly question: PageQuestion;
  readonly resolve: (page: Page) => void;
  readonly reject: (error: Error) => void;
  attempts: number;
}

const unreadable = (detail: string): JournalError => new JournalError({ kind: 'ioError', detail });

/** The worker is started by the first question, and again by the first one after it died. */
export const createPageReader = ({ path, log, lifts, start = startPageWorker }: PageReaderDeps): PageReader => {
  const lifter = createLifter(lifts);
  const waiting = new Map<number, Waiting>();
  /** Given to the worker. After one died they are given one at a time, so that it is known which question it dies of. */
  const given = new Set<number>();
  let careful = false;
  let worker: Worker | null = null;
  let lastId = 0;
  let closed = false;

  const tell = (request: PageRequest): void => worker?.postMessage(request, []);

  const giveMore = (): void => {
    if (waiting.size === 0) careful = false;
    for (const { id, question } of waiting.values()) {
      if (careful && given.size > 0) return;
      if (given.has(id)) continue;
      worker ??= begin();
      given.add(id);
      tell({ t: 'ask', id, question });
    }
  };

  const take = (id: number): Waiting | undefined => {
    const asked = waiting.get(id);
    waiting.delete(id);
    given.delete(id);
    return asked;
  };

  const settle = (message: PageAnswer): void => {
    const asked = take(message.id);
    if (message.t === 'page') asked?.resolve(liftPage(message.page, lifter));
    else if (message.t === 'fault') asked?.reject(new JournalError(message.fault));
    else asked?.reject(new Error(`a page could not be read: ${message.problem}`));
    giveMore();
  };

  const restart = (dead: Worker): void => {
    if (worker !== dead) return;
    worker = null;
    if (waiting.size > 0) log.error('the reader of pages died and is started again', { waiting: waiting.size });
    careful = true;
    for (const id of given) {
      const asked = waiting.get(id);
      if (asked === undefined) continue;
      asked.attempts += 1;
      if (asked.attempts < MOST_ATTEMPTS) continue;
      waiting.delete(id);
      asked.reject(unreadable('the reader of pages died of this question twice'));
    }
    given.clear();
    giveMore();
  };

  const begin = (): Worker => {
    const begun = start(path);
    begun.on('message', settle);
    begun.on('error', (error: unknown) => {
      log.error('the reader of pages broke', { problem: error instanceof Error ? error.message : 'unknown' });
    });
    begun.on('exit', () => restart(begun));
    begun.unref();
    return begun;
  };

  return {
    ask: (question) => {
      lastId += 1;
      const id = lastId;
      const page = new Promise<Page>((resolve, reject) => {
        if (closed) return reject(unreadable('the reader of pages is closed'));
        if (waiting.size >= MOST_WAITING) return reject(unreadable('too much is asked for at once'));
        waiting.set(id, { id, question, resolve, reject, attempts: 0 });
        return giveMore();
      });
      return {
        page,
        cancel: () => {
          const asked = take(id);
          if (asked === undefined) return;
          tell({ t: 'cancel', id });
          asked.reject(new PageCancelledError());
          giveMore();
        },
      };
    },
    close: async () => {
      closed = true;
      for (const { reject } of waiting.values()) reject(unreadable('the reader of pages is closed'));
      waiting.clear();
      given.clear();
      const last = worker;
      worker = null;
      await last?.terminate();
    },
  };
};
