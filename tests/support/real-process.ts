/** Programs of the tree as people start them, and what of them still runs. */
import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

const electron = path.resolve(import.meta.dirname, '../../electron');

export const READY_LINE = /^Guardroom ready: (http:\/\/127\.0\.0\.1:(\d+)\/\?token=[\w-]+(?:&lang=(?:zh-CN|en))?)$/;

export interface RealProgram {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Lines of standard output so far that say where the seat is. */
  readonly readyLines: () => readonly string[];
  /** The seat's address; rejects when the program ends before it is there, or after a minute. */
  readonly ready: () => Promise<URL>;
  /** Exit status, or the signal's name. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** With a channel: what came over it so far, a message to the program, and the channel's end. */
  readonly messages: () => readonly unknown[];
  readonly send: (message: { readonly t: string }) => void;
  readonly letGo: () => void;
}

export interface ProgramRequest {
  readonly cwd?: string;
  /** A program and its arguments that starts this one in its turn. */
  readonly before?: readonly string[];
  /** The program's environment; this process's own when not given. */
  readonly env?: NodeJS.ProcessEnv;
  /** Starts it with a channel for messages, as the tooling does. */
  readonly channel?: boolean;
}

/** Takes from root the right to pass by the permissions of files (util-linux). */
export const withoutOverride: readonly string[] = [
  'setpriv',
  '--inh-caps=-dac_override,-dac_read_search',
  '--bounding-set=-dac_override,-dac_read_search',
];

/** Whether that works here, and the project can still be read then. */
export const canDropOverride = (): boolean => {
  const [program = '', ...args] = withoutOverride;
  return spawnSync(program, [...args, process.execPath, '--check', path.join(electron, 'headless.ts')]).status === 0;
};

/** Waits until a condition holds, looking every 20 ms; throws with `what` after `withinMs`. */
export const eventually = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 20_000,
): Promise<void> => {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await wait(20);
  }
};

/** Starts `electron/<entry>` with the same Node that runs the tests. */
export const startProgram = (
  entry: 'headless.ts' | 'journal-cli.ts',
  args: readonly string[],
  { cwd, before = [], env, channel = false }: ProgramRequest = {},
): RealProgram => {
  const [program = process.execPath, ...rest] = [...before, process.execPath, path.join(electron, entry), ...args];
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...(channel ? (['ipc'] as const) : [])];
  const child = spawn(program, rest, { cwd, env, stdio });
  const { pid, stdout, stderr } = child;
  if (pid === undefined || stdout === null || stderr === null) throw new Error(`${entry} did not start`);
  const said = { stdout: '', stderr: '' };
  stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const messages: unknown[] = [];
  child.on('message', (message) => messages.push(message));
  let over = false;
  // `close` waits for the children that inherited the output as well; `exit` does not.
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => {
      over = true;
      setImmediate(() => resolve(code ?? signal ?? 'SIGKILL'));
    });
  });
  const readyLines = (): readonly string[] => said.stdout.split('\n').filter((line) => READY_LINE.test(line));
  return {
    pid,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    readyLines,
    ready: async () => {
      await eventually(`${entry} is ready`, () => over || readyLines().length > 0, 60_000);
      const address = READY_LINE.exec(readyLines()[0] ?? '')?.[1];
      if (address === undefined) throw new Error(`${entry} ended: ${said.stderr}`);
      return new URL(address);
    },
    ended,
    signal: (signal) => void child.kill(signal),
    messages: () => messages,
    send: (message) => void child.send(message),
    letGo: () => child.disconnect(),
  };
};

/** Runs a program to its end; it is ended by force after a minute. */
export const runProgram = async (
  ...given: Parameters<typeof startProgram>
): Promise<{ readonly status: number | NodeJS.Signals; readonly stdout: string; readonly stderr: string }> => {
  const program = startProgram(...given);
  const late = setTimeout(() => program.signal('SIGKILL'), 60_000);
  const status = await program.ended;
  clearTimeout(late);
  return { status, stdout: program.stdout(), stderr: program.stderr() };
};

/** Whether this system tells who started whom (`/proc`, Linux). */
export const tellsChildren = existsSync('/proc/self/task');

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It ended between two looks.
    return '';
  }
};
const fieldOf = (pid: number, name: string): string =>
  new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(statusOf(pid))?.[1] ?? '';

/** Whether a process runs; one that has ended and was not collected yet does not. */
export const isRunning = (pid: number): boolean => !['', 'Z', 'X'].includes(fieldOf(pid, 'State'));

/** All descendants of a process that run now, nearest first. */
export const descendantsOf = (pid: number): readonly number[] => {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const found: number[] = [pid];
  for (const parent of found) found.push(...pids.filter((other) => fieldOf(other, 'PPid') === String(parent)));
  return found.slice(1).filter(isRunning);
};

/** Memory that a process holds, bytes. */
export const residentBytes = (pid: number): number => Number(fieldOf(pid, 'VmRSS')) * 1024;
