/** A data folder that an earlier version of the program left is gone on with: nothing of it is lost, and nothing of it is changed. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { hours } from '../../electron/domain/kernel/time.ts';
import { createKeyFileSecrets } from '../../native/os/secrets.ts';
import { createPinHasher } from '../../native/os/pin-hasher.ts';
import { systemRandomness } from '../../native/os/secrets-cipher.ts';
import { createSystemIds } from '../../native/os/system-ids.ts';
import { exportPayloads } from '../../native/sqlite/export.ts';
import { createLogReader } from '../../native/sqlite/log-reader.ts';
import { openVault } from '../../native/sqlite/vault.ts';
import { verifyJournal } from '../../native/sqlite/verify.ts';
import { copyDataFolder } from '../support/data-folder-copy.ts';
import { openJournalIn } from '../support/journal-folder.ts';
import { connect, createWorld, PINS, settle, stationOf, valueOf, type TestSeat } from '../support/station-harness.ts';
import { eventually } from '../support/real-process.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const makeFolder = temporaryFolders();
const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** What the folder of the first version holds. */
const FACTS = 72;

const verified = (paths: ReturnType<typeof copyDataFolder>) =>
  verifyJournal({
    path: paths.journal,
    headsFolder: paths.heads,
    publicKeyPem: readFileSync(paths.signingPublicKey, 'utf8'),
  });

/** Today's station on the folder, hours after its last program ended, with the manager at a seat. */
const goOn = async (paths: ReturnType<typeof copyDataFolder>): Promise<TestSeat> => {
  const world = createWorld();
  world.clock.advance(hours(4));
  const journal = openJournalIn(paths, { clock: world.clock });
  closers.push(journal.close);
  const secrets = createKeyFileSecrets(paths.secretsKey, { mayMake: false });
  const vault = openVault({ path: paths.keys, masterSecret: secrets, randomness: systemRandomness });
  closers.push(vault.close);
  const logReader = createLogReader({ path: paths.journal, log: world.log });
  closers.push(logReader.close);
  const ids = createSystemIds(world.clock.nowMs);
  const deps = { ...world.deps, journal, vault, secrets, logReader, ids, pins: createPinHasher() };
  const { station } = stationOf(deps, world.demo);
  closers.push(station.stop);
  await station.start();
  await settle();
  const seat = connect(station, world.clock, ids);
  await settle();
  const manager = seat.rows('people').find(({ role }) => role === 'manager');
  seat.send({ t: 'signIn', id: 'in', personId: manager?.personId ?? '', pin: PINS.manager });
  await eventually('the manager is signed in', () => seat.reply('in') !== undefined);
  expect(seat.reply('in')).toMatchObject({ ok: true });
  await settle();
  return seat;
};

describe('the data folder of version 0.1', () => {
  it('holds a chain that verifies as it is', () => {
    const paths = copyDataFolder('0.1', makeFolder());
    expect(verified(paths)).toEqual({ ok: true, lastSeq: FACTS, headSeq: FACTS });
  });

  it('is opened and gone on with: people sign in, rows are there, names open, who was forgotten stays so', async () => {
    const paths = copyDataFolder('0.1', makeFolder());
    const seat = await goOn(paths);
    expect(seat.rows('visits').map(({ name, state }) => [name, state])).toEqual(
      expect.arrayContaining([
        ['陈小姐', 'left'],
        [null, 'forgotten'],
        ['孙女士', 'inside'],
      ]),
    );
    expect(seat.rows('shift')).toMatchObject([{ responsible: { personId: 'wu' } }]);
    expect(seat.rows('incidents')).toMatchObject([{ work: 'claimed', sourceId: 'hp502' }]);
    expect(seat.rows('barriers')).toMatchObject([{ barrierId: 'north', name: '北门道闸' }]);
    expect(seat.rows('people').map(({ name }) => name)).toEqual(expect.arrayContaining(['张建国', '李阿姨', '吴师傅']));
  });

  it('is written on: the old rows are byte for byte what they were, and the chain holds through both', async () => {
    const paths = copyDataFolder('0.1', makeFolder());
    const before = [...exportPayloads(paths.journal)];
    const seat = await goOn(paths);
    valueOf(await seat.command('addNote', { text: '换了新版本' }));
    const after = [...exportPayloads(paths.journal)];
    expect(before).toHaveLength(FACTS);
    expect(after.slice(0, FACTS)).toEqual(before);
    expect(after.length).toBeGreaterThan(FACTS);
    for (const close of closers.splice(0).toReversed()) await close();
    expect(verified(paths)).toMatchObject({ ok: true, lastSeq: after.length });
  });
});
