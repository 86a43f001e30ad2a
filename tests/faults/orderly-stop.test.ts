/** A program is stopped by a message, as on every system; and a station that prepares its tables in one go is waited for. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { forkStation } from '../../electron/fork-station.ts';
import { createSupervisor } from '../../electron/supervisor.ts';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { createHeadStore, textToHead } from '../../native/os/head-store.ts';
import { createFastClock } from '../support/fast-clock.ts';
import { startProgram, type RealProgram } from '../support/real-process.ts';

const root = path.resolve(import.meta.dirname, '../..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom 停止 '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Starts the program without a window as `npm start` does, and waits until the seat can be opened. */
const startHeadless = async (): Promise<RealProgram> => {
  const program = startProgram('headless.ts', ['--no-demo', '--panel-port', '0', '--data', folder], { channel: true });
  onTestFinished(async () => {
    program.signal('SIGKILL');
    await program.ended;
  });
  await program.ready();
  return program;
};

const sealedHead = () => {
  const paths = dataFolderPaths(folder);
  const text = createHeadStore(paths.heads).readHead() ?? '';
  return textToHead(text, readFileSync(paths.signingPublicKey, 'utf8'));
};

describe('the program', () => {
  test('stops in order when it is asked to by message: the last head is sealed as closed', async () => {
    const program = await startHeadless();
    expect(program.messages()).toEqual([{ t: 'stopsByMessage' }]);
    expect(sealedHead()).toMatchObject({ closed: false });
    program.send({ t: 'stop' });
    expect(await program.ended).toBe(0);
    expect(sealedHead()).toMatchObject({ closed: true });
  });

  test('stops in order when whoever started it is gone', async () => {
    const program = await startHeadless();
    program.letGo();
    expect(await program.ended).toBe(0);
    expect(sealedHead()).toMatchObject({ closed: true });
  });
});

describe('a station that answers no ping while it prepares its tables', () => {
  /** The supervisor's patience of half a minute, cut to one and a half seconds; the work takes four. */
  const SCALE = 1 / 20;
  const entry = path.join(root, 'tests/support/busy-station-process.ts');
  const supervise = (env: NodeJS.ProcessEnv) => {
    const told: number[] = [];
    const said: string[] = [];
    let whenKilled: () => void = () => undefined;
    const killed = new Promise<void>((resolve) => {
      whenKilled = resolve;
    });
    const supervisor = createSupervisor({
      fork: () => forkStation({ env, quiet: true, entry }),
      settings: {
        dataDir: folder,
        port: 0,
        token: 'token',
        demo: 'real',
        lang: null,
        staticDir: folder,
        extraOrigins: [],
        panelPort: 0,
        panelHost: null,
        panelSources: [],
        version: 'test',
        deviceKey: null,
      },
      clock: createFastClock(1 / SCALE),
      say: (text) => {
        said.push(text);
        whenKilled();
      },
      onBusy: (busy) => void told.push(busy?.done ?? -1),
    });
    onTestFinished(async () => void (await supervisor.stop()));
    return { supervisor, told, said, killed };
  };

  test('is not ended while it gets further, though that takes far longer than the patience', async () => {
    const { supervisor, told, said } = supervise({});
    expect(await supervisor.ready).toMatchObject({ port: 1, panelPort: 2 });
    expect([supervisor.restarts(), said]).toEqual([0, []]);
    expect(told).toEqual([...Array(40).keys(), -1]);
    expect(await supervisor.stop()).toBe('inOrder');
  });

  test('is ended and started again where it gets no further', async () => {
    const { killed, said, told } = supervise({ GUARDROOM_STUCK: '1' });
    await killed;
    expect(said[0]).toContain('does not answer and is started again');
    expect(told[0]).toBe(1);
  });
});
