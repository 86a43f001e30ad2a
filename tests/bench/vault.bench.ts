/** The longest stop of the core thread while many are forgotten, against forgetting by writing the file of the keys anew each time, as it was done before. */
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { subjectId, type SubjectId } from '../../electron/domain/kernel/ids.ts';
import { visitFindable, visitTerms } from '../../electron/domain/visits/visit.findable.ts';
import { termAsked } from '../../electron/domain/people/findable.rules.ts';
import { createMemoryLog } from '../support/system-clock.ts';
import { createKeyFileSecrets } from '../../native/os/secrets.ts';
import { systemRandomness } from '../../native/os/secrets-cipher.ts';
import { addKeyRows } from '../../native/sqlite/backup.ts';
import { createSealedList } from '../../native/sqlite/sealed-list.ts';
import { openVault, type OpenedVault } from '../../native/sqlite/vault.ts';
import { median, print, progress } from './bench.ts';

const ROUNDS = 5;
/** People whose keys are there: a month of 1,600 visits a day. */
const KNOWN = 50_000;
const FORGOTTEN = 10_000;
/** The old way takes as long for each; so many are enough to know it. */
const OLD_WAY = 20;

/** How long the thread stood still at most while `work` went on, and how long that took, milliseconds. */
const longestStop = async (work: () => Promise<void>): Promise<{ readonly stop: number; readonly all: number }> => {
  const start = performance.now();
  let last = start;
  let stop = 0;
  let over = false;
  const look = (): void => {
    const now = performance.now();
    stop = Math.max(stop, now - last);
    last = now;
    if (!over) setImmediate(look);
  };
  setImmediate(look);
  await work();
  over = true;
  look();
  return { stop, all: performance.now() - start };
};

const subjectsOf = (round: number): readonly SubjectId[] =>
  Array.from({ length: KNOWN }, (_, index) => subjectId(`visit:019a-${round}-${String(index).padStart(6, '0')}`));

const shuffled = <T>(values: readonly T[]): readonly T[] =>
  values
    .map((value, index) => ({ value, at: Math.imul(index + 1, 2_654_435_761) >>> 0 }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ value }) => value);

const plateOf = (index: number): string => `湘D${String(10_000 + index).slice(-5)}`;

/** Six terms each, as a visit with a plate and a telephone number has. */
const indexAll = ({ index }: OpenedVault, all: readonly SubjectId[]): void => {
  for (let from = 0; from < all.length; from += 1000) {
    index.put(
      all.slice(from, from + 1000).map((subject, offset) => ({
        collection: 'visits',
        key: subject,
        subject,
        month: '2026-11',
        terms: visitTerms({ plate: plateOf(from + offset), phone: `1370000${String(from + offset).padStart(4, '0')}` }),
      })),
    );
  }
};

const ourWay = async (dir: string, order: (all: readonly SubjectId[]) => readonly SubjectId[], round: number) => {
  const masterSecret = createKeyFileSecrets(path.join(dir, 'secrets.key'));
  const file = path.join(dir, `ours-${round}.db`);
  const all = subjectsOf(round);
  const wrapped = (): string => masterSecret.encrypt(systemRandomness.bytes(32).toString('base64url'));
  addKeyRows(
    file,
    all.map((subject) => [subject, wrapped()]),
    new Set(),
  );
  const vault = openVault({ path: file, masterSecret, randomness: systemRandomness });
  indexAll(vault, all);
  const measured = await longestStop(() => vault.forget(order(all).slice(0, FORGOTTEN)));
  await vault.close();
  return measured;
};

/** As before: the key in the row of its subject, the whole file written anew at each deletion, on the core thread. */
const oldWay = async (dir: string, round: number): Promise<{ readonly stop: number; readonly all: number }> => {
  const db = new Database(path.join(dir, `old-${round}.db`));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  db.pragma('temp_store = MEMORY');
  db.exec('CREATE TABLE subject_keys (subject_id TEXT PRIMARY KEY, wrapped TEXT) STRICT, WITHOUT ROWID');
  const all = subjectsOf(round);
  const insert = db.prepare('INSERT INTO subject_keys VALUES (?, ?)');
  db.transaction(() => {
    for (const subject of all) insert.run(subject, systemRandomness.bytes(73).toString('base64url'));
  })();
  const erase = db.prepare('UPDATE subject_keys SET wrapped = NULL WHERE subject_id = ?');
  // One after the other in the same turn, as the effects of one commit were run.
  const measured = await longestStop(async () => {
    for (const subject of all.slice(0, OLD_WAY)) {
      erase.run(subject);
      db.exec('VACUUM');
      db.pragma('wal_checkpoint(TRUNCATE)');
    }
  });
  db.close();
  return { stop: (measured.stop * FORGOTTEN) / OLD_WAY, all: (measured.all * FORGOTTEN) / OLD_WAY };
};

/** Finding one of 50,000 sealed visits, against opening them all. */
const benchFinding = async (dir: string): Promise<void> => {
  const keyFile = path.join(dir, 'secrets.key');
  const keys = path.join(dir, 'finding.db');
  const masterSecret = createKeyFileSecrets(keyFile);
  const all = subjectsOf(0);
  addKeyRows(
    keys,
    all.map((subject) => [subject, masterSecret.encrypt(systemRandomness.bytes(32).toString('base64url'))]),
    new Set(),
  );
  const vault = openVault({ path: keys, masterSecret, randomness: systemRandomness });
  indexAll(vault, all);
  const names = all.map((subject, index) => vault.seal(subject, `陈${index}号`));
  await vault.close();
  const again = openVault({ path: keys, masterSecret, randomness: systemRandomness });
  const list = createSealedList({ keys, keyFile, deviceKey: null, log: createMemoryLog() });
  try {
    const begin = performance.now();
    const opened = names.filter((name) => again.open(name)?.includes('49999号') === true).length;
    const openAll = performance.now() - begin;
    const term = termAsked('plate', visitFindable.plate, 'tail', '345');
    if (term === null || opened !== 1) throw new Error('nothing to look for');
    const finds = Array.from({ length: 20 }, () => {
      const start = performance.now();
      again.index.find('visits', term, 20);
      return performance.now() - start;
    });
    const against = `opening all 50,000 on the core thread (${openAll.toFixed(0)} ms)`;
    print({
      name: 'a sealed visit found by the end of its plate, 300,000 terms',
      value: median(finds),
      unit: 'ms',
      ratio: median(finds) / openAll,
      against,
    });
    for (const [index, subject] of all.entries()) list.put('visits', subject, names[index] ?? null);
    const first = await longestStop(() => list.search('visits', '49999号', 10).then(() => undefined));
    const later = await longestStop(() => list.search('visits', '49998号', 10).then(() => undefined));
    print({
      name: 'a sealed visit found by a part of the name, 50,000 names, the first question',
      value: first.all,
      unit: 'ms',
      ratio: first.all / openAll,
      against,
      note: `longest stop of the core thread ${first.stop.toFixed(0)} ms; the next question ${later.all.toFixed(0)} ms`,
    });
  } finally {
    await list.close();
    await again.close();
  }
};

/** Prints the longest stop while 10,000 of 50,000 are forgotten: neighbours, as visits of the same days are, and scattered ones. */
export const benchVault = async (): Promise<void> => {
  const dir = mkdtempSync(path.join(tmpdir(), 'guardroom-bench-'));
  const orders = [
    ['of the same days', (all: readonly SubjectId[]) => all],
    ['scattered over all', shuffled],
  ] as const;
  try {
    const old: { readonly stop: number; readonly all: number }[] = [];
    const ours = orders.map(() => [] as { readonly stop: number; readonly all: number }[]);
    for (let round = 0; round < ROUNDS; round += 1) {
      progress(`vault: round ${round + 1} of ${ROUNDS}`);
      old.push(await oldWay(dir, round));
      for (const [index, [, order]] of orders.entries()) ours[index]?.push(await ourWay(dir, order, 2 * round + index));
    }
    const before = { stop: median(old.map(({ stop }) => stop)), all: median(old.map(({ all }) => all)) };
    for (const [index, [which]] of orders.entries()) {
      const rounds = ours[index] ?? [];
      const against = `the file written anew for each, in one turn (${(before.stop / 1000).toFixed(0)} s, reckoned from ${OLD_WAY})`;
      print({
        name: `longest stop of the core thread, 10,000 of 50,000 forgotten, ${which}`,
        value: median(rounds.map(({ stop }) => stop)),
        unit: 'ms',
        ratio: median(rounds.map(({ stop }) => stop)) / before.stop,
        against,
        aim: '< 200 ms',
        note: `with six terms each in the index; worst of ${ROUNDS} rounds ${Math.max(...rounds.map(({ stop }) => stop)).toFixed(0)} ms; all gone from the files after ${median(rounds.map(({ all }) => all)).toFixed(0)} ms`,
      });
    }
    await benchFinding(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
};
