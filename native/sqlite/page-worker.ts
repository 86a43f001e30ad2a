/** Entry of the worker thread that reads pages: takes the file's path as its data, answers questions in turns, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Page } from '../../electron/station/ports/query.port.ts';
import { guarded, openReadOnly, type Db } from './database.ts';
import { createGenerations } from './generations.ts';
import { createNames } from './names.ts';
import type { PageAnswer, PageRequest } from './page-messages.ts';
import { createPageTurns } from './page-turns.ts';
import { createPages, type Pages } from './query-page.ts';

const file: unknown = workerData;
if (typeof file !== 'string') throw new TypeError('the worker that reads pages needs a path');

interface Opened {
  readonly pages: Pages;
  /** One step in a read transaction: all that it reads is of one moment. */
  readonly step: (steps: Generator<void, Page>) => IteratorResult<void, Page>;
  readonly close: () => void;
}

const open = (path: string): Opened => {
  const db: Db = openReadOnly(path);
  try {
    return guarded(() => {
      const step = db.transaction((steps: Generator<void, Page>) => steps.next());
      const pages = createPages(db, createGenerations(db), createNames(db));
      return { pages, step: (steps) => guarded(() => step(steps)), close: () => db.close() };
    });
  } catch (error) {
    db.close();
    throw error;
  }
};

let opened: Opened | null = null;
const current = (): Opened => (opened ??= open(file));

const turns = createPageTurns({
  begin: (question) => current().pages.ask(question),
  step: (steps) => current().step(steps),
  reset: () => {
    opened?.close();
    opened = null;
  },
  answer: (message: PageAnswer) => parentPort?.postMessage(message, []),
  now: () => performance.now(),
  later: (next) => void setImmediate(next),
});

parentPort?.on('message', (request: PageRequest) => turns.take(request));
