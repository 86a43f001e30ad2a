/** A backup by the runbook gives a working room on an empty machine: names, PINs, passwords, contacts, and a log that verifies. */
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { failureText } from '../../electron/failure-text.ts';
import { StationFailed } from '../../electron/supervisor.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { readKeyRows } from '../../native/sqlite/backup.ts';
import { connectSoon, MANAGER_PIN, valueOf } from '../support/real-community.ts';
import { eventually, runProgram } from '../support/real-process.ts';
import type { SeatClient } from '../support/seat-client.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';
import { allBytes } from '../support/temporary-folder.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'guardroom-backup-'));
let made = 0;
const newPath = (): string => {
  made += 1;
  return path.join(root, `文件夹 ${made}`);
};

let station: SupervisedStation | null = null;
const start = async (dataDir: string): Promise<SeatClient> => {
  station = await startSupervisedStation({ dataDir });
  return connectSoon({ port: station.address.port, token: station.token });
};
const stop = async (): Promise<void> => {
  await station?.stop();
  station = null;
};

const cli = (code: string | null, ...words: readonly string[]) =>
  runProgram('journal-cli.ts', words, { env: { ...process.env, GUARDROOM_RECOVERY_CODE: code ?? '' } });

/** The code given on standard input, as a person types it. */
const cliTyping = (typed: string, ...words: readonly string[]): Promise<number | null> =>
  new Promise((resolve) => {
    const entry = path.resolve(import.meta.dirname, '../../electron/journal-cli.ts');
    const env = { ...process.env, GUARDROOM_RECOVERY_CODE: '' };
    const child = spawn(process.execPath, [entry, ...words], { stdio: ['pipe', 'ignore', 'ignore'], env });
    child.once('exit', resolve);
    child.stdin.end(typed);
  });

let origin: string;
let backup: string;
let code: string;
let managerId: string;
let stays: string;
let leaves: string;
let gone: string;

const visitOf = (name: string) =>
  ({ kind: 'family', name, phone: '13700002222', plate: null, visiting: '5-1-301' }) as const;
const nameOf = (seat: SeatClient, visitId: string): string | null | undefined => seat.row('visits', visitId)?.name;

beforeAll(async () => {
  origin = newPath();
  backup = newPath();
  const seat = await start(origin);
  const { value } = valueOf(
    await seat.command('establishCommunity', {
      name: '试验小区',
      timeZone: 'Asia/Shanghai',
      managerName: '1-1-101 管理员',
      pin: MANAGER_PIN,
    }),
  );
  code = String(value['recoveryCode']);
  managerId = String(value['personId']);
  await seat.signIn(managerId, MANAGER_PIN);
  const register = async (name: string): Promise<string> =>
    String(valueOf(await seat.command('registerVisit', visitOf(name))).value['visitId']);
  stays = await register('留下的访客');
  leaves = await register('后来忘记的访客');
  gone = await register('早已忘记的访客');
  valueOf(
    await seat.command('addCamera', {
      cameraId: 'camera-1',
      name: '北门',
      place: '北门',
      onvifAddress: null,
      mainUrl: 'rtsp://127.0.0.1:9/none',
      subUrl: null,
      username: 'admin',
      password: 'camera-secret',
    }),
  );
  valueOf(await seat.command('forgetVisitor', { visitId: gone }));
  await eventually('forgotten', () => nameOf(seat, gone) === null);
  // While it runs, as the runbook has it; dashes and small letters are as good.
  const result = await cli(code.toLowerCase().replaceAll('-', ' '), 'backup', backup, '--data', origin);
  expect(result).toMatchObject({ status: 0, stderr: '' });
  expect(result.stdout).toMatch(/备份做好了[^\n]*\nThe backup is in [^\n]*\n日志完好[^\n]*\nThe journal holds/);
  valueOf(await seat.command('addNote', { text: '备份之后' }));
  valueOf(await seat.command('forgetVisitor', { visitId: leaves }));
  await eventually('forgotten', () => nameOf(seat, leaves) === null);
  seat.terminate();
  await stop();
});
afterEach(stop);
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

const copyOf = (folder: string): string => {
  const copy = newPath();
  cpSync(folder, copy, { recursive: true });
  return copy;
};

const expectRoom = async (seat: SeatClient): Promise<void> => {
  expect((await seat.signIn(managerId, MANAGER_PIN)).ok).toBe(true);
  await eventually('names are shown', () => nameOf(seat, stays) === '留下的访客');
  expect(seat.row('people', managerId)?.name).toBe('1-1-101 管理员');
  expect(nameOf(seat, gone)).toBeNull();
  expect(seat.row('cameras', 'camera-1')?.hasPassword).toBe(true);
  valueOf(await seat.command('addNote', { text: '恢复之后' }));
};

describe('a backup', () => {
  test('is its owner’s alone, holds no key in the plain, and verifies where it lies', async () => {
    expect(readdirSync(backup).sort()).toEqual(['heads', 'journal.db', 'keys.locked', 'signing.pub']);
    const secret = readFileSync(dataFolderPaths(origin).secretsKey, 'utf8').trim();
    for (const [name, bytes] of allBytes(backup)) {
      expect([name, bytes.includes(secret), bytes.includes('PRIVATE KEY')]).toEqual([name, false, false]);
      expect([name, process.platform === 'win32' ? 0 : statSync(path.join(backup, name)).mode & 0o077]).toEqual([
        name,
        0,
      ]);
    }
    expect((await cli(null, 'verify', '--data', backup)).status).toBe(0);
    expect(existsSync(path.join(backup, 'journal.db-wal'))).toBe(false);
  });

  test('gives a working room on an empty machine, and the station there goes on in the same log', async () => {
    const data = newPath();
    const restored = await cli(code, 'restore', backup, '--data', data);
    expect(restored).toMatchObject({ status: 0, stderr: '' });
    expect(restored.stdout).toMatch(/已恢复到[^\n]*\nRestored to [^\n]*\n日志完好/);
    expect(readFileSync(dataFolderPaths(data).signingPublicKey)).toEqual(
      readFileSync(dataFolderPaths(origin).signingPublicKey),
    );
    const seat = await start(data);
    expect(seat.welcome.session).toBeNull();
    await expectRoom(seat);
    seat.terminate();
    await stop();
    expect((await cli(null, 'verify', '--data', data)).status).toBe(0);
  });

  test('takes the code from standard input as well, and a folder in which a start has failed', async () => {
    const data = newPath();
    mkdirSync(path.join(data, 'logs'), { recursive: true });
    expect(await cliTyping(`${code}\n`, 'restore', backup, '--data', data)).toBe(0);
    expect(existsSync(dataFolderPaths(data).journal)).toBe(true);
  });

  test('is made with the right code only, of a folder that has its keys, and never over anything', async () => {
    const copy = copyOf(origin);
    const to = newPath();
    expect((await cli('0000-0000-0000-0000', 'backup', to, '--data', copy)).stderr).toContain(
      'The recovery code is not right',
    );
    expect((await cli(null, 'backup', to, '--data', copy)).stderr).toContain('The recovery code is not right');
    expect(existsSync(to)).toBe(false);
    expect((await cli(code, 'backup', backup, '--data', copy)).stderr).toContain('is not empty');
    rmSync(dataFolderPaths(copy).secretsKey);
    expect(await cli(code, 'backup', to, '--data', copy)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('A file is missing'),
    });
    expect(existsSync(to)).toBe(false);
    expect((await cli(code, 'backup', to, '--data', newPath())).stderr).toContain('There is no Guardroom data');
  });
});

describe('a restore that cannot be done says why, and changes nothing', () => {
  const refusal = async (from: string, data: string, withCode = code): Promise<string> => {
    const result = await cli(withCode, 'restore', from, '--data', data);
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(/^[^\n]*[\u4e00-\u9fff][^\n]*\n[^\n]+\n$/);
    return result.stderr;
  };

  test('a wrong code', async () => {
    const data = newPath();
    expect(await refusal(backup, data, 'ABCD-EFGH-JKMN-PQRS')).toContain('does not open this backup');
    expect(await refusal(backup, data, '')).toContain('does not open this backup');
    expect(existsSync(data)).toBe(false);
  });

  test('a backup that is damaged, cut short, or mixed from two', async () => {
    const data = newPath();
    for (const name of ['keys.locked', 'journal.db', 'heads/head.json', 'signing.pub']) {
      const cut = copyOf(backup);
      truncateSync(path.join(cut, name), Math.floor(statSync(path.join(cut, name)).size / 2));
      expect([name, await refusal(cut, data)]).toEqual([name, expect.stringContaining('damaged, cut short')]);
      const changed = copyOf(backup);
      const bytes = readFileSync(path.join(changed, name));
      bytes.writeUInt8((bytes.at(-40) ?? 0) ^ 1, bytes.length - 40);
      writeFileSync(path.join(changed, name), bytes);
      expect([name, await refusal(changed, data)]).toEqual([name, expect.stringContaining('damaged, cut short')]);
    }
    const mixed = copyOf(backup);
    copyFileSync(dataFolderPaths(origin).journal, path.join(mixed, 'journal.db'));
    expect(await refusal(mixed, data)).toContain('journal.db');
    const added = copyOf(backup);
    writeFileSync(path.join(added, 'heads', 'trace.bin'), 'x'.repeat(16));
    expect(await refusal(added, data)).toContain('trace.bin');
    const broken = copyOf(backup);
    rmSync(path.join(broken, 'keys.locked'));
    expect(await refusal(broken, data)).toContain('no complete backup');
    expect(existsSync(data)).toBe(false);
  });

  test('a target that is not empty, in use, or no folder', async () => {
    const taken = newPath();
    mkdirSync(taken);
    writeFileSync(path.join(taken, 'notes.txt'), 'mine');
    expect(await refusal(backup, taken)).toContain('is not empty');
    expect(readdirSync(taken)).toEqual(['notes.txt']);
    expect(await refusal(backup, path.join(taken, 'notes.txt', 'below'))).toContain('could not be written');
    const other = copyOf(origin);
    const before = allBytes(other).size;
    expect(await refusal(backup, other)).toContain('is not empty');
    expect(allBytes(other).size).toBe(before);
    const seat = await start(other);
    expect(await refusal(backup, other)).toContain('A station is using this data folder');
    expect((await seat.signIn(managerId, MANAGER_PIN)).ok).toBe(true);
    seat.terminate();
  });
});

describe('lost keys', () => {
  const startFailure = async (dataDir: string): Promise<string> => {
    const refusal = await startSupervisedStation({ dataDir }).catch((error: unknown) => error);
    return refusal instanceof StationFailed ? failureText(refusal) : String(refusal);
  };

  test.each([['keys.db'], ['secrets.key'], ['signing.key'], ['signing.key', 'keys.db', 'secrets.key', 'signing.pub']])(
    'stop the start in words, and come back beside the newer log: %s',
    async (...names) => {
      const data = copyOf(origin);
      for (const name of names) rmSync(path.join(data, name));
      const before = readdirSync(data).sort();
      const said = await startFailure(data);
      expect(said).toMatch(/^缺少钥匙文件[^\n]*\nA key file is missing[^\n]*restore BACKUP --keys$/);
      expect(readdirSync(data).sort()).toEqual(expect.arrayContaining(before));
      for (const name of names) expect(existsSync(path.join(data, name))).toBe(false);

      const back = await cli(code, 'restore', backup, '--keys', '--data', data);
      expect(back).toMatchObject({ status: 0, stderr: '' });
      // Already in the file that was put back, before any station looked at it.
      const rows = readKeyRows(dataFolderPaths(data).keys);
      expect(rows.filter(([subject]) => subject === `visit:${leaves}`)).toEqual([[`visit:${leaves}`, null]]);
      const seat = await start(data);
      await expectRoom(seat);
      // Forgotten after the backup was made: not brought back by it.
      expect(nameOf(seat, leaves)).toBeNull();
      seat.terminate();
      await stop();
      expect((await cli(null, 'verify', '--data', data)).status).toBe(0);
    },
  );

  test('of another station are not taken', async () => {
    const other = newPath();
    const seat = await start(other);
    seat.terminate();
    valueOf(
      await (
        await connectSoon({ port: station?.address.port ?? 0, token: station?.token ?? '' })
      ).command('establishCommunity', {
        name: '另一个',
        timeZone: 'Asia/Shanghai',
        managerName: '2-2-202 管理员',
        pin: MANAGER_PIN,
      }),
    );
    await stop();
    const refused = await cli(code, 'restore', backup, '--keys', '--data', other);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("another station's") });
    const seatAgain = await start(other);
    expect(seatAgain.rows('community')).toHaveLength(1);
    seatAgain.terminate();
  });

  test.each([
    ['keys.db'],
    ['secrets.key'],
    ['signing.pub'],
    // A pair that opens itself, and nothing of this log.
    ['keys.db', 'secrets.key'],
  ])('a foreign %s stops the start, and is put aside for the right one', async (...names) => {
    const other = newPath();
    const seat = await start(other);
    valueOf(
      await seat.command('establishCommunity', {
        name: '另一个',
        timeZone: 'Asia/Shanghai',
        managerName: '2-2-202 管理员',
        pin: MANAGER_PIN,
      }),
    );
    seat.terminate();
    await stop();
    const data = copyOf(origin);
    for (const name of names) copyFileSync(path.join(other, name), path.join(data, name));
    const name = names.at(-1) ?? '';
    const foreign = readFileSync(path.join(data, name));
    expect(await startFailure(data)).toMatch(/^钥匙文件不是这个值守台的[^\n]*\nA key file is not this station's/);
    expect(readFileSync(path.join(data, name))).toEqual(foreign);
    const back = await cli(code, 'restore', backup, '--keys', '--data', data);
    expect(back).toMatchObject({ status: 0, stdout: expect.stringContaining('.aside-') });
    const room = await start(data);
    await expectRoom(room);
    room.terminate();
  });
});
