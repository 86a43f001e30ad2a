import { afterEach, describe, expect, it } from 'vitest';
import type { PanelPort, PanelReport } from '../../../electron/station/ports/devices.port.ts';
import { createSiaReceiver } from '../../../native/panels/sia-receiver.ts';
import { createFakePanel } from '../../support/fake-panel.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { connectSia } from '../../support/sia-client.ts';
import { createMemoryLog } from '../../support/system-clock.ts';

interface Bench {
  readonly panel: PanelPort;
  readonly clock: ManualClock;
  readonly alive: (account: string) => Promise<string>;
  readonly help: (account: string, zone: string) => Promise<string>;
  readonly end: () => Promise<void>;
}

const fake = async (): Promise<Bench> => {
  const clock = createManualClock();
  const panel = createFakePanel(clock);
  return {
    panel,
    clock,
    alive: async (account) => panel.sendAlive(account),
    help: async (account, zone) =>
      panel.sendEvent({ account, code: 'MA', protocol: 'SIA-DCS', meaning: 'help', restored: false, zone }),
    end: () => panel.close(),
  };
};

const real = async (): Promise<Bench> => {
  const clock = createManualClock();
  const panel = createSiaReceiver({ clock, log: createMemoryLog(), addresses: () => [] });
  await panel.listen({ host: '127.0.0.1', port: 0, sources: ['127.0.0.1'] });
  const client = await connectSia(panel.port());
  let sequence = 0;
  const send = async (id: string, account: string, data: string): Promise<string> => {
    sequence += 1;
    return (await client.send(`"${id}"${String(sequence).padStart(4, '0')}L0#${account}[${data}]`)).slice(1, 4);
  };
  return {
    panel,
    clock,
    alive: (account) => send('NULL', account, ''),
    help: (account, zone) => send('SIA-DCS', account, `#${account}|NMA${zone}`),
    end: async () => {
      client.close();
      await panel.close();
    },
  };
};

const account = { account: '4F39', supervisionMs: 60_000, lenient: false };

describe.each([
  ['fake', fake],
  ['SIA DC-09 over TCP', real],
] as const)('panel port: %s', (_name, open) => {
  const opened: Bench[] = [];
  const start = async () => {
    const bench = await open();
    opened.push(bench);
    const reports: PanelReport[] = [];
    const state: { answer: 'committed' | 'refused' } = { answer: 'committed' };
    const stop = bench.panel.onReport((report) => {
      reports.push(report);
      return state.answer;
    });
    bench.panel.configure([account]);
    return { ...bench, reports, state, stop };
  };
  afterEach(async () => {
    for (const bench of opened.splice(0)) await bench.end();
  });

  it('reports a press of a help button and acknowledges it', async () => {
    const { help, reports, clock } = await start();
    expect(await help('4F39', '05')).toBe('ACK');
    expect(reports).toEqual([
      { kind: 'alive', account: '4F39', atMs: clock.nowMs() },
      {
        kind: 'event',
        account: '4F39',
        code: 'MA',
        protocol: 'SIA-DCS',
        meaning: 'help',
        restored: false,
        zone: '05',
        number: 'zone',
        atMs: clock.nowMs(),
        panelAtMs: null,
      },
    ]);
  });

  it('does not acknowledge what was not recorded, and takes it when it comes again', async () => {
    const { help, alive, state, reports } = await start();
    expect(await alive('4F39')).toBe('ACK');
    state.answer = 'refused';
    expect(await help('4F39', '05')).toBe('NAK');
    state.answer = 'committed';
    expect(await help('4F39', '05')).toBe('ACK');
    expect(reports.filter(({ kind }) => kind === 'event')).toHaveLength(2);
  });

  it('does not acknowledge when nobody records', async () => {
    const { help, stop, reports } = await start();
    stop();
    expect(await help('4F39', '05')).toBe('NAK');
    expect(reports).toEqual([]);
  });

  it('tells a silence once and the return once', async () => {
    const { alive, clock, reports } = await start();
    await alive('4F39');
    const lastMs = clock.nowMs();
    clock.advance(30_000);
    clock.advance(31_000);
    clock.advance(300_000);
    expect(reports.filter(({ kind }) => kind === 'silent')).toEqual([
      { kind: 'silent', account: '4F39', sinceMs: lastMs },
    ]);
  });

  it('keeps an account alive that calls in time', async () => {
    const { alive, clock, reports } = await start();
    for (let call = 0; call < 5; call += 1) {
      expect(await alive('4F39')).toBe('ACK');
      clock.advance(59_000);
    }
    expect(reports.map(({ kind }) => kind)).toEqual(['alive']);
  });

  it('tells an unknown account and does not take it for an event', async () => {
    const { help, reports } = await start();
    expect(await help('9999', '05')).toBe('NAK');
    expect(reports.map(({ kind }) => kind)).toEqual(['unrecognised']);
  });
});
