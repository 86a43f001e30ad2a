/** What goes wrong while keys are deleted: the process is killed, the disk is full, somebody holds the file. A key is there or gone, and gone from every byte. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { sealed, subjectId } from '../../electron/domain/kernel/ids.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import type { Vault } from '../../electron/station/ports/vault.port.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { createKeyFileSecrets } from '../../native/os/secrets.ts';
import { systemRandomness } from '../../native/os/secrets-cipher.ts';
import { readKeyRows } from '../../native/sqlite/backup.ts';
import { openVault } from '../../native/sqlite/vault.ts';
import { leaveOut } from '../support/requires.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { allBytes, temporaryFolders } from '../support/temporary-folder.ts';

const makeFolder = temporaryFolders();
const program = path.join(import.meta.dirname, '..', 'support', 'vault-process.ts');

const openIn = (folder: string): Vault => {
  const paths = dataFolderPaths(folder);
  return openVault({
    path: paths.keys,
    masterSecret: createKeyFileSecrets(paths.secretsKey),
    randomness: systemRandomness,
  });
};

/** The wrapped keys that can be read, by subject. */
const keysIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readKeyRows(dataFolderPaths(folder).keys).flatMap(([id, wrapped]) => (wrapped === null ? [] : [[id, wrapped]])),
  );

const stillThere = (folder: string, wrapped: readonly string[]): readonly string[] => {
  const files = [...allBytes(folder).values()];
  return wrapped.filter((text) => files.some((bytes) => bytes.includes(text)));
};

interface Said {
  /** By number: the sealed text. */
  readonly sealed: Map<number, string>;
  readonly asked: Set<number>;
  readonly done: Set<number>;
}

const rangeOf = (from: string, to: string): readonly number[] =>
  Array.from({ length: Number(to) - Number(from) }, (_, index) => Number(from) + index);

/** Runs the process from subject `first` on, and kills it `afterMs` after it has asked for the `round`th deletion. */
const runAndKill = async (folder: string, said: Said, round: number, afterMs: number): Promise<void> => {
  const child = spawn(process.execPath, [program, folder, String(said.sealed.size)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString('utf8');
  });
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString('latin1');
    if (out.split('forgetting').length > round) setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  await once(child, 'close');
  expect([child.signalCode, complaint]).toEqual(['SIGKILL', '']);
  for (const line of out.slice(0, out.lastIndexOf('\n')).split('\n')) {
    const [word, one = '', two = ''] = line.split(' ');
    if (word === 'sealed') said.sealed.set(Number(one), two);
    const into = word === 'forgetting' ? said.asked : said.done;
    if (word !== 'sealed') for (const number of rangeOf(one, two)) into.add(number);
  }
};

describe('killed while keys are deleted', () => {
  test(
    'what was said to be gone is gone, what was not asked for opens, and the rest is one or the other',
    { timeout: 120_000 },
    async () => {
      const folder = makeFolder();
      const said: Said = { sealed: new Map(), asked: new Set(), done: new Set() };
      let oldKeys: ReadonlyMap<string, string> = new Map();
      // At many moments of the transactions, of the copying and of the truncation; each goes on where the one before was killed.
      for (const [round, afterMs] of [
        [1, 0],
        [1, 3],
        [1, 8],
        [1, 20],
        [1, 60],
        [1, 120],
        [2, 0],
        [2, 5],
        [1, 200],
      ] as const) {
        await runAndKill(folder, said, round, afterMs);
        const vault = openIn(folder);
        const keys = keysIn(folder);
        for (const [number, text] of said.sealed) {
          const plain = vault.open(sealed(text));
          const gone = vault.isForgotten(subjectId(`visit:${number}`));
          expect([number, plain]).toEqual([number, gone ? null : `visitor ${number}`]);
          expect([number, gone]).toEqual([number, said.done.has(number) || (gone && said.asked.has(number))]);
        }
        // Of what is forgotten nothing is left, after the first start: neither of keys that were seen before the kill …
        const lost = [...oldKeys].filter(([id]) => !keys.has(id)).map(([, wrapped]) => wrapped);
        expect(stillThere(folder, lost)).toEqual([]);
        // … nor anywhere outside of a cell that is in use.
        expect(wrappedTexts(folder)).toEqual([...keys.values()].toSorted());
        // The effect in the outbox asks again.
        await vault.forget([...said.asked].map((number) => subjectId(`visit:${number}`)));
        for (const number of said.asked) said.done.add(number);
        oldKeys = keysIn(folder);
        expect(wrappedTexts(folder)).toEqual([...oldKeys.values()].toSorted());
        await vault.close();
      }
      expect(said.done.size).toBeGreaterThan(2000);
    },
  );
});

/** Everything in the files of the keys that looks like a wrapped key, each once. */
const wrappedTexts = (folder: string): readonly string[] => {
  const found = [...allBytes(folder)]
    .filter(([name]) => name.startsWith('keys.db'))
    .flatMap(([, bytes]) => [...bytes.toString('latin1').matchAll(/k1\.[\w-]{95}/g)].map(([text]) => text));
  return [...new Set(found)].toSorted();
};

describe('a full disk', () => {
  test('leaves every key as it was, and deletes them when there is room', async (context) => {
    const disk = mountSmallDisk(4);
    if (disk === null) return leaveOut(context, 'mounting a small disk takes root on Linux');
    try {
      const vault = openIn(disk.folder);
      const subjects = Array.from({ length: 200 }, (_, index) => subjectId(`visit:${index}`));
      const texts = subjects.map((subject) => vault.seal(subject, 'x'));
      await vault.forget(subjects.slice(0, 10));
      const before = keysIn(disk.folder);
      disk.fill();
      await expect(vault.forget(subjects)).rejects.toThrow(JournalError);
      expect(texts.map(vault.open)).toEqual(texts.map((_, index) => (index < 10 ? null : 'x')));
      expect(() => vault.seal(subjectId('new'), 'x')).toThrow(JournalError);
      disk.empty();
      await vault.forget(subjects);
      expect(texts.map(vault.open)).toEqual(texts.map(() => null));
      expect(stillThere(disk.folder, [...before.values()])).toEqual([]);
      await vault.close();
    } finally {
      disk.remove();
    }
  });
});

describe('a file that somebody else holds', () => {
  test('for writing: nothing is deleted, and said so; afterwards everything is', async () => {
    const folder = makeFolder();
    const vault = openIn(folder);
    const text = vault.seal(subjectId('visit:1'), 'x');
    const before = [...keysIn(folder).values()];
    const other = new Database(dataFolderPaths(folder).keys);
    other.exec('BEGIN IMMEDIATE');
    await expect(vault.forget([subjectId('visit:1')])).rejects.toThrow('SQLITE_BUSY');
    expect(vault.open(text)).toBe('x');
    other.exec('ROLLBACK');
    other.close();
    await vault.forget([subjectId('visit:1')]);
    expect([vault.open(text), stillThere(folder, before)]).toEqual([null, []]);
    await vault.close();
  });
});
