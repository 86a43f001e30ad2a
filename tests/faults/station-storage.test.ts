/** The station on the real journal and vault: nothing personal on any byte of any file, a chain that holds, a rebuild that changes nothing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createProjector } from '../../electron/station/core/project.ts';
import { rebuildReadModels } from '../../electron/station/core/rebuild.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { createKeyFileSecrets } from '../../native/os/secrets.ts';
import { systemRandomness } from '../../native/os/secrets-cipher.ts';
import { createLogReader } from '../../native/sqlite/log-reader.ts';
import { openVault } from '../../native/sqlite/vault.ts';
import { noLifts, type Lifts } from '../../electron/domain/kernel/lifts.ts';
import { makeJournalFolder, openJournalIn } from '../support/journal-folder.ts';
import { rewriteChain, rowsOf, withDatabase } from '../support/journal-tampering.ts';
import {
  allFeatures,
  createTestStation,
  createWorld,
  dumpReadModels,
  pass,
  pressHelp,
  seatOf,
  settle,
  valueOf,
} from '../support/station-harness.ts';

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
  return { folder, paths, journal, world: { ...world, deps: { ...world.deps, journal, logReader, vault, secrets } } };
};

/** Every byte of every file of the folder, by file. */
const filesOf = (folder: string): readonly (readonly [name: string, bytes: Buffer])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(path.join(entry.parentPath, entry.name))]);

const visit = {
  kind: 'family',
  name: '陈小姐到访',
  phone: '13712345678',
  plate: '湘D98765',
  visiting: '九栋八零一',
} as const;
const personal = [
  '陈小姐到访',
  '13712345678',
  '湘D98765',
  '九栋八零一',
  '王奶奶',
  '王小明',
  '13900001111',
  '张建国',
  'camera-secret-1',
];

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
    // Taken off the list when the bytes are off the disk.
    await expect
      .poll(() => world.deps.journal.outbox().filter(({ effect }) => effect['type'] === 'forgetSubject'))
      .toEqual([]);
    // The hashes cover the ciphertext: without the key the chain holds as before.
    expect(await world.deps.journal.verify()).toMatchObject({ ok: true });
  });

  it('has a chain that holds, and read models that a rebuild does not change by a byte', async () => {
    const { journal, world } = createRealWorld();
    const test = await createTestStation(world);
    const seat = await seatOf(test, 'wu');
    valueOf(await seat.command('registerVisit', visit));
    pressHelp(test);
    await pass(test.clock, 65_000, 5000);
    const before = dumpReadModels(journal);
    rebuildReadModels(journal, createProjector(allFeatures()));
    expect(dumpReadModels(journal)).toBe(before);
    expect(await journal.verify()).toMatchObject({ ok: true });
  });

  it('only ever adds rows to the journal: none is changed or removed, whatever happens', async () => {
    const { paths, journal, world } = createRealWorld();
    withDatabase(paths.journal, (db) => {
      for (const deed of ['UPDATE', 'DELETE'])
        db.exec(
          `CREATE TRIGGER no_${deed} BEFORE ${deed} ON journal BEGIN SELECT RAISE(ABORT, '${deed} of a row'); END`,
        );
    });
    const test = await createTestStation(world);
    const seat = await seatOf(test, 'wu');
    const { visitId } = valueOf(await seat.command('registerVisit', visit));
    valueOf(await seat.command('openBarrier', { barrierId: 'north', reason: 'visitor', note: null }));
    pressHelp(test);
    await pass(test.clock, 65_000, 5000);
    valueOf(await test.manager.command('forgetVisitor', { visitId: String(visitId) }));
    rebuildReadModels(journal, createProjector(allFeatures()));
    expect(test.log.lines.filter((line) => line.includes('of a row'))).toEqual([]);
    expect(() => withDatabase(paths.journal, (db) => db.exec('DELETE FROM journal'))).toThrow('DELETE of a row');
    expect(withDatabase(paths.journal, (db) => rowsOf(db).map(({ seq }) => seq))).toEqual(
      Array.from({ length: journal.lastSeq() }, (_, index) => index + 1),
    );
  });
});

describe('a journal of an older version', () => {
  /** How an older program wrote a person: three rows of its file, byte for byte. */
  const oldRows = [
    '{"actor":"station","body":{"fullName":"3-1-502 住户","rank":2},"commandId":null,"entityId":"wu","kind":"person","occurredAt":1795291200000,"recordedAt":1795291200000,"seat":null,"seq":1,"snapshot":null,"type":"v1.PersonAdded"}',
    '{"actor":"station","body":{"name":"1-1-101 住户","rank":1},"commandId":null,"entityId":"li","kind":"person","occurredAt":1795291200000,"recordedAt":1795291200000,"seat":null,"seq":2,"snapshot":null,"type":"v2.PersonAdded"}',
    '{"actor":"station","body":{"active":true,"name":"2-1-201 住户","role":"manager"},"commandId":null,"entityId":"zhang","kind":"person","occurredAt":1795291200000,"recordedAt":1795291200000,"seat":null,"seq":3,"snapshot":null,"type":"v3.PersonAdded"}',
  ];
  const lifts: Lifts = {
    ...noLifts,
    facts: [
      {
        from: 'v1.PersonAdded',
        to: 'v2.PersonAdded',
        lift: ({ fullName, ...body }) => ({ ...body, name: fullName ?? null }),
      },
      {
        from: 'v2.PersonAdded',
        to: 'v3.PersonAdded',
        lift: ({ name, rank }) => ({
          name: name ?? null,
          role: rank === 2 ? 'guard' : 'volunteer',
          active: true,
        }),
      },
    ],
  };

  it('is lifted by numbered steps when it is read and rebuilt, and its rows stay as they were written', async () => {
    const folder = makeJournalFolder();
    closers.push(folder.remove);
    folder.open().close();
    withDatabase(folder.paths.journal, (db) => rewriteChain(db, oldRows));
    // As the older program left it: sealed by its own key at its own end, and nothing of today's tables filled.
    rmSync(folder.paths.heads, { recursive: true, force: true });
    const journal = folder.open({ lifts });
    rebuildReadModels(journal, createProjector(allFeatures()));
    expect(journal.rows('people').map(({ key, doc }) => [key, doc['name'], doc['role']])).toEqual([
      ['li', '1-1-101 住户', 'volunteer'],
      ['wu', '3-1-502 住户', 'guard'],
      ['zhang', '2-1-201 住户', 'manager'],
    ]);
    expect(journal.facts(0, 10).map(({ type }) => type)).toEqual([
      'v3.PersonAdded',
      'v3.PersonAdded',
      'v3.PersonAdded',
    ]);
    expect(withDatabase(folder.paths.journal, (db) => rowsOf(db).map(({ payload }) => payload))).toEqual(oldRows);
    // The same again gives the same: what is lifted depends on nothing but the row.
    const before = dumpReadModels(journal);
    rebuildReadModels(journal, createProjector(allFeatures()));
    expect(dumpReadModels(journal)).toBe(before);
  });
});
