import { once } from 'node:events';
import { type Server, type Socket, createServer } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { crc16, parseSiaAnswer, siaBody, siaFrame } from '../../../resources/demo/sia/frame.ts';
import { type Panel, createPanel } from '../../../resources/demo/sia/panel.ts';

/** A station as the panel sees it: keeps the frames, answers what it is told to. */
const station = async (
  answer: (body: string, seq: string) => string | undefined,
  port = 0,
): Promise<{ port: number; frames: string[]; sockets: Socket[]; server: Server }> => {
  const frames: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let held = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      held += chunk.toString('latin1');
      for (let end = held.indexOf('\r'); end >= 0; end = held.indexOf('\r')) {
        const frame = held.slice(0, end);
        held = held.slice(end + 1);
        frames.push(frame);
        const reply = answer(frame, /"(\d{4})/.exec(frame)?.[1] ?? '');
        if (reply !== undefined) socket.write(siaFrame(reply), 'latin1');
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: address.port, frames, sockets, server };
};

const ack = (_: string, seq: string): string => `"ACK"${seq}L0#1409[]`;

const panelTo = (port: number, supervisionMs = 3_600_000): Panel => {
  const panel = createPanel({ account: '1409', supervisionMs, target: { host: '127.0.0.1', port } });
  onTestFinished(() => panel.close());
  return panel;
};

describe('frames of SIA DC-09', () => {
  test.for([
    ['"NULL"0000L0#1409[]_20:38:07,08-27-2026', 'EA74', '0027'],
    ['"ACK"0000L0#1409[]', '5989', '0012'],
    ['"NULL"0001L#7303658550[]_15:39:38,06-07-2019', 'BB86', '002C'],
  ] as const)('%s has the CRC and length seen on real devices', ([body, crc, length]) => {
    expect(siaFrame(body)).toBe(`\n${crc}${length}${body}\r`);
    expect(crc16(Buffer.from(body)).toString(16).toUpperCase()).toBe(crc);
  });

  test('a report says who, where and when', () => {
    const at = new Date('2026-08-27T20:38:07Z');
    expect(siaBody({ kind: 'null' }, '1409', 0, at)).toBe('"NULL"0000L0#1409[]_20:38:07,08-27-2026');
    expect(siaBody({ kind: 'help', zone: 1, restored: false, dialect: 'sia' }, '1409', 12, at)).toBe(
      '"SIA-DCS"0012L0#1409[#1409|Nri1/QA1]_20:38:07,08-27-2026',
    );
    expect(siaBody({ kind: 'help', zone: 57, restored: true, dialect: 'cid' }, '1409', 13, at)).toBe(
      '"ADM-CID"0013L0#1409[#1409|3101 01 057]_20:38:07,08-27-2026',
    );
  });

  test('answers are read, and a changed one is not', () => {
    expect(parseSiaAnswer('59890012"ACK"0000L0#1409[]')).toEqual({ kind: 'ACK', seq: 0 });
    expect(parseSiaAnswer('59890012"ACK"0001L0#1409[]')).toBeUndefined();
    expect(parseSiaAnswer('59890013"ACK"0000L0#1409[]')).toBeUndefined();
    expect(parseSiaAnswer('nonsense')).toBeUndefined();
  });
});

describe('the panel', () => {
  test('reports that it lives, then the button, in order and each once', async () => {
    const centre = await station(ack);
    const panel = panelTo(centre.port);
    panel.press(1, 'sia');
    panel.press(2, 'cid');
    await vi.waitUntil(() => panel.state().acknowledged === 3);
    expect(centre.frames.map((frame) => frame.slice(9).replace(/_.*/, ''))).toEqual([
      '"NULL"0001L0#1409[]',
      '"SIA-DCS"0002L0#1409[#1409|Nri1/QA1]',
      '"ADM-CID"0003L0#1409[#1409|1101 01 002]',
    ]);
    expect(centre.sockets).toHaveLength(1);
  });

  test('says it again with the same number while nobody answers, and waits for an absent station', async () => {
    let deaf = true;
    const centre = await station((body, seq) => (deaf ? undefined : ack(body, seq)));
    const panel = panelTo(centre.port);
    panel.press(1, 'sia');
    await vi.waitUntil(() => centre.frames.length === 1);
    deaf = false;
    for (const socket of centre.sockets) socket.destroy();
    await vi.waitUntil(() => panel.state().waiting === 0, { timeout: 8000 });
    const numbers = centre.frames.map((frame) => /"(\d{4})/.exec(frame)?.[1]);
    expect(numbers).toEqual(['0001', '0001', '0002']);
  });

  test('a NAK makes it send again with a new time, a DUH lets it go on', async () => {
    let naks = 1;
    const centre = await station((body, seq) => {
      if (body.includes('SIA-DCS')) return `"DUH"${seq}L0#1409[]`;
      naks -= 1;
      return naks >= 0 ? `"NAK"0000L0#1409[]_20:38:07,08-27-2026` : ack(body, seq);
    });
    const panel = panelTo(centre.port);
    panel.press(1, 'sia');
    await vi.waitUntil(() => panel.state().waiting === 0, { timeout: 8000 });
    expect(panel.state()).toMatchObject({ acknowledged: 1, refused: 2 });
    expect(centre.frames.map((frame) => /"([A-Z-]+)"/.exec(frame)?.[1])).toEqual(['NULL', 'NULL', 'SIA-DCS']);
  });

  test('says regularly that it lives, falls silent when told, and returns', async () => {
    const centre = await station(ack);
    const panel = panelTo(centre.port, 100);
    await vi.waitUntil(() => centre.frames.length >= 3);
    panel.silence(true);
    await vi.waitUntil(() => centre.sockets.every((socket) => socket.destroyed));
    const before = centre.frames.length;
    panel.press(3, 'sia');
    await expect(vi.waitUntil(() => centre.frames.length > before, { timeout: 500 })).rejects.toThrow();
    panel.silence(false);
    await vi.waitUntil(() => centre.frames.some((frame) => frame.includes('QA3')));
  });
});
