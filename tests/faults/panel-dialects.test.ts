/** What real panels send, rebuilt from public reports (named at each case), over the wire. */
import { afterEach, describe, expect, it } from 'vitest';
import type { PanelPort, PanelReport } from '../../electron/station/ports/devices.port.ts';
import { crc16Arc } from '../../native/panels/crc16.ts';
import { encodeSiaBody } from '../../native/panels/sia-frame.ts';
import { createSiaReceiver } from '../../native/panels/sia-receiver.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { connectSia, type SiaClient } from '../support/sia-client.ts';
import { createMemoryLog, until } from '../support/system-clock.ts';

const ports: PanelPort[] = [];
const clients: SiaClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const port of ports.splice(0)) await port.close();
});

const start = async (accounts: readonly string[] = ['1234', 'AB12', '0042']) => {
  const clock = createManualClock();
  const panel = createSiaReceiver({ clock, log: createMemoryLog(), addresses: () => [] });
  ports.push(panel);
  await panel.listen({ host: '127.0.0.1', port: 0, sources: ['127.0.0.1'] });
  const reports: PanelReport[] = [];
  panel.onReport((report) => {
    reports.push(report);
    return 'committed';
  });
  panel.configure(accounts.map((account) => ({ account, supervisionMs: 3_600_000, lenient: false })));
  const client = await connectSia(panel.port());
  clients.push(client);
  const events = (): readonly string[] =>
    reports.flatMap((report) =>
      report.kind === 'event' ? [`${report.account} ${report.code}${report.zone} ${report.meaning}`] : [],
    );
  const unreadable = (): readonly string[] =>
    reports.flatMap((report) => (report.kind === 'unreadable' ? [`${report.account} ${report.why}`] : []));
  return { clock, panel, client, reports, events, unreadable };
};

/** A frame whose checksum stands in two bytes, and the bytes that come back. */
const binary = (body: string, lowFirst = false): Uint8Array => {
  const bytes = Buffer.from(body, 'latin1');
  const crc = crc16Arc(bytes);
  const pair = lowFirst ? [crc & 0xff, crc >>> 8] : [crc >>> 8, crc & 0xff];
  const length = bytes.length.toString(16).toUpperCase().padStart(4, '0');
  return Buffer.concat([Buffer.from('\n'), Uint8Array.from(pair), Buffer.from(length), bytes, Buffer.from('\r')]);
};

describe('a checksum of two bytes (ioBroker.sia 4 and 111, Lupus; pysiaalarm 52, Trikdis)', () => {
  it.each([false, true])('is taken and answered in the same form (low byte first: %s)', async (lowFirst) => {
    const { client, events } = await start();
    const got: Buffer[] = [];
    client.socket.on('data', (chunk) => got.push(chunk));
    for (let zone = 1; zone <= 40; zone += 1) {
      const sequence = String(zone).padStart(4, '0');
      client.write(binary(`"SIA-DCS"${sequence}L0#1234[#1234|Nri1/PA${String(zone)}]`, lowFirst));
    }
    const wanted = Buffer.concat(
      Array.from({ length: 40 }, (_, index) =>
        Buffer.from(binary(`"ACK"${String(index + 1).padStart(4, '0')}L0#1234[]`, lowFirst)),
      ),
    );
    await until('all are answered', () => Buffer.concat(got).length >= wanted.length);
    expect(Buffer.concat(got)).toEqual(wanted);
    expect(events()).toHaveLength(40);
  });
});

describe('what panels write', () => {
  it.each([
    ['modifier without slash (dc09_spt, ioBroker.sia 3)', '"SIA-DCS"0001L0#1234[#1234|Nri2BA3]', '1234 BA3 burglary'],
    ['Extended SIA3 text (Eaton i-on)', '"SIA-DCS"0001L0#1234[#1234|Nri1/OP/ATom unset]', '1234 OP arming'],
    ['no account before the bracket (ioBroker.sia 4)', '"SIA-DCS"0001L0[#1234|Nri1/MA3]', '1234 MA3 help'],
    ['no account and no L (pysiaalarm 68)', '"SIA-DCS"0001[#1234|Nri1/MA3]', '1234 MA3 help'],
    ['data without #', '"SIA-DCS"0001L0#1234[1234|Nri1/MA3]', '1234 MA3 help'],
    ['data without #, and no account before it', '"SIA-DCS"0001L0[1234|Nri1/MA3]', '1234 MA3 help'],
    ['data without any account', '"SIA-DCS"0001L0#1234[Nri1/MA3]', '1234 MA3 help'],
    ['an account that stands in the data only', '"SIA-DCS"0001L0#9999[#1234|NMA3]', '1234 MA3 help'],
    ['noughts before the account', '"SIA-DCS"0001L0#00001234[#1234|NMA3]', '1234 MA3 help'],
    ['noughts left out of the account', '"SIA-DCS"0001L0#42[#42|NMA3]', '0042 MA3 help'],
    ['a token in small letters', '"sia-dcs"0001L0#1234[#1234|NMA3]', '1234 MA3 help'],
    ['an odd time', '"SIA-DCS"0001L0#1234[#1234|NMA3]_8:1:2,1-2-26', '1234 MA3 help'],
    ['a time that no clock has', '"SIA-DCS"0001L0#1234[#1234|NMA3]_25:61:00,13-40-2026', '1234 MA3 help'],
    ['a bracket too few', '"SIA-DCS"0001L0#1234[#1234|NMA3', '1234 MA3 help'],
    ['text in Windows-1252 behind', '"SIA-DCS"0001L0#1234[#1234|NMA3][XCaf\u00e9 \u0080]', '1234 MA3 help'],
    ['a receiver and a prefix of its own', '"SIA-DCS"0001R1ALFF#1234[#1234|NMA3]', '1234 MA3 help'],
    ['Contact ID without blanks', '"ADM-CID"0001L0#1234[#1234|110101003]', '1234 101003 help'],
    ['Contact ID of another token', '"SIA-DCS"0001L0#1234[#1234|1110 01 003]', '1234 110003 fire'],
  ])('%s', async (_name, body, event) => {
    const { client, events, unreadable } = await start();
    expect((await client.send(body)).slice(0, 5)).toBe('"ACK"');
    expect(events()).toEqual([event]);
    expect(unreadable()).toEqual([]);
  });

  it('an account in small letters is echoed as it came (pysiaalarm 36)', async () => {
    const { client, events } = await start();
    expect(await client.send('"SIA-DCS"0001R1L0#ab12[#ab12|NMA3]')).toBe('"ACK"0001R1L0#ab12[]');
    expect(events()).toEqual(['AB12 MA3 help']);
  });

  it('no account is echoed where none came', async () => {
    const { client } = await start();
    expect(await client.send('"SIA-DCS"0001L0[#1234|NMA3]')).toBe('"ACK"0001L0[]');
  });

  it('a frame without any account is the one account’s of its connection, and nobody’s on a fresh one', async () => {
    const { client, events, panel } = await start();
    expect(await client.send('"SIA-DCS"0001L0[NMA3]')).toContain('"NAK"');
    expect(await client.send('"NULL"0002L0#1234[]')).toContain('"ACK"');
    expect(await client.send('"SIA-DCS"0003L0[NMA4]')).toContain('"ACK"');
    expect(events()).toEqual(['1234 MA4 help']);
    const two = await connectSia(panel.port());
    clients.push(two);
    expect(await two.send('"NULL"0002L0#1234[]')).toContain('"ACK"');
    expect(await two.send('"NULL"0003L0#AB12[]')).toContain('"ACK"');
    expect(await two.send('"SIA-DCS"0004L0[NMA5]')).toContain('"NAK"');
  });

  it('a closing and an opening never are an alarm of the zone with the user’s number (GX, i-on)', async () => {
    const { client, reports } = await start();
    for (const [index, code] of ['CL', 'OP', 'CG', 'OG', 'CF', 'CA', 'OA', 'CQ', 'OR'].entries())
      await client.send(`"SIA-DCS"000${String(index)}L0#1234[#1234|Nri1/${code}3]`);
    expect(reports.flatMap((report) => (report.kind === 'event' ? [report.meaning] : []))).toEqual(
      Array.from({ length: 9 }, () => 'arming'),
    );
  });

  it('one number for ever: PA, PR, PA are three (ioBroker.sia 11, pysiaalarm 8)', async () => {
    const { client, events } = await start();
    for (const code of ['PA', 'PR', 'PA']) await client.send(`"SIA-DCS"0000L0#1234[#1234|Nri1/${code}3]`);
    expect(events()).toEqual(['1234 PA3 panic', '1234 PR3 panic', '1234 PA3 panic']);
  });

  it('the number after 9999 is 0001, and nothing is lost there', async () => {
    const { client, events } = await start();
    for (const sequence of ['9998', '9999', '0001']) await client.send(`"SIA-DCS"${sequence}L0#1234[#1234|NPA3]`);
    expect(events()).toHaveLength(3);
  });

  it('the same frame on two paths is one event', async () => {
    const { client, panel, events } = await start();
    const other = await connectSia(panel.port());
    clients.push(other);
    const body = '"SIA-DCS"0001L0#1234[#1234|NPA3]_20:00:00,11-21-2026';
    expect(await client.send(body)).toContain('"ACK"');
    expect(await other.send(body)).toContain('"ACK"');
    expect(events()).toHaveLength(1);
  });

  it('small hexadecimal letters in checksum and length', async () => {
    const { client, events } = await start();
    const frame = Buffer.from(encodeSiaBody('"SIA-DCS"0001L0#1234[#1234|NPA3]')).toString('latin1');
    client.write(Buffer.from(frame.slice(0, 9).toLowerCase() + frame.slice(9), 'latin1'));
    await client.answers(1);
    expect(events()).toHaveLength(1);
  });
});

describe('what names an account and cannot be read is told to people', () => {
  it.each([
    ['an unknown kind of message', '"OH-DEAR"0001L0#1234[#1234|what]', 'DUH', 'unreadable'],
    ['data of no form', '"SIA-DCS"0001L0#1234[#1234|???]', 'DUH', 'unreadable'],
    ['no data at all', '"SIA-DCS"0001L0#1234[]', 'DUH', 'unreadable'],
    ['ciphertext', '"*SIA-DCS"0001L0#1234[A0B1C2', 'DUH', 'encrypted'],
    ['encrypted signs of life', '"*NULL"0001L0#1234[A0B1C2', 'DUH', 'encrypted'],
    ['a head that no table knows', '"SIA-DCS"0001X9L0#1234[#1234|NMA3]', 'NAK', 'unreadable'],
  ])('%s', async (_name, body, answer, why) => {
    const { client, events, unreadable } = await start();
    expect((await client.send(body)).slice(1, 4)).toBe(answer);
    expect(unreadable()).toEqual([`1234 ${why}`]);
    expect(events()).toEqual([]);
  });

  it.each([
    ['a wrong checksum', (frame: string) => `\nFFFF${frame.slice(5)}`, 'checksum'],
    ['a wrong length', (frame: string) => `${frame.slice(0, 5)}0FFF${frame.slice(9)}`, 'checksum'],
    ['no checksum', (frame: string) => `\n${frame.slice(9)}`, 'unreadable'],
    ['a cut frame before a whole one', (frame: string) => frame.slice(0, -6) + frame, 'checksum'],
  ])('%s', async (_name, spoil, why) => {
    const { client, unreadable } = await start();
    const frame = Buffer.from(encodeSiaBody('"SIA-DCS"0001L0#1234[#1234|NMA3]')).toString('latin1');
    client.write(Buffer.from(spoil(frame), 'latin1'));
    await client.answers(1);
    expect(unreadable()).toEqual([`1234 ${why}`]);
  });

  it('is answered after it was recorded, and refused where it was not', async () => {
    const { panel, client } = await start();
    panel.onReport(() => 'refused');
    expect(await client.send('"OH-DEAR"0001L0#1234[#1234|what]')).toContain('"NAK"');
  });
});
