/** `npm start` opens a browser: what it puts on that program's command line is of no use to whoever reads it there. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../support/real-process.ts';
import { leaveOut } from '../support/requires.ts';

const start = path.resolve(import.meta.dirname, '../../resources/tooling/start.mjs');

test('the opener gets a ticket that is good once, and the printed address goes on working', async (context) => {
  if (process.platform !== 'linux') leaveOut(context, 'a program takes the place of xdg-open');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom 打开 '));
  const seen = path.join(folder, 'arguments');
  writeFileSync(
    path.join(folder, 'xdg-open'),
    `#!/bin/sh\nprintf '%s' "$*" > "${seen}.part"\nmv "${seen}.part" "${seen}"\n`,
    {
      mode: 0o755,
    },
  );
  const args = ['--no-demo', '--lang', 'en', '--panel-port', '0', '--data', path.join(folder, 'data')];
  const { CI: _ci, ...env } = process.env;
  const program = spawn(process.execPath, [start, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...env,
      DISPLAY: ':0',
      // No Electron: the seat runs in a browser.
      ELECTRON_OVERRIDE_DIST_PATH: path.join(folder, 'nowhere'),
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    },
  });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  onTestFinished(async () => {
    program.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  let said = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await eventually('the browser is opened', () => existsSync(seen), 60_000);

  const printed = new URL(/Guardroom ready: (\S+)/.exec(said)?.[1] ?? '');
  const opened = new URL(readFileSync(seen, 'utf8'));
  const token = printed.searchParams.get('token');
  expect(opened.href).not.toContain(token);
  expect([...opened.searchParams.keys()].toSorted()).toEqual(['lang', 'ticket']);
  const spend = (): Promise<Response> =>
    fetch(new URL('/tickets/spend', opened), {
      method: 'POST',
      headers: { origin: opened.origin },
      body: opened.searchParams.get('ticket'),
    });
  expect(await (await spend()).text()).toBe(token);
  expect((await spend()).status).toBe(403);
  expect((await fetch(printed)).status).toBe(200);
});
