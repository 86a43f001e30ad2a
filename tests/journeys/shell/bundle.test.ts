/**
 * What the desktop shell starts, started without Electron: the bundled station in a process of its own, with its media worker, its verify worker and
 * the bundled simulators. Everything that finds its files by where it stands is proven by it.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { SHELL_ORIGIN } from '../../../electron/contract/page-policy.ts';
import type { FromStation, StationSettings, ToStation } from '../../../electron/station-channel.ts';
import { verificationView } from '../../../electron/contract/messages.schema.ts';
import { demoCommunity } from '../../../resources/demo/community/community.ts';
import { connectSeat } from '../../support/seat-client.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const READY_MS = 30_000;
const LIVE_MS = 20_000;

/** Runs a program of ours to its end; its exit status and what it complained of. */
const runToEnd = async (args: readonly string[]): Promise<{ readonly code: unknown; readonly said: string }> => {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString('utf8');
  });
  const [code]: unknown[] = await once(child, 'close');
  return { code, said };
};

type Ready = Extract<FromStation, { t: 'ready' }>;

const readyOf = (child: ChildProcess): Promise<Ready> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the bundled station is not ready')), READY_MS);
    child.on('message', (message) => {
      const from = message as FromStation;
      clearTimeout(timer);
      if (from.t === 'ready') resolve(from);
      else reject(new Error(JSON.stringify(from)));
    });
    child.once('exit', (code) => reject(new Error(`the bundled station ended (${String(code)})`)));
  });

beforeAll(async () => {
  expect(await runToEnd([path.join(root, 'resources/tooling/build.ts'), '--shell'])).toMatchObject({ code: 0 });
});

it('runs the demo from the bundle: every camera live, the journal read in its worker', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'guardroom 桌面 '));
  const child = fork(path.join(root, 'dist/shell/station-main.js'), [], {
    cwd: dataDir,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const complaints: string[] = [];
  child.stderr?.on('data', (bytes: Buffer) => complaints.push(bytes.toString('utf8')));
  const ended = once(child, 'exit');
  const tell = (message: ToStation): boolean => child.send(message);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  const settings: StationSettings = {
    dataDir,
    port: 0,
    token: 'bundle-test-start-token',
    demo: 'demo',
    lang: 'zh-CN',
    staticDir: path.join(root, 'renderer/public'),
    extraOrigins: [SHELL_ORIGIN],
    panelPort: 0,
    panelHost: '127.0.0.1',
    panelSources: ['127.0.0.1'],
    version: 'test',
    // As the shell does where the system has a keychain.
    deviceKey: Buffer.alloc(32, 7).toString('base64url'),
  };
  const ready = readyOf(child);
  tell({ t: 'start', settings, again: null });
  const { port } = await ready;

  const seat = await connectSeat({ port, token: settings.token });
  onTestFinished(() => seat.terminate());
  await expect
    .poll(() => seat.rows('cameras').map(({ state }) => state), { timeout: LIVE_MS })
    .toEqual(Array.from({ length: 16 }, () => 'live'));
  const [person] = demoCommunity.people;
  await seat.signIn(person?.id ?? '', person?.pin ?? '');
  const verified = await seat.query({ type: 'verifyJournal' });
  expect(verificationView.parse(verified.value)).toMatchObject({ ok: true });

  tell({ t: 'stop' });
  expect(await ended).toEqual([0, null]);
  expect(complaints.join('')).toBe('');
});
