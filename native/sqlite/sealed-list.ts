/** Lists of sealed names, opened and searched in a worker thread. */
import { Worker } from 'node:worker_threads';
import type { Log } from '../../electron/station/ports/clock.port.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import { LONGEST_LIST, type SealedList } from '../../electron/station/ports/sealed-list.port.ts';
import type { ListAnswer, ListChange, ListRequest, ListWorkerData } from './list-messages.ts';

/** Entries sent to the worker in one turn of the core thread. */
const ENTRIES_AT_A_TIME = 1000;
/** Questions that wait at once, at most. */
const MOST_WAITING = 64;

/** The same source runs as it is (.ts) and built (.js); the worker stands beside this file with the same ending. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './list-worker.ts' : './list-worker.js', import.meta.url);

export const startListWorker = (data: ListWorkerData): Worker => new Worker(workerFile, { workerData: data });

export interface SealedListDeps extends ListWorkerData {
  readonly log: Log;
  /** How a worker is started; tests end them. */
  readonly start?: (data: ListWorkerData) => Worker;
}

interface Waiting {
  readonly resolve: (keys: readonly string[]) => void;
  readonly reject: (error: Error) => void;
}

const unreadable = (detail: string): JournalError => new JournalError({ kind: 'ioError', detail });

/**
 * Keeps the texts sealed until somebody asks; the first question starts the worker and gives it everything, some at a time. A worker that died or
 * could not read the keys is replaced by the next question.
 */
export const createSealedList = ({ log, start = startListWorker, ...data }: SealedListDeps): SealedList => {
  const lists = new Map<string, { readonly texts: Map<string, string>; complete: boolean }>();
  const waiting = new Map<number, Waiting>();
  let running: { readonly worker: Worker; readonly filled: Promise<void> } | null = null;
  let lastId = 0;
  let closed = false;

  const listOf = (name: string) => {
    const list = lists.get(name) ?? { texts: new Map<string, string>(), complete: true };
    lists.set(name, list);
    return list;
  };

  const send = (worker: Worker, request: ListRequest): void => worker.postMessage(request, []);

  const lost = (worker: Worker, detail: string): void => {
    if (running?.worker !== worker) return;
    running = null;
    for (const { reject } of waiting.values()) reject(unreadable(detail));
    waiting.clear();
    void worker.terminate();
  };

  const heard = (worker: Worker, answer: ListAnswer): void => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('keys' in answer) return asked?.resolve(answer.keys);
    asked?.reject(new JournalError(answer.fault));
    // It lacks what it could not open: the next question begins with a worker that has everything.
    return lost(worker, 'the keys could not be read');
  };

  /** What is put meanwhile is at the end of the map, and comes as well. */
  const fill = async (worker: Worker): Promise<void> => {
    for (const [list, { texts }] of lists) {
      let part: ListChange[] = [];
      for (const entry of texts) {
        if (part.push(entry) < ENTRIES_AT_A_TIME) continue;
        send(worker, { t: 'change', list, changes: part });
        part = [];
        await new Promise((resolve) => setImmediate(resolve));
      }
      send(worker, { t: 'change', list, changes: part });
    }
  };

  const begin = (): NonNullable<typeof running> => {
    const worker = start(data);
    worker.on('message', (answer: ListAnswer) => heard(worker, answer));
    worker.on('error', (error: unknown) => {
      log.error('the worker of the lists broke', { problem: error instanceof Error ? error.message : 'unknown' });
    });
    worker.on('exit', () => lost(worker, 'the worker of the lists died'));
    worker.unref();
    running = { worker, filled: fill(worker) };
    return running;
  };

  return {
    put: (name, key, text) => {
      const list = listOf(name);
      const changes: ListChange[] = [[key, text]];
      list.texts.delete(key);
      if (text !== null) list.texts.set(key, text);
      if (list.texts.size > LONGEST_LIST) {
        const oldest = [...list.texts.keys()].reduce((least, one) => (one < least ? one : least));
        list.texts.delete(oldest);
        list.complete = false;
        changes.push([oldest, null]);
      }
      if (running !== null) send(running.worker, { t: 'change', list: name, changes });
    },
    search: async (name, text, limit) => {
      if (closed) throw unreadable('the lists are closed');
      if (waiting.size >= MOST_WAITING) throw unreadable('too much is looked for at once');
      const { worker, filled } = running ?? begin();
      await filled;
      lastId += 1;
      const id = lastId;
      const keys = await new Promise<readonly string[]>((resolve, reject) => {
        // It died while it was given everything.
        if (running?.worker !== worker) return reject(unreadable('the worker of the lists died'));
        waiting.set(id, { resolve, reject });
        return send(worker, { t: 'search', id, list: name, text, limit });
      });
      return { keys, complete: listOf(name).complete };
    },
    close: async () => {
      closed = true;
      lists.clear();
      const last = running;
      if (last !== null) lost(last.worker, 'the lists are closed');
      await last?.worker.terminate();
    },
  };
};
