import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { subjectId } from '../../electron/domain/kernel/ids.ts';
import type { FindTerm } from '../../electron/domain/people/findable.rules.ts';
import { JournalError } from '../../electron/station/ports/journal.port.ts';
import { allBytes, temporaryFolders } from '../../tests/support/temporary-folder.ts';
import { createKeyFileSecrets } from '../os/secrets.ts';
import { systemRandomness } from '../os/secrets-cipher.ts';
import { truncateWal } from './keys-schema.ts';
import { openVault } from './vault.ts';

const makeFolder = temporaryFolders();

const settleHere = async (file: string): Promise<void> => {
  const db = new Database(file);
  truncateWal(db);
  db.close();
};

const openIn = (folder: string, secretsFile = 'secrets.key') =>
  openVault({
    path: path.join(folder, 'keys.db'),
    masterSecret: createKeyFileSecrets(path.join(folder, secretsFile)),
    randomness: systemRandomness,
    settle: settleHere,
  });

const termsFor = (number: number): readonly FindTerm[] => [
  { field: 'plate', way: 'exact', text: `湘D${10_000 + number}` },
  { field: 'plate', way: 'tail', text: `${100 + (number % 900)}` },
  { field: 'phone', way: 'tail', text: `${1000 + number}` },
];
const put = (vault: ReturnType<typeof openIn>, number: number, month = '2026-11'): void => {
  const subject = subjectId(`visit:${number}`);
  vault.index.put([{ collection: 'visits', key: `visit-${number}`, subject, month, terms: termsFor(number) }]);
};

/** The hashes that are kept, by the row they lead to. */
const hashesIn = (folder: string): readonly (readonly [key: string, mac: Buffer])[] => {
  const db = new Database(path.join(folder, 'keys.db'), { readonly: true });
  const rows = db
    .prepare<[], [string, Buffer]>('SELECT key, bytes FROM index_rows JOIN term_cells USING (cell)')
    .raw()
    .all();
  db.close();
  return rows;
};

describe('the index, on the bytes of the file', () => {
  test('holds no term in the plain, and of the forgotten not even a hash, after any comings and goings', async () => {
    const folder = makeFolder();
    const vault = openIn(folder);
    let state = 7;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const seen = new Map<string, string>();
    const present = new Set<number>();
    for (let round = 0, number = 0; round < 40; round += 1) {
      for (let count = next(12); count >= 0; count -= 1, number += 1) {
        put(vault, number);
        present.add(number);
      }
      for (const [key, mac] of hashesIn(folder)) seen.set(mac.toString('latin1'), key);
      const leaving = [...present].filter(() => next(3) === 0);
      await vault.forget(leaving.map((one) => subjectId(`visit:${one}`)));
      for (const one of leaving) present.delete(one);
    }
    const files = [...allBytes(folder).values()].map((bytes) => bytes.toString('latin1'));
    const left = [...seen].filter(([mac]) => files.some((text) => text.includes(mac))).map(([, key]) => key);
    expect(new Set(left)).toEqual(new Set([...present].map((number) => `visit-${number}`)));
    expect(seen.size - left.length).toBeGreaterThan(100);
    const plain = Array.from({ length: 200 }, (_, number) => termsFor(number)[0]?.text ?? '');
    const bytes = Buffer.concat([...allBytes(folder).values()]);
    expect(plain.filter((text) => bytes.indexOf(text) !== -1)).toEqual([]);
    await vault.close();
  });

  test('a cell that is used again is found as what it is now, and not as what it was', async () => {
    const vault = openIn(makeFolder());
    const [plate, end] = termsFor(1);
    if (plate === undefined || end === undefined) throw new Error('no terms');
    const visit = (key: string, month: string, term: FindTerm) =>
      vault.index.put([{ collection: 'visits', key, subject: subjectId(key), month, terms: [term] }]);
    visit('gone', '2026-11', plate);
    await vault.forget([subjectId('gone')]);
    visit('other', '2026-12', end);
    visit('third', '2026-11', plate);
    await vault.forget([subjectId('third')]);
    visit('fourth', '2026-11', plate);
    expect(vault.index.find('visits', plate, 5)).toEqual(['fourth']);
    expect(vault.index.find('visits', end, 5)).toEqual(['other']);
    await vault.index.dropBefore('2026-12');
    expect([vault.index.find('visits', plate, 5), vault.index.find('visits', end, 5)]).toEqual([[], ['other']]);
    await vault.close();
  });

  test('cells are used again', async () => {
    const folder = makeFolder();
    const vault = openIn(folder);
    for (let number = 0; number < 50; number += 1) {
      put(vault, number);
      await vault.forget([subjectId(`visit:${number}`)]);
    }
    const db = new Database(path.join(folder, 'keys.db'), { readonly: true });
    expect(db.prepare('SELECT count(*) FROM term_cells').pluck().get()).toBe(3);
    db.close();
    await vault.close();
  });
});

describe('the index over restarts', () => {
  const term = termsFor(1)[0] ?? { field: '', way: 'exact', text: '' };

  test('finds what it found before', async () => {
    const folder = makeFolder();
    const before = openIn(folder);
    put(before, 1);
    await before.close();
    const after = openIn(folder);
    expect(after.index.find('visits', term, 5)).toEqual(['visit-1']);
    await after.close();
  });

  test('with another key file nothing is found, and nothing is kept under a second key of the month', async () => {
    const folder = makeFolder();
    const before = openIn(folder);
    put(before, 1);
    await before.close();
    const other = openIn(folder, 'other.key');
    expect(other.index.find('visits', term, 5)).toEqual([]);
    expect(() => put(other, 2)).toThrow(JournalError);
    await other.close();
    const again = openIn(folder);
    expect(again.index.find('visits', term, 5)).toEqual(['visit-1']);
    await again.close();
  });

  test('a dropped month is gone in slices, others have their turn meanwhile', async () => {
    const folder = makeFolder();
    const vault = openIn(folder);
    for (let number = 0; number < 400; number += 1) put(vault, number);
    put(vault, 999, '2026-12');
    let turns = 0;
    const dropped = vault.index.dropBefore('2026-12').then(() => turns);
    const count = (): void => {
      turns += 1;
      if (turns < 100) setImmediate(count);
    };
    setImmediate(count);
    expect(await dropped).toBeGreaterThanOrEqual(2);
    expect(hashesIn(folder).map(([key]) => key)).toEqual(['visit-999', 'visit-999', 'visit-999']);
    expect(vault.isForgotten(subjectId('index:2026-11'))).toBe(true);
    await vault.close();
  });
});
