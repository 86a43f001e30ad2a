/** One suite for the demo community, on its simulators in a process of their own and on the fake that only tells. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { commandSchema } from '../../../electron/contract/commands.schema.ts';
import type { DemoPort, DemoSeed } from '../../../electron/station/features/demo/demo.port.ts';
import { createDemoProcess } from '../../../native/demo/demo-process.ts';
import { seedOf } from '../../../native/demo/demo-seed.ts';
import { demoCommunity } from '../../../resources/demo/community/community.ts';
import { createFakeDemo } from '../../support/fake-demo.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { descendantsOf, tellsChildren } from '../../support/real-process.ts';
import { leaveOut } from '../../support/requires.ts';
import { createMemoryLog, until } from '../../support/system-clock.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

interface Bench {
  readonly port: DemoPort;
  readonly panelPort: number;
  /** Whether something reported to the panel port. */
  readonly hasReported: () => boolean;
  readonly isRunning: () => Promise<boolean>;
  /** What was started ends by itself, as when somebody ends its process. `null` where this machine gives no way to it. */
  readonly lose: (() => void) | null;
  readonly close: () => Promise<void>;
}

const PANEL_PORT = 4711;

const fake = async (comesUp: boolean): Promise<Bench> => {
  const camera = {
    id: demoCommunity.gate.camera,
    onvif: 'http://192.0.2.1/',
    rtspMain: 'rtsp://192.0.2.1/main',
    rtspSub: 'rtsp://192.0.2.1/sub',
    username: 'viewer',
    password: 'x',
  };
  const port = createFakeDemo((nowMs, lang) => {
    if (!comesUp) throw new Error('as the test says');
    return seedOf({ simulator: 'ready', control: 'http://192.0.2.1/', cameras: [camera] }, nowMs, lang);
  });
  const running = (): boolean => port.reportingTo() === PANEL_PORT;
  return {
    port,
    panelPort: PANEL_PORT,
    hasReported: running,
    isRunning: async () => running(),
    lose: port.lose,
    close: port.stop,
  };
};

/** Ends the simulators that report to this port, from outside. */
const endFromOutside = (panelPort: number): void => {
  const found = descendantsOf(process.pid).filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`127.0.0.1:${panelPort}`),
  );
  expect(found).toHaveLength(1);
  for (const pid of found) process.kill(pid, 'SIGKILL');
};

const makeFolder = temporaryFolders();

const real = async (comesUp: boolean): Promise<Bench> => {
  let reports = 0;
  let control = '';
  const panel = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      reports += 1;
      socket.destroy();
    });
  });
  const panelPort = await listenOnLoopback(panel);
  const onReady = (url: string): void => {
    control = url;
  };
  // More cameras than the simulators know: they end at once and say why.
  const port = createDemoProcess({
    dataDir: makeFolder(),
    log: createMemoryLog(),
    cameras: comesUp ? 1 : 1000,
    onReady,
  });
  return {
    port,
    panelPort,
    hasReported: () => reports > 0,
    isRunning: () =>
      fetch(control).then(
        ({ ok }) => ok,
        () => false,
      ),
    lose: tellsChildren ? () => endFromOutside(panelPort) : null,
    close: async () => {
      await port.stop();
      await new Promise((resolve) => panel.close(resolve));
    },
  };
};

/** 2026-03-01 02:13:05 in Shanghai: of the night volunteer's shift, the hours before midnight are over. */
const night = Date.UTC(2026, 1, 28, 18, 13, 5);
const HOUR_MS = 3_600_000;

const idsOf = (seed: DemoSeed): readonly string[] =>
  seed.commands.map((command) =>
    Object.entries(command)
      .filter(([key]) => /^(type|\w+Id)$/.test(key))
      .map(([, value]) => String(value))
      .join(' '),
  );

describe.each([
  ['fake', fake],
  ['child process', real],
] as const)('demo port: %s', (_name, open) => {
  const opened: Bench[] = [];
  const start = async (comesUp = true): Promise<Bench> => {
    const bench = await open(comesUp);
    opened.push(bench);
    return bench;
  };
  afterEach(async () => {
    for (const { close } of opened.splice(0)) await close();
  });

  it('is up when it says so, reports to the panel port, and is gone when it is stopped', async () => {
    const { port, panelPort, hasReported, isRunning } = await start();
    await port.stop();
    await port.start(panelPort, night);
    expect(await isRunning()).toBe(true);
    await until('a report', hasReported);
    await port.stop();
    await port.stop();
    expect(await isRunning()).toBe(false);
  });

  it('tells a community of commands that the contract knows, with whom the roster has on duty', async () => {
    const { port, panelPort } = await start();
    const { commands, volunteerId, timeZone } = await port.start(panelPort, night);
    const id = '018f3c1e-7c1e-7c1e-8c1e-7c1e7c1e7c1e';
    expect(
      commands.filter((command) => !commandSchema.safeParse({ ...command, id, occurredAt: night }).success),
    ).toEqual([]);
    expect(commands.filter(({ type }) => type === 'addCamera')).toHaveLength(1);
    expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
    const onDuty = commands.flatMap((command) =>
      command.type === 'setRosterEntry' && command.fromMs <= night && night < command.toMs ? [command.personId] : [],
    );
    expect(onDuty).toEqual([volunteerId]);
  });

  it('names the same ids when it is started again, anchored at the new time, in the language of last time', async () => {
    const { port, panelPort } = await start();
    const first = await port.start(panelPort, night, 'en');
    const again = await port.start(panelPort, night);
    expect(idsOf(again)).toEqual(idsOf(first));
    expect(again.communityName).toBe(first.communityName);
    const later = await port.start(panelPort, night + 9 * HOUR_MS, 'zh-CN');
    expect(later.communityName).not.toBe(first.communityName);
    expect(later.volunteerId).not.toBe(first.volunteerId);
  });

  it('speaks Chinese when nobody ever said otherwise', async () => {
    const { port, panelPort } = await start();
    expect((await port.start(panelPort, night)).communityName).toMatch(/\p{Script=Han}/u);
  });

  it('tells that what was up has ended by itself, once, and never of what was stopped or started anew', async (context) => {
    const { port, panelPort, isRunning, lose } = await start();
    if (lose === null) return leaveOut(context, 'this system does not tell which process started which');
    let times = 0;
    port.onLost(() => {
      times += 1;
    });
    await port.start(panelPort, night);
    await port.start(panelPort, night);
    await port.stop();
    expect(times).toBe(0);
    await port.start(panelPort, night);
    lose();
    await until('it is told', () => times > 0);
    expect(await isRunning()).toBe(false);
    await port.start(panelPort, night);
    expect(await isRunning()).toBe(true);
    await port.stop();
    expect(times).toBe(1);
  });

  it('tells the newest listener only', async (context) => {
    const { port, panelPort, lose } = await start();
    if (lose === null) return leaveOut(context, 'this system does not tell which process started which');
    const told: string[] = [];
    port.onLost(() => told.push('first'));
    port.onLost(() => told.push('second'));
    await port.start(panelPort, night);
    lose();
    await until('it is told', () => told.length > 0);
    expect(told).toEqual(['second']);
  });

  it('tells nothing of what never came up', async () => {
    const { port, panelPort } = await start(false);
    let times = 0;
    port.onLost(() => {
      times += 1;
    });
    await expect(port.start(panelPort, night)).rejects.toThrow();
    await port.stop();
    expect(times).toBe(0);
  });

  it('rejects when it does not come up', async () => {
    const { port, panelPort } = await start(false);
    await expect(port.start(panelPort, night)).rejects.toThrow();
  });
});
