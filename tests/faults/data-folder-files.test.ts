/** Each file of a used data folder is missing, empty, cut, foreign or a folder: one sentence in both languages, no restart, nothing changed. */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureText } from '../../electron/failure-text.ts';
import { StationFailed } from '../../electron/supervisor.ts';
import { connectSoon, establishCommunity } from '../support/real-community.ts';
import { withDatabase } from '../support/journal-tampering.ts';
import { canDropOverride, runProgram, withoutOverride } from '../support/real-process.ts';
import { leaveOut } from '../support/requires.ts';
import { startSupervisedStation } from '../support/supervised-station.ts';
import { allBytes } from '../support/temporary-folder.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'guardroom-files-'));
const origin = path.join(root, 'origin');
let made = 0;

const copyOfOrigin = (): string => {
  made += 1;
  const copy = path.join(root, `copy ${made}`);
  cpSync(origin, copy, { recursive: true });
  return copy;
};

beforeAll(async () => {
  const station = await startSupervisedStation({ dataDir: origin });
  const seat = await connectSoon({ port: station.address.port, token: station.token });
  await establishCommunity(seat);
  seat.terminate();
  await station.stop();
});
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

const damages = {
  missing: (file: string) => rmSync(file),
  empty: (file: string) => truncateSync(file, 0),
  cut: (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2) - 7),
  noise: (file: string) => writeFileSync(file, Buffer.alloc(5000, 0xa5)),
  'a folder': (file: string) => {
    rmSync(file);
    mkdirSync(file);
  },
  'another program’s database': (file: string) => {
    rmSync(file);
    withDatabase(file, (db) => db.exec('CREATE TABLE notes (text TEXT)'));
  },
} as const;
type Damage = keyof typeof damages;

const everyDamage: readonly Damage[] = ['missing', 'empty', 'cut', 'noise', 'a folder'];
const cases = [
  ...(['secrets.key', 'signing.key', 'keys.db', 'journal.db'] as const).flatMap((name) =>
    everyDamage.map((damage) => [name, damage] as const),
  ),
  ...(['empty', 'cut', 'noise', 'a folder'] as const).map((damage) => ['signing.pub', damage] as const),
  ['keys.db', 'another program’s database'] as const,
  ['journal.db', 'another program’s database'] as const,
];

describe('a data folder whose file is not what it was', () => {
  test.each(cases)('%s: %s', async (name, damage) => {
    const folder = copyOfOrigin();
    damages[damage](path.join(folder, name));
    const before = allBytes(folder);
    const refusal = await startSupervisedStation({ dataDir: folder }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StationFailed);
    const said = refusal instanceof StationFailed ? failureText(refusal) : '';
    expect(said).toMatch(/^[^\n]*[\u4e00-\u9fff][^\n]*\n[A-Z][^\n]*$/);
    expect(said).toContain(folder);
    for (const file of ['secrets.key', 'signing.key', 'signing.pub'])
      expect([file, allBytes(folder).get(file)]).toEqual([file, before.get(file)]);
    expect(statSync(path.join(folder, 'journal.db'), { throwIfNoEntry: false })?.size).toBe(
      before.get('journal.db')?.length ?? statSync(path.join(folder, 'journal.db'), { throwIfNoEntry: false })?.size,
    );
  });

  test.each([
    ['head.json', 'missing'],
    ['head.json', 'cut'],
    ['head.json', 'noise'],
  ] as const)('heads/%s %s: the room works, and the log says that it is not proven', async (name, damage) => {
    const folder = copyOfOrigin();
    damages[damage](path.join(folder, 'heads', name));
    const station = await startSupervisedStation({ dataDir: folder });
    const seat = await connectSoon({ port: station.address.port, token: station.token });
    expect(seat.welcome.empty).toBe(false);
    seat.terminate();
    await station.stop();
    expect((await runProgram('journal-cli.ts', ['verify', '--data', folder])).stdout).toContain('no valid signature');
  });

  test('a lost public key that fits the head is written again; the log folder and the log do not matter', async () => {
    const folder = copyOfOrigin();
    const before = readFileSync(path.join(folder, 'signing.pub'));
    rmSync(path.join(folder, 'signing.pub'));
    rmSync(path.join(folder, 'logs'), { recursive: true });
    writeFileSync(path.join(folder, 'logs'), 'a file in its place');
    const station = await startSupervisedStation({ dataDir: folder });
    await station.stop();
    expect(readFileSync(path.join(folder, 'signing.pub'))).toEqual(before);
  });
});

describe('verifying', () => {
  const verify = (folder: string) => runProgram('journal-cli.ts', ['verify', '--data', folder]);
  /** One or two sentences, both languages, never a stack. */
  const sentences = /^(?:[^\n]*[\u4e00-\u9fff][^\n]*\n[A-Z][^\n]*\n)+$/;

  test('a journal that was copied without its -wal is told as such, while the station ran', async () => {
    const folder = path.join(root, 'running');
    const station = await startSupervisedStation({ dataDir: folder });
    const seat = await connectSoon({ port: station.address.port, token: station.token });
    await establishCommunity(seat);
    const copy = path.join(root, 'copied by hand');
    mkdirSync(copy);
    copyFileSync(path.join(folder, 'journal.db'), path.join(copy, 'journal.db'));
    copyFileSync(path.join(folder, 'signing.pub'), path.join(copy, 'signing.pub'));
    cpSync(path.join(folder, 'heads'), path.join(copy, 'heads'), { recursive: true });
    const said = await verify(copy);
    expect(said).toMatchObject({ status: 1, stderr: '' });
    expect(said.stdout).toMatch(sentences);
    expect(said.stdout).toContain('There is no journal.db-wal');
    expect(existsSync(path.join(copy, 'journal.db-wal'))).toBe(false);
    expect((await verify(folder)).status).toBe(0);
    seat.terminate();
    await station.stop();
  });

  test.each(['empty', 'cut', 'noise', 'another program’s database'] as const)(
    'a journal that is %s',
    async (damage) => {
      const folder = copyOfOrigin();
      damages[damage](path.join(folder, 'journal.db'));
      const said = await verify(folder);
      expect(said).toMatchObject({ status: 1, stderr: '' });
      expect(said.stdout).toMatch(sentences);
    },
  );

  test('a copy that may only be read, without a log beside it', async (context) => {
    if (!canDropOverride()) leaveOut(context, 'root passes by all permissions here and cannot put that down');
    const folder = copyOfOrigin();
    chmodSync(root, 0o755);
    for (const file of allBytes(folder).keys()) chmodSync(path.join(folder, file), 0o444);
    for (const sub of ['', 'heads', 'logs']) chmodSync(path.join(folder, sub), 0o555);
    const said = await runProgram('journal-cli.ts', ['verify', '--data', folder], { before: withoutOverride });
    expect(said).toMatchObject({ status: 0, stderr: '' });
  });

  test('a folder without heads, or without a public key', async () => {
    for (const name of ['heads', 'signing.pub']) {
      const folder = copyOfOrigin();
      rmSync(path.join(folder, name), { recursive: true });
      const said = await verify(folder);
      expect(said).toMatchObject({ status: 1, stderr: '' });
      expect(said.stdout).toMatch(sentences);
    }
  });
});
