/** The station on the real journal and vault: nothing personal on any byte of any file, a chain that holds, a rebuild that changes nothing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { rebuildReadModels } from '../../electron/station/rebuild.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { createKeyFileSecrets } from '../../native/os/secrets.ts';
import { systemRandomness } from '../../native/os/secrets-cipher.ts';
import { createLogReader } from '../../native/sqlite/log-reader.ts';
import { openVault } from '../../native/sqlite/vault.ts';
import { openJournalIn } from '../support/journal-folder.ts';
import { createTestStation, createWorld, dumpReadModels, pass, pressHelp, seatOf, settle, valueOf } from '../support/station-harness.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const createRealWorld = () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-station-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const paths = dataFolderPaths(folder);
  const secrets = createKeyFileSecrets(paths.secretsKey);
  const vault = openVault({ path: paths.keys, masterSecret: secrets, randomness: systemRandomness });
  closers.push(vault.close);
  const journal = openJournalIn(paths);
  closers.push(journal.close);
  const world = createWorld();
  const logReader = createLogReader({ path: paths.journal, log: world.log });
  closers.push(logReader.close);
  return { folder, journal, world: { ...world, deps: { ...world.deps, journal, logReader, vault, secrets } } };
};

/** Every byte of every file of the folder, by file. */
const filesOf = (folder: string): readonly (readonly [name: string, bytes: Buffer])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(path.join(entry.parentPath, entry.name))]);

const visit = { kind: 'family', name: '陈小姐到访', phone: '13712345678', plate: '湘D98765', visiting: '九栋八零一' } as const;
const personal = ['陈小姐到访', '13712345678', '湘D98765', '九栋八零一', '王奶奶', '王小明', '13900001111', '张建国', 'camera-secret-1'];

describe('the station on its real storage', () => {
  it('leaves nothing personal in the plain in any file, before and after forgetting', async () => {
    const { folder, world } = createRealWorld();
    const test = await createTestStation(world);
    const seat = await seatOf(test, 'wu');
    const { visitId } = valueOf(await seat.command('registerVisit', visit));
    valueOf(await seat.command('openBarrier', { barrierId: 'north', reason: 'visitor', note: '陈小姐到访' }));
    pressHelp(test);
    await settle();
    const look = (): void => {
      for (const [name, bytes] of filesOf(folder)) {
        for (const text of personal) expect([name, text, bytes.includes(text)]).toEqual([name, text, false]);
      }
    };
    look();
    expect(filesOf(folder).some(([, bytes]) => bytes.includes('龙湾小区'))).toBe(true);
    expect(seat.rows('visits')[0]).toMatchObject(visit);
    valueOf(await test.manager.command('forgetVisitor', { visitId: String(visitId) }));
    await pass(test.clock, 1000);
    look();
    expect(seat.rows('visits')[0]).toMatchObject({ name: null, phone: null, plate: null, visiting: null });
    expect(world.deps.journal.outbox().filter(({ effect }) => effect['type'] === 'forgetSubject')).toEqual([]);
  });

  it('has a chain that holds, and read models that a rebuild does not change by a byte', async () => {
    const { journal, world } = createRealWorld();
    const test = await createTestStation(world);
    const seat = await seatOf(test, 'wu');
    valueOf(await seat.command('registerVisit', visit));
    pressHelp(test);
    await pass(test.clock, 65_000, 5000);
    const before = dumpReadModels(journal);
    rebuildReadModels(journal);
    expect(dumpReadModels(journal)).toBe(before);
    expect(await journal.verify()).toMatchObject({ ok: true });
  });
});
