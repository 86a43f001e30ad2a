import { afterEach, describe, expect, it } from 'vitest';
import type { PanelReport } from '../../../electron/station/ports/devices.port.ts';
import { createSiaReceiver } from '../../../native/panels/sia-receiver.ts';
import { startSimulator } from '../../support/simulator.ts';
import { createMemoryLog, systemClock, until } from '../../support/system-clock.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe('the receiver and the simulated panel, which know nothing of each other', () => {
  it('a pressed help button is reported once in both protocols, a silent panel is noticed, and its return', async () => {
    const receiver = createSiaReceiver({ clock: systemClock, log: createMemoryLog(), addresses: () => [] });
    closers.push(receiver.close);
    await receiver.listen({ host: '127.0.0.1', port: 0, sources: ['127.0.0.1'] });
    const reports: PanelReport[] = [];
    let answer: 'committed' | 'refused' = 'committed';
    receiver.onReport((report) => {
      reports.push(report);
      return answer;
    });
    const simulator = await startSimulator(1, ['--sia', `127.0.0.1:${receiver.port()}`, '--supervision-seconds', '1']);
    closers.push(simulator.close);
    const { account, zones } = simulator.sia;
    const [first] = zones;
    if (first === undefined) throw new Error('the simulated panel has no buttons');
    receiver.configure([{ account, supervisionMs: 3000, lenient: false }]);
    const kinds = (): readonly string[] => reports.map(({ kind }) => kind);
    const events = () => reports.filter((report) => report.kind === 'event');

    await until('the panel is alive', () => kinds().includes('alive'));
    await simulator.cause('press', { residence: first.residence });
    await until('the press', () => events().length === 1);
    expect(events()[0]).toMatchObject({ account, protocol: 'SIA-DCS', meaning: 'help', restored: false });
    expect(Number(events()[0]?.zone)).toBe(first.zone);
    await simulator.cause('restore', { residence: first.residence, dialect: 'cid' });
    await until('its end', () => events().length === 2);
    expect(events()[1]).toMatchObject({ account, protocol: 'ADM-CID', meaning: 'help', restored: true });

    // What is not recorded is not acknowledged, so the panel says it again.
    answer = 'refused';
    await simulator.cause('press', { residence: first.residence });
    await until('the press that is refused', () => events().length === 3);
    answer = 'committed';
    await until('the press again', () => events().length >= 4, 30_000);

    await simulator.cause('silencePanel', { silent: true });
    await until('the silence', () => kinds().at(-1) === 'silent', 10_000);
    await simulator.cause('silencePanel', { silent: false });
    await until('the return', () => kinds().at(-1) === 'alive', 10_000);
    expect(kinds().filter((kind) => kind === 'unrecognised')).toEqual([]);
  });
});
