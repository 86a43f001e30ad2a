/** Another user of the same PC reads nothing in the data folder and stops nothing, while a station runs in it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { connectSoon, establishCommunity } from '../support/real-community.ts';
import { leaveOut } from '../support/requires.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const makeFolder = temporaryFolders();
let station: SupervisedStation | null = null;
afterEach(async () => {
  await station?.stop();
  station = null;
});

const run = async (dataDir: string): Promise<void> => {
  station = await startSupervisedStation({ dataDir });
  const seat = await connectSoon({ port: station.address.port, token: station.token });
  await establishCommunity(seat);
  seat.terminate();
};

const openEntries = (folder: string): readonly string[] =>
  ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].filter(
    (name) => (statSync(path.join(folder, name)).mode & 0o077) !== 0,
  );

describe('the data folder of a running station', () => {
  test.each(['new', 'open to all'])(
    'that is %s has nothing in it for anybody else, SQLite’s own files too',
    async (kind) => {
      const dataDir = path.join(makeFolder(), '值守 data');
      if (kind !== 'new') {
        await run(dataDir);
        await station?.stop();
        for (const name of readdirSync(dataDir, { recursive: true, encoding: 'utf8' }))
          chmodSync(path.join(dataDir, name), 0o777);
        chmodSync(dataDir, 0o777);
      } else mkdirSync(path.dirname(dataDir), { recursive: true });
      station = await startSupervisedStation({ dataDir });
      expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['journal.db-shm', 'journal.db-wal', 'keys.db']));
      expect(process.platform === 'win32' ? [] : openEntries(dataDir)).toEqual([]);
    },
  );

  test('does not open to another user who tries', async (context) => {
    if (process.getuid?.() !== 0) leaveOut(context, 'only root can try it as another user');
    const parent = makeFolder();
    chmodSync(parent, 0o755);
    const dataDir = path.join(parent, 'data');
    await run(dataDir);
    for (const name of ['journal.db', 'journal.db-shm', 'keys.db', 'secrets.key', 'logs/station.log']) {
      const tried = spawnSync('cat', [path.join(dataDir, name)], { uid: 65_534 });
      expect([name, tried.status, tried.stdout.length]).toEqual([name, 1, 0]);
    }
  });
});
