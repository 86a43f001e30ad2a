import { request } from 'node:http';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { PanelPort, PanelReport } from '../../electron/station/ports/devices.port.ts';
import { encodeSiaBody } from '../../native/panels/sia-frame.ts';
import { createSiaReceiver } from '../../native/panels/sia-receiver.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { connectSia, type SiaClient } from '../support/sia-client.ts';
import { createTestStation, createWorld, pass, settle } from '../support/station-harness.ts';
import { createMemoryLog, until } from '../support/system-clock.ts';

const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const open = async (panel: PanelPort): Promise<SiaClient> => {
  const client = await connectSia(panel.port());
  closers.push(client.close);
  return client;
};

const start = async (options: { readonly maxSockets?: number } = {}) => {
  const clock = createManualClock();
  const log = createMemoryLog();
  const panel = createSiaReceiver({ clock, log, addresses: () => [], ...options });
  closers.push(panel.close);
  await panel.listen({ host: '127.0.0.1', port: 0, sources: ['127.0.0.1'] });
  const reports: PanelReport[] = [];
  panel.onReport((report) => {
    reports.push(report);
    return 'committed';
  });
  panel.configure([{ account: '1409', supervisionMs: 3_600_000, lenient: false }]);
  const of = (kind: PanelReport['kind']) => reports.filter((report) => report.kind === kind);
  return { clock, log, panel, reports, of };
};

const press = (sequence: number, zone: string, account = '1409'): string =>
  `"SIA-DCS"${String(sequence).padStart(4, '0')}L0#${account}[#${account}|Nri1/MA${zone}]`;

/** What a web page can do with `fetch(url, {method: 'POST', mode: 'no-cors', body})`: frames in the body, never before the request line. */
const post = (port: number, body: Uint8Array): Promise<'answered' | 'cut off'> =>
  new Promise((resolve) => {
    const sent = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-type': 'text/plain' } }, () =>
      resolve('answered'),
    );
    sent.on('error', () => resolve('cut off'));
    sent.end(body);
  });

describe('what else on this machine talks to the panel port', () => {
  it('a web page can raise nothing, end nothing and learn nothing', async () => {
    const { panel, of, log } = await start();
    const known = encodeSiaBody(press(1, '05'));
    for (const body of [known, Buffer.concat([Buffer.from('\r\n'), known]), encodeSiaBody(press(2, '05', '7777'))])
      expect(await post(panel.port(), body)).toBe('cut off');
    expect(of('event')).toEqual([]);
    expect(of('alive')).toEqual([]);
    expect(log.lines.filter((line) => line.includes('http')).length).toBeGreaterThan(0);
    expect(await (await open(panel)).send(press(3, '05'))).toContain('"ACK"');
    expect(of('event')).toHaveLength(1);
  });

  it('a TLS hello, a GET and noise are each cut off at once', async () => {
    const { panel, of } = await start();
    await new Promise<void>((resolve) => {
      const tls = connectTls({ port: panel.port(), host: '127.0.0.1', rejectUnauthorized: false });
      tls.on('error', () => resolve());
      tls.on('close', () => resolve());
    });
    for (const noise of ['GET / HTTP/1.1\r\n\r\n', 'SSH-2.0-x\r\n', '{"a":1}', '\u0001\u0002\u0003']) {
      const client = await open(panel);
      client.write(noise);
      await until(`${JSON.stringify(noise)} is cut off`, client.closed);
    }
    expect(of('event')).toEqual([]);
  });
});

describe('guessing account numbers', () => {
  it('is told after ten, once a minute, with some of the numbers; and one wrong frame is only counted', async () => {
    const { panel, of, clock } = await start();
    const guess = async (account: string): Promise<void> => {
      const client = await open(panel);
      client.write(encodeSiaBody(`"NULL"0001L0#${account}[]`));
      await until('it is counted', () => panel.seen()[0]?.account === account);
      client.close();
    };
    for (let times = 1; times < 10; times += 1) await guess(`70${String(times)}0`);
    expect(of('stranger')).toEqual([]);
    for (let times = 10; times < 40; times += 1) await guess(`7${String(times)}0`);
    expect(of('stranger')).toEqual([
      expect.objectContaining({ source: '127.0.0.1', times: 10, accounts: ['7010', '7020', '7030', '7040', '7050'] }),
    ]);
    clock.advance(60_000);
    await guess('7777');
    expect(of('stranger')).toHaveLength(2);
    expect(of('stranger')[1]).toMatchObject({ times: 30 });
  });

  it('gets slow answers, right or wrong alike, and few of them from one connection', async () => {
    const { panel, clock, of } = await start();
    const client = await open(panel);
    for (let times = 1; times <= 3; times += 1)
      expect(await client.send(`"NULL"0001L0#700${String(times)}[]`)).toContain('"NAK"');
    const wrong = client.send('"NULL"0001L0#7004[]');
    const fresh = await open(panel);
    await until('the fourth is counted', () => panel.seen()[0]?.account === '7004');
    const right = fresh.send(press(5, '05'));
    await until('the press is reported at once', () => of('event').length === 1);
    const answered: string[] = [];
    void wrong.then((answer) => answered.push(answer));
    void right.then((answer) => answered.push(answer));
    clock.advance(1999);
    await settle();
    expect(answered).toEqual([]);
    clock.advance(1);
    await until('both are answered', () => answered.length === 2);
    expect(answered.toSorted().map((answer) => answer.slice(1, 4))).toEqual(['ACK', 'NAK']);
    client.write(encodeSiaBody('"NULL"0001L0#7005[]'));
    await until('the fifth is counted', () => panel.seen()[0]?.account === '7005');
    clock.advance(2000);
    await until('it is closed', client.closed);
  });

  it('never holds up a panel that has reported before, and does not push it out', async () => {
    const { panel, of } = await start({ maxSockets: 8 });
    const real = await open(panel);
    expect(await real.send('"NULL"0001L0#1409[]')).toContain('"ACK"');
    for (let times = 0; times < 60; times += 1) {
      const client = await open(panel);
      client.write(encodeSiaBody(`"NULL"0001L0#7${String(times).padStart(3, '0')}[]`));
    }
    await until('they are counted', () => panel.seen()[0]?.account === '7059');
    expect(real.closed()).toBe(false);
    expect(await real.send(press(2, '05'))).toContain('"ACK"');
    expect(of('event')).toHaveLength(1);
  });
});

it('a thousand invented places over the wire are one alarm and one incident, and real help stands beside it', async () => {
  const world = createWorld();
  const panels = createSiaReceiver({ clock: world.clock, log: world.log, addresses: () => [] });
  closers.push(panels.close);
  const test = await createTestStation({ ...world, deps: { ...world.deps, panels } });
  closers.push(test.station.stop);
  const attacker = await open(panels);
  const real = await open(panels);
  for (let zone = 1; zone <= 1000; zone += 1) attacker.write(encodeSiaBody(press(zone, String(zone + 100), '4F39')));
  expect(await real.send(press(1, '3', '4F39'))).toContain('"ACK"');
  await attacker.answers(1000);
  await pass(world.clock, 6000);
  const alarms = test.manager.rows('alarms').map(({ cause, sourceId, occurrences }) => [cause, sourceId, occurrences]);
  expect(alarms.toSorted()).toEqual([
    ['helpButton', 'hp502', 1],
    ['unknownZone', '4F39', 1000],
  ]);
  expect(test.manager.rows('incidents')).toHaveLength(2);
});
