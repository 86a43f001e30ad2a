import { parseJson } from '../../electron/domain/kernel/json.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Log } from '../../electron/station/ports/clock.port.ts';
import type { DemoLanguage, DemoPort } from '../../electron/station/features/demo/demo.port.ts';
import { parseReadyLine, type DemoReady } from './demo-ready.ts';
import { seedOf } from './demo-seed.ts';

export interface DemoProcessOptions {
  /** Remembers the ports and the language here, so that a restarted station finds the same cameras. */
  readonly dataDir: string;
  readonly log: Log;
  /** Cameras of the demo, 1 to 16. */
  readonly cameras: number;
  /** Told where things can be caused by hand, each time the simulators are up. */
  readonly onReady: (controlUrl: string) => void;
}

const READY_MS = 20_000;
const STOP_MS = 3000;
/** Ports are taken from a range that neither services nor the system's own choices use much. */
const BASE_FROM = 20_000;
const BASE_TO = 30_000;
const ATTEMPTS = 5;
const SAME_PORTS_ATTEMPTS = 3;
const PAUSE_MS = 700;

/** `control`: where the demo's events are caused by hand, for people and tests. */
const memory = z.object({
  portBase: z.int().min(1024).max(65_000),
  lang: z.enum(['zh-CN', 'en']),
  control: z.string(),
});
type Memory = z.infer<typeof memory>;

/** In development the simulators are TypeScript in the resources, in the bundle a `.js` beside the bundle. */
const simulatorEntry = (): string =>
  fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? '../../resources/demo/simulate.ts' : './simulate.js', import.meta.url),
  );

/** Nobody opens a debugger into the simulators either. Electron's executable does not know the word; a fuse keeps its debugger closed. */
const nodeArguments: readonly string[] = process.versions['electron'] === undefined ? ['--disable-sigusr1'] : [];

const recall = (file: string): Memory | null => {
  try {
    return memory.parse(parseJson(readFileSync(file, 'utf8')));
  } catch {
    // Nothing is remembered, or it is unreadable: both mean a fresh choice.
    return null;
  }
};

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

const stopChild = async (child: ChildProcess): Promise<void> => {
  const timer = globalThis.setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  // The end of its input is the wish to stop: on Windows a SIGTERM would end it at once.
  child.stdin?.end();
  await ended(child);
  clearTimeout(timer);
};

/** Starts the simulators and waits for their ready line; rejects when they end first or say nothing in time. */
const startChild = (args: readonly string[], onStart: (child: ChildProcess) => void): Promise<DemoReady> =>
  new Promise((resolve, reject) => {
    // Electron's own executable becomes Node with this variable; elsewhere it means nothing.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const child = spawn(process.execPath, [...nodeArguments, simulatorEntry(), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env,
    });
    onStart(child);
    const timer = globalThis.setTimeout(() => reject(new Error('the simulators did not become ready')), READY_MS);
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const ready = parseReadyLine(line);
      if (ready === null) return;
      clearTimeout(timer);
      resolve(ready);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the simulators ended (${code ?? 'signal'})`));
    });
  });

/** The demo community's simulators as a child process. They end with the station: their standard input closes. */
export const createDemoProcess = (options: DemoProcessOptions): DemoPort => {
  const file = path.join(options.dataDir, 'demo.json');
  let child: ChildProcess | null = null;
  let lost: () => void = () => undefined;

  /** A full disk keeps the ports from being remembered, and nobody from the demo. */
  const remember = (known: Memory): void => {
    try {
      writeFileSync(file, JSON.stringify(known), { mode: 0o600 });
    } catch (error) {
      options.log.warn('the ports of the demo were not remembered', { problem: String(error) });
    }
  };

  const stop = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running !== null) await stopChild(running);
  };

  const start = async (panelPort: number, nowMs: number, lang?: DemoLanguage) => {
    await stop();
    const remembered = recall(file);
    const language = lang ?? remembered?.lang ?? 'zh-CN';
    let portBase = remembered?.portBase ?? randomInt(BASE_FROM, BASE_TO);
    for (let attempt = 1; ; attempt += 1) {
      const args = [
        '--cameras',
        String(options.cameras),
        '--port-base',
        String(portBase),
        '--sia',
        `127.0.0.1:${panelPort}`,
        '--lang',
        language,
        '--attached',
      ];
      try {
        const ready = await startChild(args, (started) => {
          child = started;
        });
        remember({ portBase, lang: language, control: ready.control });
        const ours = child;
        // Whoever stops them has let go of them before.
        ours?.once('exit', () => {
          if (child !== ours) return;
          child = null;
          lost();
        });
        options.log.info('simulators ready', { control: ready.control, cameras: ready.cameras.length });
        options.onReady(ready.control);
        return seedOf(ready, nowMs, language);
      } catch (error) {
        await stop();
        options.log.warn('simulators did not start', { attempt, reason: String(error) });
        if (attempt === ATTEMPTS) throw error;
        // Simulators of a station that was killed let go of their ports a moment later: the old ports are worth a second try.
        if (attempt < SAME_PORTS_ATTEMPTS) await setTimeout(PAUSE_MS);
        else portBase = randomInt(BASE_FROM, BASE_TO);
      }
    }
  };
  return {
    start,
    onLost: (listener) => {
      lost = listener;
    },
    stop,
  };
};
