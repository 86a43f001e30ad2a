/** The writing process is killed in the middle of its work, again and again. (The whole station is killed under load in `station-kill.test.ts`.) */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JournalOpenError } from '../../native/sqlite/open-error.ts';
import { verifyJournal } from '../../native/sqlite/verify.ts';
import { makeJournalFolder, writeFacts, type JournalFolder } from '../support/journal-folder.ts';

let folder: JournalFolder;
beforeEach(() => {
  folder = makeJournalFolder();
});
afterEach(() => {
  folder.remove();
});

const writer = path.join(import.meta.dirname, '..', 'support', 'journal-writer-process.ts');

/** Runs a writer until it has acknowledged `rounds` transactions, then kills it; the newest number it has acknowledged. */
const writeAndKill = async (rounds: number): Promise<number> => {
  const child = spawn(process.execPath, [writer, folder.paths.folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let complaint = '';
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString('latin1');
    if (out.split('\n').length > rounds) child.kill('SIGKILL');
  });
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString('utf8');
  });
  await once(child, 'close');
  expect([child.signalCode, complaint]).toEqual(['SIGKILL', '']);
  // A line that was cut off by the kill is no acknowledgement.
  return Number(out.slice(0, out.lastIndexOf('\n')).split('\n').at(-1));
};

test('nothing acknowledged is lost, no half transaction remains, the chain holds and the next one can write', async () => {
  let before = 0;
  for (const rounds of [1, 2, 7, 20, 51, 120, 3, 60]) {
    const acknowledged = await writeAndKill(rounds);
    // As the command line would, before any station has cleaned up after the crash.
    const publicKeyPem = readFileSync(folder.paths.signingPublicKey, 'utf8');
    expect(verifyJournal({ path: folder.paths.journal, headsFolder: folder.paths.heads, publicKeyPem })).toMatchObject({
      ok: true,
    });
    const journal = folder.open();
    const lastSeq = journal.lastSeq();
    expect(acknowledged).toBeGreaterThanOrEqual(before + 2 * rounds);
    expect(lastSeq).toBeGreaterThanOrEqual(acknowledged);
    expect(lastSeq % 2).toBe(0);
    expect(journal.row('count', 'facts')).toEqual({ seq: lastSeq });
    expect(journal.outbox()).toHaveLength(lastSeq / 2);
    expect(journal.facts(lastSeq - 2, 5).map(({ entityId }) => entityId.replace(/\d+/, ''))).toEqual([
      'note-first-',
      'note-second-',
    ]);
    // What was being made is as far as it says, and is gone on with.
    expect(journal.generations()).toMatchObject([{ collection: 'lines', state: 'made', foldedTo: lastSeq }]);
    const lines = journal.transact((tx) =>
      [lastSeq - 1, lastSeq, lastSeq + 1].map((key) => tx.making.queryRow('lines', key) !== null),
    );
    expect(lines).toEqual([true, true, false]);
    expect(await journal.verify()).toMatchObject({ ok: true, lastSeq });
    before = lastSeq;
    journal.close();
  }
});

test('a second writer is refused while the first lives, and let in when it was killed', async () => {
  const child = spawn(process.execPath, [writer, folder.paths.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(folder.open).toThrow(JournalOpenError);
  expect(folder.open).toThrow('another station is running on this data folder');
  child.kill('SIGKILL');
  await once(child, 'close');
  const journal = folder.open();
  writeFacts(journal, 1);
  expect(await journal.verify()).toMatchObject({ ok: true });
});

test('a collection that was made through many kills has every line, once, and finds them', async () => {
  for (const rounds of [30, 45, 5]) await writeAndKill(rounds);
  const journal = folder.open();
  journal.transact((tx) => tx.showGeneration('lines'));
  const where = [{ column: 'entity', in: ['e1', 'e2', 'e3', 'e4', 'e0'] }];
  const question = { collection: 'lines', from: { after: 0 }, limit: 500, where } as const;
  const keys: number[] = [];
  for (let after = 0; ;) {
    const { rows, more } = journal.page({ ...question, from: { after } });
    keys.push(...rows.map(({ key, fact }) => (fact?.seq === key ? key : -1)));
    after = rows.at(-1)?.key ?? after;
    if (!more) break;
  }
  expect(keys).toEqual(Array.from({ length: journal.lastSeq() }, (_, index) => index + 1));
});
