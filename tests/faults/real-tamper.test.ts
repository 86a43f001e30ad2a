/** A stopped station's folder is tampered with: the program that verifies names the row, and the station that starts on it says so aloud. */
import type Database from 'better-sqlite3';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { rewriteChain, rowsOf, withDatabase } from '../support/journal-tampering.ts';
import { connectSoon, establishCommunity, readLog, valueOf } from '../support/real-community.ts';
import { eventually, runProgram } from '../support/real-process.ts';
import type { SeatClient } from '../support/seat-client.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';

const NOTES = 20;

/** The folder that all tests copy, with a night in it. */
let origin: string;
let session: string | null;
let lastSeq: number;
const folders: string[] = [];

const newFolder = (): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-tamper-'));
  folders.push(folder);
  return folder;
};
const copyOfOrigin = (): string => {
  const folder = newFolder();
  cpSync(origin, folder, { recursive: true });
  return folder;
};
const seatAt = (station: SupervisedStation): Promise<SeatClient> =>
  connectSoon({ port: station.address.port, token: station.token, session });
const healthOf = (seat: SeatClient) => seat.received.findLast((message) => message.t === 'tick')?.health.journal;
const verify = (folder: string) => runProgram('journal-cli.ts', ['verify', '--data', folder]);

beforeAll(async () => {
  origin = newFolder();
  const station = await startSupervisedStation({ dataDir: origin });
  session = null;
  const seat = await seatAt(station);
  await establishCommunity(seat);
  session = seat.sessionToken();
  for (let count = 1; count <= NOTES; count += 1) valueOf(await seat.command('addNote', { text: `第 ${count} 条` }));
  valueOf(
    await seat.command('registerVisit', {
      kind: 'family',
      name: '陈小姐',
      phone: '13700002222',
      plate: null,
      visiting: '5-1-301',
    }),
  );
  seat.terminate();
  await station.stop();
  lastSeq = withDatabase(dataFolderPaths(origin).journal, (db) => rowsOf(db).length);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const insertAt = (db: Database.Database, at: number): void => {
  for (const { seq } of rowsOf(db)
    .toReversed()
    .filter((row) => row.seq >= at))
    db.prepare('UPDATE journal SET seq = seq + 1 WHERE seq = ?').run(seq);
  const row = rowsOf(db).find(({ seq }) => seq === at + 1);
  const forged = row?.payload.replace(`"seq":${at}`, `"seq":${at},"forged":true`);
  db.prepare('INSERT INTO journal (seq, payload, prev_hash, hash) VALUES (?, ?, ?, ?)').run(
    at,
    forged,
    row?.prev_hash,
    row?.hash,
  );
};
const editPayload = (payload: string): string => {
  const edited = payload.replace(/"recordedAt":(\d)/, '"recordedAt":2');
  return edited === payload ? payload.replace(/"recordedAt":/, '"recordedAt":1') : edited;
};
const rowAt = (db: Database.Database, seq: number): string => rowsOf(db)[seq - 1]?.payload ?? '';

/** `sentence` is what verifying says on the stopped folder, `problem` what the station says that has started on it. */
type Tampering = readonly [
  what: string,
  tamper: (db: Database.Database) => void,
  sentence: (last: number) => string,
  problem: string,
];

const tamperings: readonly Tampering[] = [
  [
    'a row edited',
    (db) => db.prepare('UPDATE journal SET payload = ? WHERE seq = 9').run(editPayload(rowAt(db, 9))),
    () => 'Journal row 9 was edited.',
    'edited',
  ],
  [
    'a row removed',
    (db) => db.exec('DELETE FROM journal WHERE seq = 7'),
    () => 'Journal row 7 was removed.',
    'missing',
  ],
  [
    'a row inserted',
    (db) => insertAt(db, 8),
    () => 'Journal row 8 was inserted: the station did not write it.',
    'inserted',
  ],
  [
    'the tail cut',
    (db) => db.exec('DELETE FROM journal WHERE seq > 12'),
    () => 'The end of the journal was cut off: row 13 and what followed are gone, 12 rows are left.',
    // By then the station has written on where the cut was.
    'rewritten',
  ],
  [
    'the chain rewritten',
    (db) =>
      rewriteChain(
        db,
        rowsOf(db).map(({ payload, seq }) => (seq === 10 ? editPayload(payload) : payload)),
      ),
    () => 'The journal was rewritten from row 10 on: it does not fit the signature kept outside the database.',
    'rewritten',
  ],
  [
    'a fitting row added behind the last',
    (db) =>
      rewriteChain(db, [
        ...rowsOf(db).map(({ payload }) => payload),
        rowAt(db, 10).replace('"seq":10', `"seq":${rowsOf(db).length + 1}`),
      ]),
    (last) => `Journal row ${last + 1} was inserted: the station did not write it.`,
    'inserted',
  ],
];

describe.each(tamperings)('%s', (_what, tamper, sentence, problem) => {
  test('is named by its row, and the station that starts on it raises the alarm and goes on', async () => {
    const folder = copyOfOrigin();
    expect(await verify(folder)).toMatchObject({ status: 0, stderr: '' });
    withDatabase(dataFolderPaths(folder).journal, tamper);
    const told = await verify(folder);
    expect(told.status).toBe(1);
    expect(told.stdout.split('\n')).toContain(sentence(lastSeq));

    const station = await startSupervisedStation({ dataDir: folder });
    try {
      const seat = await seatAt(station);
      await eventually('the broken journal shows', () => healthOf(seat) === 'broken');
      await eventually('the alarm', () =>
        seat.rows('alarms').some(({ cause, active }) => cause === 'journalBroken' && active),
      );
      expect((await seat.query({ type: 'verifyJournal' })).value).toMatchObject({ ok: false, problem });
      // People depend on it: it still takes entries, and does not sign the evidence away.
      valueOf(await seat.command('addNote', { text: 'still there' }));
      seat.terminate();
    } finally {
      await station.stop();
    }
    expect((await verify(folder)).status).toBe(1);
  });
});

/** The read models, as the folder holds them. */
const readModels = (folder: string): readonly unknown[] =>
  withDatabase(dataFolderPaths(folder).journal, (db) =>
    db
      .prepare(
        `SELECT collection, key, seq, doc FROM read_models JOIN generations ON label = generation
         WHERE state = 'shown' ORDER BY collection, key`,
      )
      .all(),
  );

describe('an untouched folder', () => {
  test('rebuilds to the same read models, verifies, and the station says that it holds', async () => {
    const folder = copyOfOrigin();
    const before = readModels(folder);
    expect(before.length).toBeGreaterThan(NOTES);
    expect((await runProgram('journal-cli.ts', ['rebuild', '--data', folder])).status).toBe(0);
    expect(readModels(folder)).toEqual(before);
    const told = await verify(folder);
    expect(told.status).toBe(0);
    expect(told.stdout).toContain(`The journal holds: ${lastSeq} rows, signed up to row ${lastSeq}.`);

    const station = await startSupervisedStation({ dataDir: folder });
    const seat = await seatAt(station);
    await eventually('the journal was verified', () => healthOf(seat) === 'verified');
    expect(seat.rows('alarms')).toEqual([]);
    expect(await readLog(seat, ['note'])).toHaveLength(NOTES);
    seat.terminate();
    await station.stop();
  });

  test('a read model that was tampered with is put right by rebuilding', async () => {
    const folder = copyOfOrigin();
    const before = readModels(folder);
    withDatabase(dataFolderPaths(folder).journal, (db) =>
      db.exec(
        `UPDATE read_models SET doc = '{}' WHERE generation IN (SELECT label FROM generations WHERE collection = 'visits');
         DELETE FROM read_models WHERE generation IN (SELECT label FROM generations WHERE collection = 'log')`,
      ),
    );
    expect(readModels(folder)).not.toEqual(before);
    expect((await runProgram('journal-cli.ts', ['rebuild', '--data', folder])).status).toBe(0);
    expect(readModels(folder)).toEqual(before);
  });

  test('is left alone by the tools while a station runs on it', async () => {
    const folder = copyOfOrigin();
    const station = await startSupervisedStation({ dataDir: folder });
    try {
      const refused = await runProgram('journal-cli.ts', ['rebuild', '--data', folder]);
      expect(refused).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).toContain('A station is using this data folder. Stop it first.');
      // Reading is allowed meanwhile.
      expect((await verify(folder)).status).toBe(0);
    } finally {
      await station.stop();
    }
  });

  test('whose public key was replaced proves nothing, unless the key was kept elsewhere', async () => {
    const folder = copyOfOrigin();
    const other = newFolder();
    const stranger = await startSupervisedStation({ dataDir: other });
    await stranger.stop();
    cpSync(dataFolderPaths(other).signingPublicKey, dataFolderPaths(folder).signingPublicKey);
    expect(readFileSync(dataFolderPaths(folder).signingPublicKey)).not.toEqual(
      readFileSync(dataFolderPaths(origin).signingPublicKey),
    );
    expect((await verify(folder)).status).toBe(1);
    const kept = await runProgram('journal-cli.ts', [
      'verify',
      '--data',
      folder,
      '--public-key',
      dataFolderPaths(origin).signingPublicKey,
    ]);
    expect(kept.status).toBe(0);
  });
});
