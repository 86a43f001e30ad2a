import { afterEach, describe, expect, it } from 'vitest';
import type { PanelPort, PanelReport } from '../../electron/station/ports/devices.port.ts';
import { encodeSiaBody } from '../../native/panels/sia-frame.ts';
import { createSiaReceiver } from '../../native/panels/sia-receiver.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { connectSia, type SiaClient } from '../support/sia-client.ts';
import { createMemoryLog, until } from '../support/system-clock.ts';

const strict = { account: '1409', supervisionMs: 3_600_000, lenient: false };
const lenient = { account: '2200', supervisionMs: 3_600_000, lenient: true };
const help = (sequence: string, account = '1409'): string =>
  `"SIA-DCS"${sequence}R1L0#${account}[#${account}|Nri1/MA05]`;

describe('garbage, huge and slow input on the panel port', () => {
  const ports: PanelPort[] = [];
  const clients: SiaClient[] = [];
  const start = async (options: { readonly maxSockets?: number; readonly allowedSources?: readonly string[] } = {}) => {
    const clock = createManualClock();
    const log = createMemoryLog();
    const { allowedSources = ['127.0.0.0/8'], ...limits } = options;
    const panel = createSiaReceiver({ clock, log, addresses: () => [], ...limits });
    ports.push(panel);
    await panel.listen({ host: '127.0.0.1', port: 0, sources: allowedSources });
    const reports: PanelReport[] = [];
    panel.onReport((report) => {
      reports.push(report);
      return 'committed';
    });
    panel.configure([strict, lenient]);
    const open = async (): Promise<SiaClient> => {
      const client = await connectSia(panel.port());
      clients.push(client);
      return client;
    };
    const kinds = (): readonly string[] => reports.map(({ kind }) => kind);
    return { clock, log, panel, reports, kinds, open };
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    for (const port of ports.splice(0)) await port.close();
  });

  it('answers several messages in one segment and one message byte by byte, in order', async () => {
    const { open, kinds } = await start();
    const client = await open();
    client.write(
      Buffer.concat([
        encodeSiaBody('"NULL"0001L0#1409[]'),
        encodeSiaBody(help('0002')),
        encodeSiaBody('"NULL"0003L0#1409[]'),
      ]),
    );
    await client.answers(3);
    for (const byte of encodeSiaBody(help('0004'))) client.write(Uint8Array.of(byte));
    expect(await client.answers(4)).toEqual([
      '"ACK"0001L0#1409[]',
      '"ACK"0002R1L0#1409[]',
      '"ACK"0003L0#1409[]',
      '"ACK"0004R1L0#1409[]',
    ]);
    expect(kinds()).toEqual(['alive', 'event', 'event']);
  });

  it('acknowledges a repeat and reports it once, on whichever connection it comes', async () => {
    const { open, kinds } = await start();
    const timed = `${help('0007')}_20:00:01,11-21-2026`;
    expect(await (await open()).send(timed)).toContain('"ACK"0007');
    expect(await (await open()).send(timed)).toContain('"ACK"0007');
    expect(kinds().filter((kind) => kind === 'event')).toHaveLength(1);
  });

  it.each([
    ['the retry time is over', 30_000, null],
    ['something came in between', 0, '"NULL"0007R1L0#1409[]'],
    ['a restoral came in between', 0, '"SIA-DCS"0007R1L0#1409[#1409|Nri1/MR05]'],
  ])('takes the same bytes for a new press when %s (ioBroker.sia 11, pysiaalarm 8)', async (_why, afterMs, between) => {
    const { open, reports, clock } = await start();
    const client = await open();
    const presses = () =>
      reports.filter((report) => report.kind === 'event' && report.code === 'MA' && report.zone === '05');
    expect(await client.send(help('0007'))).toContain('"ACK"0007');
    clock.advance(afterMs);
    for (const body of between === null ? [] : [between]) expect(await client.send(body)).toContain('"ACK"0007');
    expect(await client.send(help('0007'))).toContain('"ACK"0007');
    expect(presses()).toHaveLength(2);
  });

  it('takes the same number with another time for news: some panels never count', async () => {
    const { open, kinds } = await start();
    const client = await open();
    for (const second of ['01', '02', '03']) await client.send(`${help('0000')}_20:00:${second},11-21-2026`);
    expect(kinds().filter((kind) => kind === 'event')).toHaveLength(3);
  });

  it('refuses a wrong checksum, but not from a lenient account, and says so in the log', async () => {
    const { open, log, kinds } = await start();
    const client = await open();
    client.write(Buffer.from(encodeSiaBody(help('0001'))).fill('F', 1, 5));
    client.write(Buffer.from(encodeSiaBody(help('0002', '2200'))).fill('F', 1, 5));
    const answers = await client.answers(2);
    expect(answers[0]).toBe('"NAK"0001R1L0#1409[]_20:00:00,11-21-2026');
    expect(answers[1]).toBe('"ACK"0002R1L0#2200[]');
    expect(kinds()).toEqual(['unrecognised', 'unreadable', 'alive', 'event']);
    expect(log.lines.filter((line) => line.includes('checksum wrong'))).toHaveLength(1);
  });

  it('says DUH to ciphertext, to unknown kinds and to data it cannot read', async () => {
    const { open, kinds } = await start();
    const client = await open();
    expect(await client.send('"*SIA-DCS"0001L0#1409[A0B1C2D3')).toBe('"DUH"0001L0#1409[]');
    expect(await client.send('"OH-DEAR"0002L0#1409[]')).toBe('"DUH"0002L0#1409[]');
    expect(await client.send('"ADM-CID"0003L0#1409[#1409|what]')).toBe('"DUH"0003L0#1409[]');
    expect(kinds()).toEqual(['alive', ...Array.from({ length: 3 }, () => ['unrecognised', 'unreadable']).flat()]);
  });

  it('cuts off a peer that never ends its frame, and goes on serving others', async () => {
    const { open, reports } = await start();
    const flood = await open();
    const good = await open();
    flood.write(`\n0000"${'A'.repeat(100_000)}`);
    await until('the flood is cut off', flood.closed);
    expect(await good.send(help('0001'))).toContain('"ACK"');
    expect(reports[0]).toMatchObject({ kind: 'unrecognised', detail: 'a frame of more than 4096 bytes' });
  });

  it('cuts off a peer that drips, and one that says nothing; keeps one that has delivered', async () => {
    const { open, clock } = await start();
    const [drip, mute, good] = [await open(), await open(), await open()];
    drip.write('\n00');
    expect(await good.send('"NULL"0001L0#1409[]')).toContain('"ACK"');
    clock.advance(20_000);
    drip.write('00');
    expect(await good.send('"NULL"0002L0#1409[]')).toContain('"ACK"');
    clock.advance(11_000);
    await until('both are cut off', () => drip.closed() && mute.closed());
    clock.advance(600_000);
    expect(await good.send('"NULL"0003L0#1409[]')).toContain('"ACK"');
  });

  it('holds back a storm of what cannot be read and tells its sum', async () => {
    const { open, clock, reports } = await start();
    const knock = async (): Promise<void> => {
      const client = await open();
      client.write('\n"OH-DEAR"\r');
      await client.answers(1);
      client.close();
    };
    for (let times = 0; times < 40; times += 1) await knock();
    expect(reports).toHaveLength(10);
    clock.advance(60_000);
    await knock();
    expect(reports[10]).toMatchObject({ kind: 'unrecognised', detail: 'frame unreadable: header (and 30 more)' });
  });

  it('makes room when too many connect: the one that rested longest goes', async () => {
    const { open, clock } = await start({ maxSockets: 2 });
    const first = await open();
    expect(await first.send('"NULL"0001L0#1409[]')).toContain('"ACK"');
    clock.advance(1000);
    const second = await open();
    expect(await second.send('"NULL"0002L0#1409[]')).toContain('"ACK"');
    clock.advance(1000);
    expect(await first.send('"NULL"0003L0#1409[]')).toContain('"ACK"');
    const third = await open();
    expect(await third.send('"NULL"0004L0#1409[]')).toContain('"ACK"');
    await until('the second is closed', second.closed);
    expect(first.closed()).toBe(false);
  });

  it('lets nobody in who is not on the list', async () => {
    const { open, reports } = await start({ allowedSources: ['10.9.0.0/16', 'fd00::1'] });
    const client = await open();
    await until('it is closed', client.closed);
    expect(reports).toMatchObject([
      { kind: 'unrecognised', detail: 'connection from 127.0.0.1, which is not allowed' },
    ]);
    await expect(start({ allowedSources: ['not-an-address'] })).rejects.toThrow(RangeError);
  });

  it('survives random bytes on many connections', async () => {
    const { open, kinds } = await start();
    let state = 12_345;
    const noise = (length: number): Uint8Array =>
      Uint8Array.from({ length }, () => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return state >>> 16;
      });
    for (let peer = 0; peer < 20; peer += 1) (await open()).write(noise(3000));
    const good = await open();
    expect(await good.send(help('0001'))).toContain('"ACK"');
    expect(kinds()).toContain('event');
  });
});
