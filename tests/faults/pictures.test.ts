/** What goes wrong with pictures on a disk: killed while writing, a full disk, a changed bit, a file or a folder that is gone. What is shown is what was kept. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { subjectId } from '../../electron/domain/kernel/ids.ts';
import type { Result } from '../../electron/domain/kernel/result.ts';
import { MOST_PICTURE_BYTES, type Picture, type PictureStore } from '../../electron/station/ports/pictures.port.ts';
import type { Vault } from '../../electron/station/ports/vault.port.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { createKeyFileSecrets } from '../../native/os/secrets.ts';
import { systemRandomness } from '../../native/os/secrets-cipher.ts';
import { createPictureStore } from '../../native/pictures/picture-store.ts';
import { openVault } from '../../native/sqlite/vault.ts';
import { openJournalIn, someFact } from '../support/journal-folder.ts';
import { leaveOut } from '../support/requires.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { createMemoryLog } from '../support/system-clock.ts';
import { allBytes, temporaryFolders } from '../support/temporary-folder.ts';

const makeFolder = temporaryFolders();
const program = path.join(import.meta.dirname, '..', 'support', 'picture-process.ts');
const call = subjectId('incident:1');
const visit = subjectId('visit:7');
const MEGABYTE = 1024 * 1024;

interface Opened {
  readonly vault: Vault;
  readonly store: PictureStore;
  readonly pictures: string;
  readonly lines: readonly string[];
  readonly close: () => Promise<void>;
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const openIn = (folder: string, reserveBytes = 0): Opened => {
  const paths = dataFolderPaths(folder);
  const masterSecret = createKeyFileSecrets(paths.secretsKey);
  const vault = openVault({ path: paths.keys, masterSecret, randomness: systemRandomness });
  const log = createMemoryLog();
  const store = createPictureStore({ folder: paths.pictures, vault, randomness: systemRandomness, log, reserveBytes });
  const close = async (): Promise<void> => {
    await store.close();
    await vault.close();
  };
  closers.push(close);
  return { vault, store, pictures: paths.pictures, lines: log.lines, close };
};

const text = '来访者 王奶奶 13800000000 ';
const picture: Picture = { form: 'jpeg', bytes: Buffer.from(text.repeat(2000), 'utf8') };
const bigPicture = (megabytes: number): Picture => ({ form: 'jpeg', bytes: new Uint8Array(megabytes * MEGABYTE) });
const valueOf = <T>(result: Result<T, { readonly kind: string }>): T => {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};
const kindOf = (result: Result<unknown, { readonly kind: string }>): string => (result.ok ? 'ok' : result.error.kind);
const endingsIn = (folder: string): readonly string[] => [...new Set(readdirSync(folder).map(path.extname))].toSorted();
/** The one file of the folder. */
const onlyFile = (folder: string): string => {
  const [file = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return path.join(folder, file);
};

describe('a process that is killed while it keeps pictures', () => {
  test('leaves every picture whole that it said was kept, and nothing half written after the next start', async () => {
    const folder = makeFolder();
    const said: (readonly [number: number, name: string])[] = [];
    for (const afterMs of [0, 1, 3, 5, 8, 13, 21, 34]) {
      const child = spawn(process.execPath, [program, folder, String(said.length)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let out = '';
      child.stdout.on('data', (bytes: Buffer) => {
        out += bytes.toString('latin1');
        if (out.split('\n').length > 6) setTimeout(() => child.kill('SIGKILL'), afterMs);
      });
      await once(child, 'close');
      for (const [, number = '', name = ''] of out.matchAll(/^kept (\d+) ([0-9a-f]{64})$/gm))
        said.push([Number(number), name]);
    }
    expect(said.length).toBeGreaterThan(40);
    const { store, pictures } = openIn(folder);
    for (const [number, name] of said) {
      const { bytes } = valueOf(await store.look(subjectId(`incident:${number % 3}`), name));
      expect([bytes.length, bytes[0], bytes.at(-1)]).toEqual([
        200_000 + (number % 7) * 100_000,
        number % 256,
        number % 256,
      ]);
    }
    expect(endingsIn(pictures)).toEqual(['.picture']);
  });

  test('leaves no half of a picture to be taken for one', async () => {
    const folder = makeFolder();
    const first = openIn(folder);
    const name = valueOf(await first.store.keep(call, picture));
    await first.close();
    const file = onlyFile(first.pictures);
    const half = file.replace(/\.picture$/, '.writing').replace('000000000001', '000000000002');
    writeFileSync(half, readFileSync(file).subarray(0, 900));
    const second = openIn(folder);
    expect(kindOf(await second.store.look(call, name))).toBe('ok');
    expect(readdirSync(first.pictures)).toEqual([path.basename(file)]);
  });
});

describe('a full disk', () => {
  test('refuses pictures before facts: what is in reserve is the journal’s', async (context) => {
    const disk = mountSmallDisk(24) ?? leaveOut(context, 'mounting a small disk takes root on Linux');
    closers.push(async () => disk.remove());
    const journal = openJournalIn(dataFolderPaths(disk.folder));
    closers.push(async () => journal.close());
    const { store, pictures } = openIn(disk.folder, 8 * MEGABYTE);
    store.lock(new Set());
    const kept: string[] = [];
    let refused = '';
    while (refused === '') {
      const result = await store.keep(call, bigPicture(1));
      if (result.ok) kept.push(result.value);
      else refused = result.error.kind;
    }
    expect([refused, kept.length > 8]).toEqual(['diskFull', true]);
    for (let count = 0; count < 50; count += 1)
      journal.transact((tx) => tx.append(someFact(count, { body: { text: 'x'.repeat(60_000) } })));
    expect(journal.lastSeq()).toBe(50);
    // It took none of the others with it, and left nothing behind.
    expect((await Promise.all(kept.map((name) => store.look(call, name)))).map(kindOf)).toEqual(kept.map(() => 'ok'));
    expect(readdirSync(pictures)).toHaveLength(kept.length);
  });

  test('that is full to the last byte leaves nothing half written, and pictures are kept again when there is room', async (context) => {
    const disk = mountSmallDisk(12) ?? leaveOut(context, 'mounting a small disk takes root on Linux');
    closers.push(async () => disk.remove());
    const { store, pictures } = openIn(disk.folder);
    const name = valueOf(await store.keep(call, bigPicture(1)));
    // The file system takes a part of it, and no more.
    valueOf(await store.keep(call, bigPicture(7)));
    expect(kindOf(await store.keep(call, bigPicture(6)))).toBe('diskFull');
    disk.fill();
    expect(kindOf(await store.keep(call, picture))).toBe('diskFull');
    // Neither has a new subject a key, and that is no defect.
    expect(kindOf(await store.keep(visit, picture))).toBe('diskFull');
    expect([readdirSync(pictures).length, endingsIn(pictures)]).toEqual([2, ['.picture']]);
    disk.empty();
    expect(kindOf(await store.keep(visit, picture))).toBe('ok');
    expect(kindOf(await store.look(call, name))).toBe('ok');
  });
});

describe('bytes that are not what was kept', () => {
  test('are told as damaged, whichever bit it is, and never shown', async () => {
    const { store, pictures, lines } = openIn(makeFolder());
    const name = valueOf(await store.keep(call, { form: 'jpeg', bytes: Buffer.from(text) }));
    const file = onlyFile(pictures);
    const whole = readFileSync(file);
    expect(whole.includes('王奶奶')).toBe(false);
    for (let bit = 0; bit < whole.length * 8; bit += 5) {
      const other = Buffer.from(whole);
      const at = Math.floor(bit / 8);
      other.writeUInt8((whole[at] ?? 0) ^ (1 << (bit % 8)), at);
      writeFileSync(file, other);
      expect([bit, kindOf(await store.look(call, name))]).toEqual([bit, 'damaged']);
    }
    for (const other of [Buffer.alloc(0), whole.subarray(0, -1), Buffer.concat([whole, Buffer.alloc(1)])]) {
      writeFileSync(file, other);
      expect(kindOf(await store.look(call, name))).toBe('damaged');
    }
    writeFileSync(file, whole);
    expect(kindOf(await store.look(call, name))).toBe('ok');
    expect(lines.filter((line) => line.includes(name)).length).toBeGreaterThan(100);
  });

  test('under another picture’s name are damaged too, and so is what another key made', async () => {
    const folder = makeFolder();
    const first = openIn(folder);
    const one = valueOf(await first.store.keep(call, picture));
    const two = valueOf(await first.store.keep(call, picture));
    await first.close();
    const [file = '', other = ''] = readdirSync(first.pictures).map((name) => path.join(first.pictures, name));
    writeFileSync(file, readFileSync(other));
    const second = openIn(folder);
    expect([kindOf(await second.store.look(call, one)), kindOf(await second.store.look(call, two))]).toEqual([
      'damaged',
      'ok',
    ]);
    await second.close();
    rmSync(dataFolderPaths(folder).keys);
    const third = openIn(folder);
    expect(kindOf(await third.store.look(call, two))).toBe('damaged');
  });

  test('that are gone are missing', async () => {
    const { store, pictures } = openIn(makeFolder());
    const name = valueOf(await store.keep(call, picture));
    rmSync(onlyFile(pictures));
    expect(kindOf(await store.look(call, name))).toBe('missing');
    await store.forget([call]);
  });
});

describe('a folder that cannot be written', () => {
  test('is said to whoever keeps a picture, and used as soon as it can be', async () => {
    const folder = makeFolder();
    // A file in its place stops the owner of the machine as well, whom rights do not.
    const { pictures } = dataFolderPaths(folder);
    writeFileSync(pictures, '');
    const { store, lines } = openIn(folder);
    expect(kindOf(await store.keep(call, picture))).toBe('failed');
    expect(kindOf(await store.look(call, 'f'.repeat(64)))).toBe('failed');
    await expect(store.forget([call])).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(lines.join('\n')).toContain('the pictures cannot be read');
    rmSync(pictures);
    const name = valueOf(await store.keep(call, picture));
    expect(kindOf(await store.look(call, name))).toBe('ok');
    // Gone under a running station: kept again when it is back.
    rmSync(pictures, { recursive: true });
    expect(kindOf(await store.keep(call, picture))).toBe('failed');
  });
});

describe('forgetting', () => {
  test('leaves no file of the subject, and nothing of any picture was ever in the plain', async () => {
    const folder = makeFolder();
    const { store, vault, pictures } = openIn(folder);
    valueOf(await store.keep(visit, picture));
    const kept = valueOf(await store.keep(call, picture));
    expect([...allBytes(folder).values()].filter((bytes) => bytes.includes('王奶奶'))).toEqual([]);
    await vault.forget([visit]);
    await store.forget([visit]);
    expect(path.basename(onlyFile(pictures))).toContain(kept);
  });

  test('that was stopped before the files were removed is finished at the next start', async () => {
    const folder = makeFolder();
    const first = openIn(folder);
    valueOf(await first.store.keep(visit, picture));
    const kept = valueOf(await first.store.keep(call, picture));
    await first.vault.forget([visit]);
    await first.close();
    const second = openIn(folder);
    expect(kindOf(await second.store.look(call, kept))).toBe('ok');
    expect(path.basename(onlyFile(first.pictures))).toContain(kept);
  });

  test('is done after what is being kept under the subject at that moment', async () => {
    const { store, vault, pictures } = openIn(makeFolder());
    const keeping = Array.from({ length: 5 }, () => store.keep(visit, picture));
    await Promise.all([vault.forget([visit]), store.forget([visit])]);
    await Promise.all(keeping);
    expect(readdirSync(pictures)).toEqual([]);
  });
});

test('more than memory should hold is refused, and the others are kept', async () => {
  const { store } = openIn(makeFolder());
  const results = await Promise.all(
    Array.from({ length: 10 }, () => store.keep(call, { form: 'jpeg', bytes: new Uint8Array(MOST_PICTURE_BYTES) })),
  );
  expect(results.map(kindOf)).toEqual([...Array(8).fill('ok'), 'busy', 'busy']);
});
