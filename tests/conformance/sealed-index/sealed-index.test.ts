/** One suite for the index of sealed terms, on the real one (beside the keys in SQLite) and the one in memory. */
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { subjectId } from '../../../electron/domain/kernel/ids.ts';
import type { FindTerm } from '../../../electron/domain/people/findable.rules.ts';
import type { IndexEntry } from '../../../electron/station/ports/sealed-index.port.ts';
import { createKeyFileSecrets } from '../../../native/os/secrets.ts';
import { systemRandomness } from '../../../native/os/secrets-cipher.ts';
import { openVault, type OpenedVault } from '../../../native/sqlite/vault.ts';
import { createFakeVault } from '../../support/fake-vault.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const makeFolder = temporaryFolders();

const onSqlite = (): OpenedVault => {
  const folder = makeFolder();
  return openVault({
    path: path.join(folder, 'keys.db'),
    masterSecret: createKeyFileSecrets(path.join(folder, 'secrets.key')),
    randomness: systemRandomness,
  });
};

const exact = (text: string): FindTerm => ({ field: 'plate', way: 'exact', text });
const tail = (text: string): FindTerm => ({ field: 'plate', way: 'tail', text });
const visit = (number: number, plate: string, more: Partial<IndexEntry> = {}): IndexEntry => ({
  collection: 'visits',
  key: `visit-${number}`,
  subject: subjectId(`visit:${number}`),
  month: '2026-11',
  terms: [exact(plate), tail(plate.slice(-3))],
  ...more,
});

describe.each([
  ['on SQLite', onSqlite],
  ['in memory', createFakeVault],
])('index of sealed terms %s', (_name, make) => {
  let vault: OpenedVault;
  const find = (term: FindTerm, limit = 10): readonly string[] => vault.index.find('visits', term, limit);
  beforeEach(() => {
    vault = make();
    vault.index.put([visit(1, '湘D12345')]);
    vault.index.put([visit(2, '湘A99345')]);
    vault.index.put([visit(3, '湘D12345')]);
  });
  afterEach(() => vault.close());

  test('finds a row by the whole of a text and by its end, and by nothing else', () => {
    expect(find(exact('湘D12345'))).toEqual(['visit-3', 'visit-1']);
    expect(find(tail('345'))).toEqual(['visit-3', 'visit-2', 'visit-1']);
    for (const other of [
      exact('湘D1234'),
      exact('345'),
      tail('湘D12345'),
      { ...exact('湘D12345'), field: 'phone' },
      exact(''),
    ])
      expect(find(other)).toEqual([]);
  });

  test('keeps many in one go, and nothing of those who were forgotten', async () => {
    await vault.forget([subjectId('visit:5')]);
    vault.index.put([visit(4, '京A00001'), visit(5, '京A00001'), visit(6, '京A00001')]);
    vault.index.put([]);
    expect(find(exact('京A00001'))).toEqual(['visit-6', 'visit-4']);
  });

  test('keeps collections apart', () => {
    vault.index.put([visit(4, '湘D12345', { collection: 'passages' })]);
    expect(find(exact('湘D12345'))).toEqual(['visit-3', 'visit-1']);
    expect(vault.index.find('passages', exact('湘D12345'), 10)).toEqual(['visit-4']);
    expect([vault.index.has('visits', 'visit-4'), vault.index.has('passages', 'visit-4')]).toEqual([false, true]);
  });

  test('finds over all months, those of the newest first, and no more than is asked for', () => {
    vault.index.put([visit(4, '湘D12345', { month: '2027-01' })]);
    vault.index.put([visit(5, '湘D12345', { month: '2026-10' })]);
    expect(find(exact('湘D12345'))).toEqual(['visit-4', 'visit-3', 'visit-1', 'visit-5']);
    expect(find(exact('湘D12345'), 2)).toEqual(['visit-4', 'visit-3']);
  });

  test('what is put again takes the place of what was there', () => {
    vault.index.put([visit(1, '京A00001')]);
    expect([find(exact('湘D12345')), find(exact('京A00001')), find(tail('001'))]).toEqual([
      ['visit-3'],
      ['visit-1'],
      ['visit-1'],
    ]);
  });

  test('goes with the key of its subject, at once, and does not come back', async () => {
    const gone = vault.forget([subjectId('visit:3'), subjectId('visit:2')]);
    expect([find(exact('湘D12345')), find(tail('345'))]).toEqual([['visit-1'], ['visit-1']]);
    expect(vault.index.has('visits', 'visit-3')).toBe(false);
    vault.index.put([visit(3, '湘D12345')]);
    await gone;
    expect(find(exact('湘D12345'))).toEqual(['visit-1']);
  });

  test('a key that many rows share takes them all along: strangers of one day', async () => {
    const day = subjectId('day:2026-11-25');
    for (const number of [7, 8]) vault.index.put([visit(number, '苏E55555', { subject: day })]);
    await vault.forget([day]);
    expect([find(exact('苏E55555')), find(exact('湘D12345'))]).toEqual([[], ['visit-3', 'visit-1']]);
  });

  test('months that are over are dropped with their keys; what is sealed of these rows stays', async () => {
    vault.index.put([visit(4, '湘D12345', { month: '2026-12' })]);
    const name = vault.seal(subjectId('visit:1'), '陈小姐');
    await vault.index.dropBefore('2026-12');
    expect(find(exact('湘D12345'))).toEqual(['visit-4']);
    expect(vault.open(name)).toBe('陈小姐');
    vault.index.put([visit(9, '湘D12345')]);
    expect(find(exact('湘D12345'))).toEqual(['visit-4']);
    await vault.index.dropBefore('2026-12');
    expect(find(tail('345'))).toEqual(['visit-4']);
  });
});
