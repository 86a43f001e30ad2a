/** One suite for reading pages off the core thread: what the station relies on holds for the worker on SQLite and for the reader in memory. */
import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { noLifts, type Lifts } from '../../../electron/domain/kernel/lifts.ts';
import { JournalError, type Journal } from '../../../electron/station/ports/journal.port.ts';
import { PageCancelledError, type PageQuestion, type PageReader } from '../../../electron/station/ports/query.port.ts';
import { createPageReader, startPageWorker } from '../../../native/sqlite/page-reader.ts';
import { createFakeJournal } from '../../support/fake-journal.ts';
import { createFakePageReader } from '../../support/fake-page-reader.ts';
import { makeJournalFolder, someFact } from '../../support/journal-folder.ts';
import { createMemoryLog } from '../../support/system-clock.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const lifts: Lifts = {
  ...noLifts,
  facts: [{ from: 'v1.NoteAdded', to: 'v2.NoteAdded', lift: ({ text }) => ({ says: text ?? null }) }],
};

interface Subject {
  readonly journal: Journal;
  readonly reader: PageReader;
}

const onSqlite = (
  start: (path: string) => Worker = startPageWorker,
): Subject & { readonly lines: readonly string[] } => {
  const folder = makeJournalFolder();
  closers.push(folder.remove);
  const log = createMemoryLog();
  const reader = createPageReader({ path: folder.paths.journal, log, lifts, start });
  closers.push(reader.close);
  return { journal: folder.open({ lifts }), reader, lines: log.lines };
};
const inMemory = (): Subject => {
  const journal = createFakeJournal({ lifts });
  return { journal, reader: createFakePageReader(journal) };
};

const shape = { columns: { kind: 'group', actor: 'group', at: 'range' }, withFact: true } as const;
const everything: PageQuestion = { collection: 'lines', from: { before: null }, limit: 3, where: [] };
/** Nothing is both: each of them is there often, and every block has to be looked at. */
const neverBoth: PageQuestion['where'] = [
  { column: 'kind', in: ['note'] },
  { column: 'actor', in: ['device:gate'] },
];

/** Lines `from` to `to`: every third is a note by somebody, the others are the gate's. */
const writeLines = (journal: Journal, to: number, version = 1): void =>
  journal.transact((tx) => {
    const made = tx.generations().some((one) => one.version === version);
    if (!made) tx.makeGeneration('lines', version, shape);
    const put = made ? tx.changeQuery : tx.making.changeQuery;
    for (let seq = tx.lastSeq() + 1; seq <= to; seq += 1) tx.append(someFact(seq));
    for (let key = 1; key <= to; key += 1) {
      const columns =
        key % 3 === 0
          ? { kind: 'note', actor: `person-${key % 7}`, at: key }
          : { kind: 'gate', actor: 'device:gate', at: key };
      put({ collection: 'lines', key, row: { columns, doc: null } });
    }
    if (!made) tx.showGeneration('lines');
  });

describe.each([
  ['on SQLite, in a worker', onSqlite],
  ['in memory', inMemory],
] as const)('the reader of pages %s', (_name, make) => {
  const keys = async (reader: PageReader, question: Partial<PageQuestion>) => {
    const { rows, more } = await reader.ask({ ...everything, ...question }).page;
    return [rows.map(({ key }) => key), more];
  };

  test('gives pages as they are stored, with their facts lifted', async () => {
    const { journal, reader } = make();
    expect(await keys(reader, {})).toEqual([[], false]);
    writeLines(journal, 30);
    expect(await keys(reader, {})).toEqual([[30, 29, 28], true]);
    expect(await keys(reader, { from: { after: 28 } })).toEqual([[29, 30], false]);
    const { rows } = await reader.ask({ ...everything, limit: 1 }).page;
    const fact = { ...someFact(30), type: 'v2.NoteAdded', body: { says: '第 30 条' }, seq: 30 };
    expect(rows).toEqual([{ key: 30, columns: { kind: 'note', actor: 'person-2', at: 30 }, doc: null, fact }]);
  });

  test('leaves out what was not asked for, however many rows lie between', async () => {
    const { journal, reader } = make();
    writeLines(journal, 9000);
    expect(await keys(reader, { where: [{ anyOf: ['at'], from: 4, to: 6 }] })).toEqual([[6, 5, 4], false]);
    expect(await keys(reader, { where: [{ column: 'actor', in: ['person-3'] }], limit: 2 })).toEqual([
      [8998 - 7, 8970],
      true,
    ]);
    expect(await keys(reader, { where: neverBoth })).toEqual([[], false]);
  });

  test('sees what was committed before the question, nothing of what was taken back, and a new generation at once', async () => {
    const { journal, reader } = make();
    writeLines(journal, 1);
    expect(await keys(reader, {})).toEqual([[1], false]);
    writeLines(journal, 2);
    expect(await keys(reader, {})).toEqual([[2, 1], false]);
    expect(() =>
      journal.transact((tx) => {
        tx.changeQuery({ collection: 'lines', key: 3, row: { columns: { kind: 'note' }, doc: null } });
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    expect(await keys(reader, {})).toEqual([[2, 1], false]);
    writeLines(journal, 1, 2);
    journal.transact((tx) => tx.deleteDropped(1000));
    expect(await keys(reader, {})).toEqual([[1], false]);
  });

  test('a question that is cancelled is not answered, and the others are', async () => {
    const { journal, reader } = make();
    writeLines(journal, 10);
    const cancelled = reader.ask(everything);
    const other = reader.ask(everything);
    cancelled.cancel();
    cancelled.cancel();
    await expect(cancelled.page).rejects.toThrow(PageCancelledError);
    expect((await other.page).rows).toHaveLength(3);
    other.cancel();
  });

  test('answers nothing once it is closed, and closing twice is closing once', async () => {
    const { reader } = make();
    await reader.close();
    await reader.close();
    await expect(reader.ask(everything).page).rejects.toThrow(JournalError);
  });

  test('a question about a column that is not there is a defect, and the next one is answered', async () => {
    const { journal, reader } = make();
    writeLines(journal, 1);
    await expect(reader.ask({ ...everything, where: [{ column: 'colour', in: ['red'] }] }).page).rejects.toThrow(
      'nothing is found by colour',
    );
    expect(await keys(reader, {})).toEqual([[1], false]);
  });
});

describe('the worker that reads pages', () => {
  const mortal = () => {
    const workers: Worker[] = [];
    const subject = onSqlite((path) => {
      const worker = startPageWorker(path);
      workers.push(worker);
      return worker;
    });
    return { ...subject, workers };
  };
  const keys = ({ rows }: Awaited<ReturnType<PageReader['ask']>['page']>) => rows.map(({ key }) => key);

  test('is one for all questions, and leaves the core thread free: the journal is written meanwhile', async () => {
    const { journal, reader, workers } = mortal();
    writeLines(journal, 20_000);
    const asked = Promise.all(Array.from({ length: 40 }, () => reader.ask({ ...everything, where: neverBoth }).page));
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
    const { journal, reader, workers, lines } = mortal();
    writeLines(journal, 4);
    expect(keys(await reader.ask(everything).page)).toEqual([4, 3, 2]);
    const asked = [reader.ask(everything).page, reader.ask({ ...everything, limit: 1 }).page];
    await workers[0]?.terminate();
    expect((await Promise.all(asked)).map(keys)).toEqual([[4, 3, 2], [4]]);
    expect(workers).toHaveLength(2);
    expect(lines.join('\n')).toContain('died and is started again');
  });

  test('that dies of a question twice is not asked a third time; what was asked with it is answered', async () => {
    let begun = 0;
    const dieAtFirst = `require('node:worker_threads').parentPort.once('message', () => process.exit(1))`;
    const { journal, reader } = onSqlite((path) => {
      begun += 1;
      return begun <= 2 ? new Worker(dieAtFirst, { eval: true }) : startPageWorker(path);
    });
    writeLines(journal, 1);
    const [first, second] = await Promise.allSettled([reader.ask(everything).page, reader.ask(everything).page]);
    expect(first).toMatchObject({ status: 'rejected', reason: { fault: { kind: 'ioError' } } });
    expect(second).toMatchObject({ status: 'fulfilled' });
    expect(begun).toBe(3);
  });

  test('refuses more than 64 questions at once', async () => {
    const { reader } = mortal();
    const asked = await Promise.allSettled(Array.from({ length: 66 }, () => reader.ask(everything).page));
    expect(asked.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(2);
  });

  test('says what is wrong with the file, and reads again when it is there', async () => {
    const folder = makeJournalFolder();
    closers.push(folder.remove);
    const reader = createPageReader({ path: folder.paths.journal, log: createMemoryLog(), lifts });
    closers.push(reader.close);
    await expect(reader.ask(everything).page).rejects.toMatchObject({ fault: { kind: 'ioError' } });
    writeLines(folder.open(), 1);
    expect(keys(await reader.ask(everything).page)).toEqual([1]);
    const garbage = makeJournalFolder();
    closers.push(garbage.remove);
    writeFileSync(garbage.paths.journal, 'no database at all, but long enough to be looked at'.repeat(100));
    const other = createPageReader({ path: garbage.paths.journal, log: createMemoryLog(), lifts });
    closers.push(other.close);
    await expect(other.ask(everything).page).rejects.toMatchObject({ fault: { kind: 'damaged' } });
  });
});
