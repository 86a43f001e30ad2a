/** One suite for reading the log: what the station relies on holds for the worker on SQLite and for the reader in memory. */
import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { JournalError, type Journal } from '../../../electron/station/ports/journal.port.ts';
import { monitoringRoom, postId } from '../../../electron/domain/posts/post.ts';
import type { LogQuestion, LogReader } from '../../../electron/station/ports/log-reader.port.ts';
import { logKey } from '../../../electron/station/features/log/log.collections.ts';
import { createLogReader, startLogWorker } from '../../../native/sqlite/log-reader.ts';
import { createFakeJournal } from '../../support/fake-journal.ts';
import { createFakeLogReader } from '../../support/fake-log-reader.ts';
import { makeJournalFolder } from '../../support/journal-folder.ts';
import { createMemoryLog } from '../../support/system-clock.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

interface Subject {
  readonly journal: Journal;
  readonly reader: LogReader;
}

const onSqlite = (
  start: (path: string) => Worker = startLogWorker,
): Subject & { readonly lines: readonly string[] } => {
  const folder = makeJournalFolder();
  closers.push(folder.remove);
  const log = createMemoryLog();
  const reader = createLogReader({ path: folder.paths.journal, log, start });
  closers.push(reader.close);
  return { journal: folder.open(), reader, lines: log.lines };
};
const inMemory = (): Subject => {
  const journal = createFakeJournal();
  return { journal, reader: createFakeLogReader(journal) };
};

/** One is said to have happened long before it was written down. */
const gatehouse = postId('gatehouse');
const happenedAt = (seq: number): number => (seq === 20 ? 1500 : seq * 1000);

/** Lines 1 to `count`: every third a note, one a second, ten to a shift. */
const writeLines = (journal: Journal, count: number): void =>
  journal.transact((tx) => {
    for (let seq = 1; seq <= count; seq += 1) {
      const kind = seq % 3 === 0 ? 'note' : 'barrier';
      const shiftNumber = seq <= 5 ? null : Math.floor(seq / 10);
      tx.change(
        {
          collection: 'log',
          key: logKey(seq),
          doc: {
            seq,
            kind,
            at: happenedAt(seq),
            recordedAt: seq * 1000,
            postId: seq % 4 === 0 ? gatehouse : monitoringRoom,
            shiftNumber,
            body: { text: `第 ${seq} 条` },
          },
        },
        seq,
      );
    }
    tx.change({ collection: 'visits', key: '~', doc: { seq: 0, kind: 'note', at: 1000, shiftNumber: 1 } }, 1);
  });
const everything: LogQuestion = {
  beforeKey: null,
  limit: 3,
  kinds: null,
  fromMs: null,
  toMs: null,
  shiftNumber: null,
  postId: null,
};

describe.each([
  ['on SQLite, in a worker', onSqlite],
  ['in memory', inMemory],
] as const)('the log reader %s', (_name, make) => {
  const ask = async (reader: LogReader, question: Partial<LogQuestion>) => {
    const { docs, more } = await reader.page({ ...everything, ...question });
    return [docs.map((doc) => doc['seq']), more];
  };

  test('gives pages, newest first, as they are stored', async () => {
    const { journal, reader } = make();
    expect(await ask(reader, {})).toEqual([[], false]);
    writeLines(journal, 30);
    expect(await ask(reader, {})).toEqual([[30, 29, 28], true]);
    expect(await ask(reader, { beforeKey: logKey(4) })).toEqual([[3, 2, 1], false]);
    const { docs } = await reader.page({ ...everything, limit: 1 });
    expect(docs).toEqual([
      {
        seq: 30,
        kind: 'note',
        at: 30_000,
        recordedAt: 30_000,
        postId: monitoringRoom,
        shiftNumber: 3,
        body: { text: '第 30 条' },
      },
    ]);
  });

  test('leaves out what was not asked for, however many lines lie between', async () => {
    const { journal, reader } = make();
    writeLines(journal, 2000);
    expect(await ask(reader, { kinds: ['note'] })).toEqual([[1998, 1995, 1992], true]);
    expect(await ask(reader, { kinds: ['note', 'barrier'], limit: 1 })).toEqual([[2000], true]);
    expect(await ask(reader, { kinds: [] })).toEqual([[], false]);
    expect(await ask(reader, { fromMs: 7000, toMs: 9000, limit: 2 })).toEqual([[20, 9], true]);
    expect(await ask(reader, { toMs: 2000, kinds: ['barrier'] })).toEqual([[20, 2, 1], false]);
    expect(await ask(reader, { fromMs: 19_000, toMs: 21_000 })).toEqual([[21, 20, 19], false]);
    expect(await ask(reader, { shiftNumber: 1, kinds: ['note'], limit: 500 })).toEqual([[18, 15, 12], false]);
    expect(await ask(reader, { shiftNumber: 1, postId: gatehouse, limit: 10 })).toEqual([[16, 12], false]);
    expect(await ask(reader, { shiftNumber: 0, limit: 10 })).toEqual([[9, 8, 7, 6], false]);
  });

  test('sees what was committed before the question, and nothing of what was taken back', async () => {
    const { journal, reader } = make();
    writeLines(journal, 1);
    expect(await ask(reader, {})).toEqual([[1], false]);
    writeLines(journal, 2);
    expect(await ask(reader, {})).toEqual([[2, 1], false]);
    expect(() =>
      journal.transact((tx) => {
        tx.change({ collection: 'log', key: logKey(3), doc: { seq: 3 } }, 3);
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    expect(await ask(reader, {})).toEqual([[2, 1], false]);
  });

  test('answers nothing once it is closed, and closing twice is closing once', async () => {
    const { reader } = make();
    await reader.close();
    await reader.close();
    await expect(reader.page(everything)).rejects.toThrow(JournalError);
  });
});

describe('the worker that reads the log', () => {
  const mortal = () => {
    const workers: Worker[] = [];
    const subject = onSqlite((path) => {
      const worker = startLogWorker(path);
      workers.push(worker);
      return worker;
    });
    writeLines(subject.journal, 4);
    return { ...subject, workers };
  };
  const seqs = ({ docs }: Awaited<ReturnType<LogReader['page']>>) => docs.map((doc) => doc['seq']);

  test('is one for all questions, and leaves the core thread free: the journal is written meanwhile', async () => {
    const { journal, reader, workers } = mortal();
    writeLines(journal, 20_000);
    const asked = Promise.all(Array.from({ length: 8 }, () => reader.page({ ...everything, kinds: ['nothing'] })));
    let written = 0;
    const done = asked.then(() => true);
    while (!(await Promise.race([done, new Promise<false>((resolve) => setImmediate(() => resolve(false)))]))) {
      journal.transact((tx) => tx.change({ collection: 'x', key: 'y', doc: { written } }, 1));
      written += 1;
    }
    expect(written).toBeGreaterThan(1);
    expect(workers).toHaveLength(1);
  });

  test('is started again when it dies, and the questions that waited are answered', async () => {
    const { reader, workers, lines } = mortal();
    expect(seqs(await reader.page(everything))).toEqual([4, 3, 2]);
    const asked = [reader.page(everything), reader.page({ ...everything, limit: 1 })];
    await workers[0]?.terminate();
    expect((await Promise.all(asked)).map(seqs)).toEqual([[4, 3, 2], [4]]);
    expect(workers).toHaveLength(2);
    expect(lines.join('\n')).toContain('died and is started again');
  });

  test('that dies of a question twice is not asked a third time; what stood behind it is answered', async () => {
    let begun = 0;
    const { journal, reader } = onSqlite((path) => {
      begun += 1;
      return begun <= 2 ? new Worker('process.exit(1)', { eval: true }) : startLogWorker(path);
    });
    writeLines(journal, 1);
    const [first, second] = await Promise.allSettled([reader.page(everything), reader.page(everything)]);
    expect(first).toMatchObject({ status: 'rejected', reason: { fault: { kind: 'ioError' } } });
    expect(second).toMatchObject({ status: 'fulfilled' });
    expect(begun).toBe(3);
  });

  test('refuses more than 64 questions at once', async () => {
    const { reader } = mortal();
    const asked = await Promise.allSettled(Array.from({ length: 66 }, () => reader.page(everything)));
    expect(asked.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(2);
  });

  test('says what is wrong with the file, and reads again when it is there', async () => {
    const folder = makeJournalFolder();
    closers.push(folder.remove);
    const reader = createLogReader({ path: folder.paths.journal, log: createMemoryLog() });
    closers.push(reader.close);
    await expect(reader.page(everything)).rejects.toMatchObject({ fault: { kind: 'ioError' } });
    writeLines(folder.open(), 1);
    expect(seqs(await reader.page(everything))).toEqual([1]);
    const garbage = makeJournalFolder();
    closers.push(garbage.remove);
    writeFileSync(garbage.paths.journal, 'no database at all, but long enough to be looked at'.repeat(100));
    const other = createLogReader({ path: garbage.paths.journal, log: createMemoryLog() });
    closers.push(other.close);
    await expect(other.page(everything)).rejects.toMatchObject({ fault: { kind: 'damaged' } });
  });
});
