import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** What `resources/demo/simulate.ts` prints when it is ready, as far as tests need it. */
interface SimulatorReady {
  readonly control: string;
  readonly cameras: readonly {
    readonly id: string;
    readonly onvif: string;
    readonly rtspMain: string;
    readonly rtspSub: string;
    readonly username: string;
    readonly password: string;
  }[];
  readonly barrier: {
    readonly camera: string;
    readonly openRelay: string;
    readonly closeRelay: string;
    readonly openInput: string;
    readonly closedInput: string;
    readonly travelMs: number;
  };
  readonly sia: {
    readonly account: string;
    readonly zones: readonly { readonly zone: number; readonly residence: string }[];
  };
}

/** The demo community in a process of its own. */
export interface Simulator extends SimulatorReady {
  /** Performs `POST /api/<action>`, for example `press`, `cameraFault`, `barrierFault`; throws when it is refused. */
  readonly cause: (action: string, body: Readonly<Record<string, string | number | boolean>>) => Promise<void>;
  readonly close: () => Promise<void>;
}

const isReady = (value: unknown): value is SimulatorReady =>
  typeof value === 'object' &&
  value !== null &&
  'simulator' in value &&
  value.simulator === 'ready' &&
  'control' in value &&
  'cameras' in value;

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    // A line for people.
    return null;
  }
};

/** Starts the simulators on free ports of the loopback; rejects when they are not ready within 20 s or end before. */
export const startSimulator = async (cameras: number, options: readonly string[] = []): Promise<Simulator> => {
  const script = path.resolve(import.meta.dirname, '../../resources/demo/simulate.ts');
  const child = spawn(
    process.execPath,
    [script, '--cameras', String(cameras), '--port-base', '0', '--no-motion', '--attached', ...options],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  const close = async (): Promise<void> => {
    child.stdin.end();
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
  };
  const ready = await new Promise<SimulatorReady>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`the simulators ${why}: ${said.join('').slice(0, 2000)}`));
    const late = setTimeout(() => fail('were not ready within 20 s'), 20_000);
    void ended.then(() => fail('ended'));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const value = parse(line);
      if (!isReady(value)) return;
      clearTimeout(late);
      resolve(value);
    });
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    ...ready,
    close,
    cause: async (action, body) => {
      const reply = await fetch(`${ready.control}/api/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!reply.ok) throw new Error(`${action} was refused: ${await reply.text()}`);
    },
  };
};
