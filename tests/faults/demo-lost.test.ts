/** The demo's simulators are killed from outside: they come back by themselves, under the same addresses. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { descendantsOf, eventually, startProgram, tellsChildren } from '../support/real-process.ts';
import { leaveOut } from '../support/requires.ts';

const isSimulators = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('simulate.ts');
  } catch {
    // It ended between two looks.
    return false;
  }
};

test('simulators that were killed are started again, twice', async (context) => {
  if (!tellsChildren) leaveOut(context, 'this system does not tell which process started which');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-demo-lost-'));
  const program = startProgram('headless.ts', ['--demo', '--panel-port', '0', '--data', path.join(folder, 'data')]);
  onTestFinished(async () => {
    program.signal('SIGTERM');
    await program.ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  await program.ready();
  const simulators = (): readonly number[] => descendantsOf(program.pid).filter(isSimulators);
  const controls = (): readonly string[] => program.stdout().match(/demo controls: \S+/g) ?? [];
  for (const times of [1, 2]) {
    const [running] = simulators();
    if (running === undefined) throw new Error('no simulators run');
    process.kill(running, 'SIGKILL');
    await eventually('they are up again', () => controls().length === times + 1, 60_000);
    expect(simulators()).toHaveLength(1);
    expect(simulators()).not.toContain(running);
  }
  expect(new Set(controls()).size).toBe(1);
});
