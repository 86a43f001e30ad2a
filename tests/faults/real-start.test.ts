/** The program is started and ended as people and systems do it, also wrongly: one clear sentence each time, and nothing left running. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listenOnLoopback } from '../support/loopback.ts';
import { establishCommunity, readLog } from '../support/real-community.ts';
import {
  descendantsOf,
  eventually,
  isRunning,
  runProgram,
  canDropOverride,
  startProgram,
  withoutOverride,
  tellsChildren,
  type RealProgram,
} from '../support/real-process.ts';
import { leaveOut } from '../support/requires.ts';
import { connectSeat } from '../support/seat-client.ts';

let folder: string;
let started: RealProgram[] = [];
let families: number[] = [];

const start = (...args: string[]): RealProgram => {
  const program = startProgram('headless.ts', ['--headless', '--panel-port', '0', ...args]);
  started.push(program);
  return program;
};
const dataIn = (name: string): string => path.join(folder, name);

/** The pids of everything that a program has started by now, itself first; they are ended after the test whatever happens. */
const familyOf = (program: RealProgram): readonly number[] => {
  const family = tellsChildren ? [program.pid, ...descendantsOf(program.pid)] : [program.pid];
  families.push(...family);
  return family;
};
const allGone = (pids: readonly number[]): Promise<void> =>
  eventually(`${pids.join(', ')} have ended`, () => !pids.some(isRunning));
const endOf = async (program: RealProgram): Promise<number | NodeJS.Signals> => {
  program.signal('SIGTERM');
  return program.ended;
};

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-start-'));
});
afterEach(async () => {
  for (const program of started) {
    program.signal('SIGKILL');
    await program.ended;
  }
  for (const pid of families.filter((pid) => tellsChildren && isRunning(pid))) process.kill(pid, 'SIGKILL');
  started = [];
  families = [];
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('a start that succeeds', () => {
  test('says in one line where the seat is, from any folder, with any name of the data folder, and ends with nothing left', async (context) => {
    if (!tellsChildren) leaveOut(context, 'this system does not tell which process started which');
    const data = dataIn('值守 数据 & more');
    const program = startProgram('headless.ts', ['--demo', '--lang', 'en', '--panel-port', '0', '--data', data], {
      cwd: folder,
    });
    started.push(program);
    const address = await program.ready();
    expect(address.searchParams.get('lang')).toBe('en');
    const page = await fetch(address);
    expect([page.status, (await page.text()).includes('<!doctype html>')]).toEqual([200, true]);
    // The supervisor, the station and the simulators.
    const family = familyOf(program);
    expect(family.length).toBeGreaterThanOrEqual(3);

    const second = await runProgram('headless.ts', ['--data', data, '--panel-port', '0']);
    expect(second).toMatchObject({ status: 1, stdout: '' });
    expect(second.stderr).toMatch(
      /^另一个值守台正在使用这个数据文件夹[^\n]*\nAnother Guardroom is using this data folder[^\n]*\n$/,
    );
    expect((await fetch(address)).status).toBe(200);

    expect(await endOf(program)).toBe(0);
    await allGone(family);
    expect(program.readyLines()).toHaveLength(1);
    expect(program.stderr()).toBe('');
  });

  test('says nothing else on standard output when no demo runs', async () => {
    const program = start('--no-demo', '--data', dataIn('quiet'));
    const address = await program.ready();
    familyOf(program);
    expect(address.searchParams.get('lang')).toBeNull();
    expect(await endOf(program)).toBe(0);
    expect(program.stdout()).toBe(`Guardroom ready: ${address.href}\n`);
  });
});

test('no debugger is opened from outside: SIGUSR1 means nothing to supervisor and station', async (context) => {
  if (!tellsChildren) leaveOut(context, 'this system does not tell which process started which');
  const program = start('--no-demo', '--data', dataIn('debug'));
  const address = await program.ready();
  const family = familyOf(program);
  for (const pid of family) process.kill(pid, 'SIGUSR1');
  for (let times = 0; times < 5; times += 1) expect((await fetch(address)).status).toBe(200);
  expect(await endOf(program)).toBe(0);
  expect(program.stderr()).toBe('');
});

describe('an end that comes early or hard', () => {
  test('SIGTERM before the station is ready leaves nothing running', async (context) => {
    if (!tellsChildren) leaveOut(context, 'this system does not tell which process started which');
    const program = start('--demo', '--data', dataIn('early'));
    await eventually('the station process is there', () => descendantsOf(program.pid).length > 0);
    const family = familyOf(program);
    expect(await endOf(program)).toBe(0);
    await allGone(family);
    expect(program.readyLines()).toEqual([]);
  });

  test('a supervisor that is killed leaves no orphan: station and simulators end by themselves', async (context) => {
    if (!tellsChildren) leaveOut(context, 'this system does not tell which process started which');
    const data = dataIn('orphan');
    const program = start('--demo', '--data', data);
    await program.ready();
    const family = familyOf(program);
    expect(family.length).toBeGreaterThanOrEqual(3);
    program.signal('SIGKILL');
    expect(await program.ended).toBe('SIGKILL');
    await allGone(family);
    // The folder is free again, and whole.
    const verified = await runProgram('journal-cli.ts', ['verify', '--data', data]);
    expect(verified).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('a start that cannot succeed', () => {
  const refusals = async (...args: string[]): Promise<string> => {
    const result = await runProgram('headless.ts', args);
    expect(result).toMatchObject({ status: 1, stdout: '' });
    return result.stderr;
  };

  describe('because a port is taken', () => {
    let other: Server;
    let port: number;
    beforeEach(async () => {
      other = createServer((socket) => socket.destroy());
      port = await listenOnLoopback(other);
    });
    afterEach(async () => {
      await new Promise((resolve) => void other.close(resolve));
    });

    test.each(['--port', '--panel-port'])('%s: names the port', async (option) => {
      const said = await refusals('--no-demo', '--data', dataIn('port'), option, String(port));
      expect(said).toMatch(
        new RegExp(
          `^另一个程序占用了端口（[^\\n]*${port}）[^\\n]*\\nAnother program uses the port \\([^\\n]*${port}\\)[^\\n]*\\n$`,
        ),
      );
    });
  });

  test('because the demo was asked for in a real community’s folder, which stays as it was', async () => {
    const data = dataIn('real');
    const first = start('--no-demo', '--data', data);
    const address = await first.ready();
    familyOf(first);
    const seat = await connectSeat({ port: Number(address.port), token: address.searchParams.get('token') ?? '' });
    await establishCommunity(seat, '真实小区');
    const session = seat.sessionToken();
    const before = await readLog(seat);
    expect(await endOf(first)).toBe(0);

    const said = await refusals('--demo', '--data', data, '--panel-port', '0');
    expect(said).toMatch(/^这个数据文件夹里是真实小区的数据[^\n]*\nThis data folder holds a real community[^\n]*\n$/);

    const again = start('--no-demo', '--data', data);
    const back = await again.ready();
    familyOf(again);
    const returned = await connectSeat({
      port: Number(back.port),
      token: back.searchParams.get('token') ?? '',
      session,
    });
    expect(returned.rows('community')).toEqual([expect.objectContaining({ name: '真实小区' })]);
    expect(returned.rows('demo')).toEqual([]);
    expect(returned.welcome.session?.role).toBe('manager');
    const after = await readLog(returned);
    expect(after.slice(-before.length)).toEqual(before);
    returned.terminate();
    expect(await endOf(again)).toBe(0);
  });

  const notWritable = /^数据文件夹不能写入[^\n]*\nThe data folder cannot be written[^\n]*\n$/;

  test('because the data folder is a file, or lies below one', async () => {
    const file = dataIn('文件.txt');
    writeFileSync(file, 'mine');
    const said = await refusals('--no-demo', '--data', file, '--panel-port', '0');
    expect(said).toMatch(notWritable);
    expect(said).toContain(file);
    expect(await refusals('--no-demo', '--data', path.join(file, 'below'), '--panel-port', '0')).toMatch(notWritable);
  });

  test('because the data folder may not be written', async (context) => {
    if (process.getuid === undefined)
      leaveOut(context, 'this system has no permissions of files that a test could take away');
    const data = dataIn('locked');
    mkdirSync(data);
    chmodSync(data, 0o555);
    // Root may write everywhere: it is tried without that right, in folders that are its own like those of the project.
    const isRoot = process.getuid?.() === 0;
    if (isRoot && !canDropOverride())
      leaveOut(context, 'root, and no way here to take from it the right to write everywhere');
    const result = await runProgram('headless.ts', ['--no-demo', '--data', data, '--panel-port', '0'], {
      before: isRoot ? withoutOverride : [],
    });
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(notWritable);
    expect(result.stderr).toContain(data);
  });

  test.each([['--nonsense'], ['--port', '70000'], ['--lang', 'fr'], ['--demo', '--no-demo']])(
    'because %s is not understood: shows how it is used',
    async (...args) => {
      const result = await runProgram('headless.ts', [...args, '--data', dataIn('none')]);
      expect(result).toMatchObject({ status: 2, stdout: '' });
      expect(result.stderr).toContain('--panel-port N');
      expect(result.stderr.split('\n')[0]).toContain(args[0]);
    },
  );
});
