/** Questions about a log of five million lines: the first page, whether something fits or nothing does. `GUARDROOM_LINES` makes it shorter. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fact } from '../../electron/domain/kernel/fact.ts';
import { noLifts } from '../../electron/domain/kernel/lifts.ts';
import type { Condition, PageQuestion, QueryShape } from '../../electron/station/ports/query.port.ts';
import { createHeadStore } from '../../native/os/head-store.ts';
import { createSigner } from '../../native/os/signing.ts';
import { openReadOnly } from '../../native/sqlite/database.ts';
import { openJournal } from '../../native/sqlite/journal.ts';
import { createPageReader } from '../../native/sqlite/page-reader.ts';
import { createMemoryLog } from '../support/system-clock.ts';
import { median, print, progress } from './bench.ts';

const LINES = Number(process.env['GUARDROOM_LINES'] ?? 5_000_000);
const AT_ONCE = 2000;
const ROUNDS = 7;
const START_MS = Date.UTC(2026, 0, 1);
/** 5,000 lines a day. */
const MS_A_LINE = 17_280;

const shape: QueryShape = {
  columns: { kind: 'group', actor: 'group', post: 'group', shift: 'range', at: 'range', recordedAt: 'range' },
  withFact: true,
};

const kinds = ['barrier', 'camera', 'alarm', 'incident', 'visit', 'shift', 'person', 'community', 'contact', 'panel'];

/** A gate's line in seven of ten, cameras and the rest; people act on some of them, and never on a camera. */
const lineOf = (seq: number) => {
  const dice = (Math.imul(seq, 2_654_435_761) >>> 0) / 2 ** 32;
  const kind =
    dice < 0.7 ? 'barrier' : dice < 0.95 ? 'camera' : seq % 3001 === 0 ? 'note' : (kinds[seq % 10] ?? 'alarm');
  const byPerson = kind !== 'camera' && seq % 5 === 0;
  const recordedAt = START_MS + seq * MS_A_LINE;
  return {
    kind,
    actor: byPerson ? `person-${seq % 12}` : kind === 'camera' ? `device:camera-${seq % 48}` : 'station',
    shift: Math.floor(seq / 1700),
    post: seq % 9 === 0 ? 'gatehouse' : 'room',
    // One in two hundred was written down hours later.
    at: seq % 200 === 0 ? recordedAt - 4 * 3_600_000 : recordedAt - 40,
    recordedAt,
  };
};

const factOf = (line: ReturnType<typeof lineOf>, seq: number): Fact => ({
  type: `v1.${line.kind === 'barrier' ? 'BarrierMotionConfirmed' : `${line.kind}Changed`}`,
  kind: line.kind,
  entityId: `019a0000-0000-7000-8000-${String(seq % 500).padStart(12, '0')}`,
  body: { motion: 'open', reason: 'resident' },
  snapshot: null,
  occurredAt: line.at,
  recordedAt: line.recordedAt,
  actor: line.actor,
  seat: null,
  commandId: null,
});

const openIn = (dir: string) =>
  openJournal({
    path: path.join(dir, 'journal.db'),
    clock: { nowMs: () => START_MS },
    signer: createSigner({ privateKey: path.join(dir, 'signing.key'), publicKey: path.join(dir, 'signing.pub') }),
    headStore: createHeadStore(path.join(dir, 'heads')),
  });

/** Bytes of the tables of one kind, by SQLite's own count. */
const bytesOf = (file: string, like: string): number => {
  const db = openReadOnly(file);
  try {
    return (
      db.prepare<[string], number>('SELECT sum(pgsize) FROM dbstat WHERE name LIKE ?').pluck().get(like) ?? Number.NaN
    );
  } catch {
    // Not every build of SQLite counts them.
    return Number.NaN;
  } finally {
    db.close();
  }
};

const fill = (dir: string): void => {
  const journal = openIn(dir);
  try {
    journal.transact((tx) => {
      tx.makeGeneration('log', 1, shape);
      tx.showGeneration('log');
    });
    let appendMs = 0;
    let rowMs = 0;
    for (let from = 1; from <= LINES; from += AT_ONCE) {
      journal.transact((tx) => {
        const lines = Array.from({ length: AT_ONCE }, (_, index) => lineOf(from + index));
        const begun = performance.now();
        lines.forEach((line, index) => tx.append(factOf(line, from + index)));
        const appended = performance.now();
        lines.forEach((line, index) =>
          tx.changeQuery({ collection: 'log', key: from + index, row: { columns: line, doc: null } }),
        );
        appendMs += appended - begun;
        rowMs += performance.now() - appended;
      });
      if (from % 500_000 === 1) progress(`log: ${from - 1} of ${LINES} lines`);
    }
    print({ name: 'log, a fact appended', value: (appendMs * 1000) / LINES, unit: 'µs', ratio: null, against: '' });
    print({
      name: 'log, its line added',
      value: (rowMs * 1000) / LINES,
      unit: 'µs',
      ratio: rowMs / appendMs,
      against: 'appending the fact',
    });
  } finally {
    journal.close();
  }
};

const day = 24 * 3_600_000;
const middle = START_MS + (LINES / 2) * MS_A_LINE;
const period = (from: number, to: number): Condition => ({ anyOf: ['at', 'recordedAt'], from, to });
const isIn = (column: string, ...values: readonly (string | number)[]): Condition => ({ column, in: values });

const questions: Readonly<Record<string, readonly Condition[]>> = {
  'nothing fits: a kind that never was': [isIn('kind', 'nothing')],
  'nothing fits: often each, never together': [
    isIn('kind', 'camera'),
    isIn('actor', 'person-0', 'person-5', 'station'),
  ],
  'nothing fits: three together': [
    isIn('kind', 'barrier', 'alarm'),
    isIn('actor', 'device:camera-3'),
    isIn('post', 'room'),
  ],
  'nothing fits: a time to come': [period(START_MS + (LINES + 10) * MS_A_LINE, Number.MAX_SAFE_INTEGER)],
  'nothing fits: a day, and a kind never done by them': [
    period(middle, middle + day),
    isIn('kind', 'camera'),
    isIn('actor', 'station'),
  ],
  'nothing fits: a shift, and a post that had none': [{ anyOf: ['shift'], from: 12, to: 12 }, isIn('post', 'patrol')],
  'the newest': [],
  'a day in the middle': [period(middle, middle + day)],
  'somebody, a kind, a month in the middle': [
    isIn('actor', 'person-5'),
    isIn('kind', 'barrier'),
    period(middle, middle + 30 * day),
  ],
  'a rare kind': [isIn('kind', 'note')],
  'a shift in the middle': [{ anyOf: ['shift'], from: Math.floor(LINES / 3400), to: Math.floor(LINES / 3400) }],
};

/** Fills a log and asks; medians, each by the worker as a seat would. */
export const benchLog = async (): Promise<void> => {
  const dir = mkdtempSync(path.join(tmpdir(), 'guardroom-bench-'));
  const file = path.join(dir, 'journal.db');
  try {
    fill(dir);
    const { size } = statSync(file);
    print({ name: 'log, bytes a fact', value: size / LINES, unit: 'bytes', ratio: null, against: '' });
    print({
      name: 'log, bytes a line',
      value: (bytesOf(file, 'rows_%') + bytesOf(file, 'groups_%')) / LINES,
      unit: 'bytes',
      ratio: null,
      against: '',
    });
    print({
      name: 'log, bytes a fact of where its type stands',
      value: bytesOf(file, 'facts_by_type') / LINES,
      unit: 'bytes',
      ratio: null,
      against: '',
    });
    const reader = createPageReader({ path: file, log: createMemoryLog(), lifts: noLifts });
    const ask = async (where: PageQuestion['where']): Promise<{ readonly ms: number; readonly rows: number }> => {
      const begun = performance.now();
      const { rows } = await reader.ask({ collection: 'log', from: { before: null }, limit: 50, where }).page;
      return { ms: performance.now() - begun, rows: rows.length };
    };
    // The reader's worker keeps no process alive by itself.
    const alive = setInterval(() => undefined, 1000);
    await ask([]);
    for (const [name, where] of Object.entries(questions)) {
      const times: number[] = [];
      let rows = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const answer = await ask(where);
        times.push(answer.ms);
        ({ rows } = answer);
      }
      print({
        name: `log of ${LINES} lines, ${name}`,
        value: median(times),
        unit: 'ms',
        ratio: null,
        against: '',
        aim: '<= 50 ms',
        note: `${rows} rows; the slowest of ${ROUNDS} ${Math.round(Math.max(...times))} ms`,
      });
    }
    clearInterval(alive);
    await reader.close();
  } finally {
    rmSync(dir, { recursive: true });
  }
};
