/** A journal on the disk is tampered with by SQL, as anybody with the file could: verifying says what was done, and to which row. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { headToText } from '../../native/os/head-store.ts';
import { createSigner } from '../../native/os/signing.ts';
import { verifyJournal } from '../../native/sqlite/verify.ts';
import { makeJournalFolder, someFact, testNowMs, writeFacts, type JournalFolder } from '../support/journal-folder.ts';
import { rewriteChain, rowsOf, withDatabase } from '../support/journal-tampering.ts';

let folder: JournalFolder;
beforeEach(() => {
  folder = makeJournalFolder();
  const journal = folder.open();
  writeFacts(journal, 12);
  journal.sealHead(testNowMs);
  writeFacts(journal, 3);
  journal.close();
});
afterEach(() => {
  folder.remove();
});

const shift = (db: Database.Database, from: number): void => {
  // Upwards one by one from the end: each number has to be free when it is taken.
  for (const { seq } of rowsOf(db)
    .toReversed()
    .filter((row) => row.seq >= from)) {
    db.prepare('UPDATE journal SET seq = seq + 1 WHERE seq = ?').run(seq);
  }
};
const forgedPayload = JSON.stringify({ seq: 5, type: 'v1.NoteAdded', body: { text: '什么都没有发生' } });

const tamperings: readonly (readonly [string, (db: Database.Database) => void, string, number])[] = [
  [
    'a word edited',
    (db) => db.exec(`UPDATE journal SET payload = replace(payload, '第 5 条', '第 6 条') WHERE seq = 5`),
    'edited',
    5,
  ],
  [
    'a payload that is no JSON any more',
    (db) => db.exec(`UPDATE journal SET payload = 'x' || payload WHERE seq = 1`),
    'edited',
    1,
  ],
  ['a hash edited', (db) => db.exec('UPDATE journal SET hash = zeroblob(32) WHERE seq = 15'), 'edited', 15],
  ['a row removed', (db) => db.exec('DELETE FROM journal WHERE seq = 7'), 'missing', 7],
  ['the first row removed', (db) => db.exec('DELETE FROM journal WHERE seq = 1'), 'missing', 1],
  [
    'a row removed and the gap closed',
    (db) => {
      db.exec('DELETE FROM journal WHERE seq = 7');
      for (let seq = 8; seq <= 15; seq += 1) db.prepare('UPDATE journal SET seq = seq - 1 WHERE seq = ?').run(seq);
    },
    'missing',
    7,
  ],
  [
    'a row inserted',
    (db) => {
      shift(db, 5);
      db.prepare(
        'INSERT INTO journal (seq, payload, prev_hash, hash) SELECT 5, ?, prev_hash, hash FROM journal WHERE seq = 6',
      ).run(forgedPayload);
    },
    'inserted',
    5,
  ],
  [
    'a row put behind the last',
    (db) =>
      db.exec(
        'INSERT INTO journal (seq, payload, prev_hash, hash) SELECT 16, payload, hash, hash FROM journal WHERE seq = 15',
      ),
    'inserted',
    16,
  ],
  ['the last rows cut off', (db) => db.exec('DELETE FROM journal WHERE seq > 9'), 'cutTail', 10],
  ['all rows gone', (db) => db.exec('DELETE FROM journal'), 'cutTail', 1],
  [
    'the whole chain written anew',
    (db) => {
      rewriteChain(
        db,
        rowsOf(db).map(({ seq, payload }) => (seq === 8 ? payload.replace('第 8 条', '没事') : payload)),
      );
    },
    'rewritten',
    8,
  ],
  [
    'a fitting row behind an orderly shutdown',
    (db) => {
      rewriteChain(db, [...rowsOf(db).map(({ payload }) => payload), forgedPayload]);
    },
    'inserted',
    16,
  ],
];

describe.each(tamperings)('%s', (_what, tamper, problem, firstBadSeq) => {
  test('is told, also while the station runs again and after it has written on', async () => {
    withDatabase(folder.paths.journal, tamper);
    const journal = folder.open();
    expect(await journal.verify()).toMatchObject({ ok: false, problem, firstBadSeq });
    // The station goes on: people depend on it. But it must not sign the evidence away.
    writeFacts(journal, 8);
    journal.sealHead(testNowMs + 60_000);
    expect(await journal.verify()).toMatchObject({ ok: false });
    journal.close();
    const again = folder.open();
    expect(await again.verify()).toMatchObject({ ok: false });
  });
});

test('a cut tail that was grown over is told as rewritten, from the cut on', async () => {
  withDatabase(folder.paths.journal, (db) => db.exec('DELETE FROM journal WHERE seq > 9'));
  const journal = folder.open();
  for (let index = 0; index < 10; index += 1) journal.transact((tx) => tx.append(someFact('other')));
  journal.sealHead(testNowMs + 60_000);
  expect(await journal.verify()).toEqual({ ok: false, lastSeq: 19, problem: 'rewritten', firstBadSeq: 10 });
});

describe('what is kept outside the database', () => {
  const headFile = (): string => path.join(folder.paths.heads, 'head.json');
  const verifyAgain = async () => {
    const journal = folder.open();
    const verdict = await journal.verify();
    journal.close();
    return verdict;
  };
  const unsigned = { ok: false, lastSeq: 15, problem: 'headUnsigned', firstBadSeq: 1 };

  test('a head that was edited proves nothing, and is not signed over', async () => {
    const text = readFileSync(headFile(), 'utf8');
    writeFileSync(headFile(), text.replace('"seq":15', '"seq":14'));
    expect(await verifyAgain()).toEqual(unsigned);
    expect(await verifyAgain()).toEqual(unsigned);
  });

  test('a head that was removed proves nothing, and is not made anew', async () => {
    rmSync(headFile());
    expect(await verifyAgain()).toEqual(unsigned);
    expect(await verifyAgain()).toEqual(unsigned);
  });

  test('a head that cannot be read is a verdict, not a crash', () => {
    rmSync(headFile());
    mkdirSync(headFile());
    const publicKeyPem = readFileSync(folder.paths.signingPublicKey, 'utf8');
    expect(verifyJournal({ path: folder.paths.journal, headsFolder: folder.paths.heads, publicKeyPem })).toEqual(
      unsigned,
    );
  });

  test('a head signed by another key is not ours', async () => {
    rmSync(folder.paths.signingKey);
    rmSync(folder.paths.signingPublicKey);
    expect(await verifyAgain()).toEqual(unsigned);
  });

  test('an older head put back with a cut tail is told by the trace', async () => {
    const elsewhere = makeJournalFolder();
    const journal = elsewhere.open();
    writeFacts(journal, 4);
    journal.sealHead(testNowMs);
    copyFileSync(path.join(elsewhere.paths.heads, 'head.json'), path.join(elsewhere.paths.folder, 'old.json'));
    writeFacts(journal, 4);
    journal.close();
    withDatabase(elsewhere.paths.journal, (db) => db.exec('DELETE FROM journal WHERE seq > 4'));
    copyFileSync(path.join(elsewhere.paths.folder, 'old.json'), path.join(elsewhere.paths.heads, 'head.json'));
    expect(await elsewhere.open().verify()).toMatchObject({ ok: false, problem: 'cutTail', firstBadSeq: 5 });
    elsewhere.remove();
  });
});

test('a station that is tampered with while it runs goes on, and verifying tells', async () => {
  const journal = folder.open();
  withDatabase(folder.paths.journal, (db) =>
    db.exec(
      'INSERT INTO journal (seq, payload, prev_hash, hash) SELECT 16, payload, hash, hash FROM journal WHERE seq = 15',
    ),
  );
  writeFacts(journal, 2);
  expect(journal.lastSeq()).toBe(18);
  expect(await journal.verify()).toMatchObject({ ok: false, problem: 'inserted', firstBadSeq: 16 });
});

describe('a journal that names its station', () => {
  /** A journal whose first fact names the key that this folder signs with. */
  const named = (): JournalFolder => {
    const own = makeJournalFolder();
    const journal = own.open();
    const body = { publicKey: 'x', key: 'sealed:x', headKey: journal.publicKeyPem };
    journal.transact((tx) => tx.append(someFact(1, { type: 'v1.StationNamed', kind: 'station', body })));
    writeFacts(journal, 3);
    journal.close();
    return own;
  };
  const verdictIn = ({ paths }: JournalFolder, publicKeyPem = readFileSync(paths.signingPublicKey, 'utf8')) =>
    verifyJournal({ path: paths.journal, headsFolder: paths.heads, publicKeyPem });

  test('holds with its own key, however the file of the key breaks its lines', () => {
    const own = named();
    expect(verdictIn(own)).toEqual({ ok: true, lastSeq: 4, headSeq: 4 });
    const pem = readFileSync(own.paths.signingPublicKey, 'utf8');
    expect(verdictIn(own, pem.replaceAll('\n', '\r\n'))).toMatchObject({ ok: true });
    own.remove();
  });

  test('and is sealed with the key of another is not proven, although every hash and the signature are right', () => {
    const own = named();
    const other = makeJournalFolder();
    other.open().close();
    // The whole seal made anew, keys and all, by somebody who leaves the rows alone.
    for (const key of ['signingKey', 'signingPublicKey'] as const) copyFileSync(other.paths[key], own.paths[key]);
    const rows = withDatabase(own.paths.journal, rowsOf);
    const signer = createSigner({ privateKey: own.paths.signingKey, publicKey: own.paths.signingPublicKey });
    const hash = rows.at(-1)?.hash.toString('hex') ?? '';
    const head = headToText({ seq: 4, hash, atMs: testNowMs, closed: true }, signer);
    writeFileSync(path.join(own.paths.heads, 'head.json'), head);
    expect(verdictIn(own)).toEqual({ ok: false, lastSeq: 4, firstBadSeq: 1, problem: 'headUnsigned' });
    own.remove();
    other.remove();
  });
});
