/** Whoever sends SIGUSR1 to a process of ours gets no debugger, and with it no key, no password and no gate. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { descendantsOf, eventually, isRunning, tellsChildren } from '../support/real-process.ts';
import { leaveOut } from '../support/requires.ts';

const start = path.resolve(import.meta.dirname, '../../resources/tooling/start.mjs');

/** Which file of ours a process runs. */
const entryOf = (pid: number): string => {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return path.basename(words.find((word) => /\.(?:ts|mjs)$/.test(word)) ?? words[0] ?? '');
};

test('of `npm start` with the demo: its own, the supervisor, the station and the simulators go on as if nothing was', async (context) => {
  if (!tellsChildren) leaveOut(context, 'this system does not tell which process started which');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-debug-'));
  const args = ['--headless', '--demo', '--panel-port', '0', '--data', path.join(folder, 'data')];
  const program = spawn(process.execPath, [start, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  onTestFinished(async () => {
    program.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  let said = '';
  let complained = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  program.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  await eventually('the demo is up', () => said.includes('Guardroom ready') && said.includes('demo controls'), 60_000);

  const family = [program.pid ?? 0, ...descendantsOf(program.pid ?? 0)];
  expect(family.map(entryOf).toSorted()).toEqual(['headless.ts', 'simulate.ts', 'start.mjs', 'station-main.ts']);
  for (const pid of family) process.kill(pid, 'SIGUSR1');
  const page = /Guardroom ready: (\S+)/.exec(said)?.[1] ?? '';
  const controls = /demo controls: (\S+)/.exec(said)?.[1] ?? '';
  for (let times = 0; times < 5; times += 1) {
    expect((await fetch(page)).status).toBe(200);
    expect((await fetch(controls)).ok).toBe(true);
  }
  expect(family.every(isRunning)).toBe(true);
  expect(complained).not.toMatch(/debugger|inspector/i);
});
