/** One suite for the lists of sealed names, on the real ones (a worker beside the keys in SQLite) and those in memory. */
import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sealed, subjectId } from '../../../electron/domain/kernel/ids.ts';
import { JournalError } from '../../../electron/station/ports/journal.port.ts';
import { LONGEST_LIST, type SealedList } from '../../../electron/station/ports/sealed-list.port.ts';
import type { Vault } from '../../../electron/station/ports/vault.port.ts';
import { createKeyFileSecrets } from '../../../native/os/secrets.ts';
import { systemRandomness } from '../../../native/os/secrets-cipher.ts';
import { createSealedList, startListWorker } from '../../../native/sqlite/sealed-list.ts';
import { openVault } from '../../../native/sqlite/vault.ts';
import { createFakeSealedList } from '../../support/fake-sealed-list.ts';
import { createFakeVault } from '../../support/fake-vault.ts';
import { createMemoryLog } from '../../support/system-clock.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const makeFolder = temporaryFolders();

const realOnes = () => {
  const folder = makeFolder();
  const keyFile = path.join(folder, 'secrets.key');
  const keys = path.join(folder, 'keys.db');
  const vault: Vault = openVault({
    path: keys,
    masterSecret: createKeyFileSecrets(keyFile),
    randomness: systemRandomness,
  });
  const workers: Worker[] = [];
  const list = createSealedList({
    keys,
    keyFile,
    deviceKey: null,
    log: createMemoryLog(),
    start: (data) => {
      const worker = startListWorker(data);
      workers.push(worker);
      return worker;
    },
  });
  return { folder, vault, list, workers };
};

const fakeOnes = () => {
  const vault: Vault = createFakeVault();
  return { vault, list: createFakeSealedList(vault) };
};

describe.each([
  ['in a worker', realOnes],
  ['in memory', fakeOnes],
])('lists of sealed names %s', (_name, make) => {
  let vault: Vault;
  let list: SealedList;
  const put = (number: number, name: string | null, of = 'visitors'): void => {
    const subject = subjectId(`visit:${number}`);
    list.put(of, `visit-${number}`, name === null ? null : vault.seal(subject, name));
  };
  beforeEach(() => {
    ({ vault, list } = make());
    for (const [number, name] of ['陈小姐', '王 大明', 'Li Ming', '陈大明'].entries()) put(number, name);
  });
  afterEach(async () => {
    await list.close();
    await vault.close();
  });

  test('are searched by any part of a name, however it is written, the newest first', async () => {
    expect(await list.search('visitors', '陈', 10)).toEqual({ keys: ['visit-3', 'visit-0'], complete: true });
    expect((await list.search('visitors', ' 大明', 10)).keys).toEqual(['visit-3', 'visit-1']);
    expect((await list.search('visitors', 'ＭＩＮＧ', 10)).keys).toEqual(['visit-2']);
    expect((await list.search('visitors', '明', 1)).keys).toEqual(['visit-3']);
    for (const nobody of ['赵', '', '  '])
      expect(await list.search('visitors', nobody, 10)).toEqual({ keys: [], complete: true });
  });

  test('are apart from each other, and one that nobody made is empty', async () => {
    put(9, '陈老师', 'teachers');
    expect((await list.search('teachers', '陈', 10)).keys).toEqual(['visit-9']);
    expect(await list.search('nobody', '陈', 10)).toEqual({ keys: [], complete: true });
  });

  test('follow what is put, changed and taken out after the first question', async () => {
    expect((await list.search('visitors', '赵', 10)).keys).toEqual([]);
    put(4, '赵先生');
    put(0, '赵小姐');
    put(3, null);
    expect((await list.search('visitors', '赵', 10)).keys).toEqual(['visit-4', 'visit-0']);
    expect((await list.search('visitors', '陈', 10)).keys).toEqual([]);
  });

  test('hold nothing that does not open: forgotten, damaged, or not sealed at all', async () => {
    await vault.forget([subjectId('visit:0')]);
    list.put('visitors', 'visit-7', sealed('陈'));
    expect((await list.search('visitors', '陈', 10)).keys).toEqual(['visit-3']);
  });

  test('are no longer than they may be, and say when the oldest had to leave', { timeout: 60_000 }, async () => {
    const text = vault.seal(subjectId('many'), '吴先生');
    const keyOf = (number: number): string => `visit-${String(number).padStart(6, '0')}`;
    for (let number = LONGEST_LIST; number > 0; number -= 1) list.put('long', keyOf(number), text);
    expect(await list.search('long', '吴', 1)).toEqual({ keys: [keyOf(LONGEST_LIST)], complete: true });
    list.put('long', keyOf(LONGEST_LIST + 1), text);
    const found = await list.search('long', '吴', LONGEST_LIST + 10);
    expect([found.keys.length, found.keys[0], found.keys.at(-1), found.complete]).toEqual([
      LONGEST_LIST,
      keyOf(LONGEST_LIST + 1),
      keyOf(2),
      false,
    ]);
  });
});

describe('the worker', () => {
  test('is started by the first question, and again by the next one after it died', async () => {
    const { vault, list, workers } = realOnes();
    list.put('visitors', 'a', vault.seal(subjectId('a'), '陈小姐'));
    expect(workers).toHaveLength(0);
    expect((await list.search('visitors', '陈', 10)).keys).toEqual(['a']);
    await workers[0]?.terminate();
    expect((await list.search('visitors', '陈', 10)).keys).toEqual(['a']);
    expect(workers).toHaveLength(2);
    const [asked] = await Promise.allSettled([list.search('visitors', '陈', 10), workers[1]?.terminate()]);
    expect(asked.status === 'rejected' ? asked.reason : null).toBeInstanceOf(JournalError);
    await list.close();
    await vault.close();
  });

  test('that cannot read the keys says so, and the next one has everything', async () => {
    const { folder, vault, list } = realOnes();
    list.put('visitors', 'a', vault.seal(subjectId('a'), '陈小姐'));
    await vault.close();
    const keys = path.join(folder, 'keys.db');
    renameSync(keys, `${keys}.away`);
    await expect(list.search('visitors', '陈', 10)).rejects.toThrow(JournalError);
    rmSync(keys, { force: true });
    renameSync(`${keys}.away`, keys);
    expect((await list.search('visitors', '陈', 10)).keys).toEqual(['a']);
    await list.close();
  });

  test('is not asked any more once it is closed', async () => {
    const { vault, list } = realOnes();
    await list.close();
    await expect(list.search('visitors', '陈', 10)).rejects.toThrow(JournalError);
    await vault.close();
  });
});
