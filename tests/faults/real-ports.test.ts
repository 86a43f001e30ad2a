/** Garbage, huge and slow input on every port that a real station listens on: it goes on serving people, and keeps nothing of it. */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_SEAT_MESSAGE_BYTES } from '../../electron/contract/messages.schema.ts';
import { drip, holdSilent, sendGarbage, sendHuge, sendRequest } from '../support/real-attacks.ts';
import { establishCommunity, valueOf } from '../support/real-community.ts';
import { eventually, residentBytes, tellsChildren } from '../support/real-process.ts';
import { frame, rawSeat, rawUpgrade, type RawConnection } from '../support/real-raw-seat.ts';
import { leaveOut } from '../support/requires.ts';
import { connectSeat, type SeatClient } from '../support/seat-client.ts';
import { connectSia } from '../support/sia-client.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';
import { allBytes } from '../support/temporary-folder.ts';
import { openVideoSeat } from '../support/video-seat.ts';

const MEGABYTE = 1024 * 1024;

let station: SupervisedStation;
let seat: SeatClient;
let gateway: number;
let video: number;
let panel: number;
let firstPid: number | undefined;
const secrets: string[] = [];
let reports = 0;

const ticket = async (): Promise<string> => {
  const reply = await seat.query({ type: 'videoTicket' });
  expect(reply.ok).toBe(true);
  expect(reply.value['port']).toBe(video);
  const text = String(reply.value['ticket']);
  secrets.push(text);
  return text;
};

/** People are still served: the seat's old connection and a new one, pictures, and above all a press of the help button. */
const expectServed = async (): Promise<void> => {
  valueOf(await seat.command('addNote', { text: 'still here' }));
  const other = await connectSeat({ port: gateway, token: station.token, session: seat.sessionToken() });
  expect(other.rows('cameras')).toHaveLength(1);
  other.terminate();
  expect((await fetch(`http://127.0.0.1:${gateway}/`)).status).toBe(200);

  const pictures = await openVideoSeat(video, await ticket(), `http://127.0.0.1:${gateway}`);
  pictures.watch({ channel: 0, cameraId: 'camera-1', quality: 'sub' });
  await eventually('the video port says how the camera is', () => pictures.states.length > 0, 5000);
  pictures.close();

  reports += 1;
  const sequence = String(reports).padStart(4, '0');
  const client = await connectSia(panel);
  expect(await client.send(`"SIA-DCS"${sequence}L0#4F39[#4F39|Nri3/QA3]`)).toBe(`"ACK"${sequence}L0#4F39[]`);
  client.close();
  await eventually('the alarm', () =>
    seat.rows('alarms').some(({ cause, occurrences }) => cause === 'helpButton' && occurrences === reports),
  );
  expect([station.restarts(), station.pid()]).toEqual([0, firstPid]);
};

beforeAll(async () => {
  station = await startSupervisedStation();
  gateway = station.address.port;
  panel = station.address.panelPort;
  firstPid = station.pid();
  seat = await connectSeat({ port: gateway, token: station.token, seatId: 'desk' });
  await establishCommunity(seat);
  secrets.push(station.token, seat.sessionToken() ?? 'no session');
  valueOf(
    await seat.command('addCamera', {
      cameraId: 'camera-1',
      name: '北门',
      place: '北门',
      onvifAddress: null,
      mainUrl: 'rtsp://127.0.0.1:9/none',
      subUrl: null,
      username: null,
      password: null,
    }),
  );
  const wire = { account: '4F39', zone: '3', supervisionMs: 3_600_000, cameraIds: [] };
  valueOf(
    await seat.command('addHelpPoint', { helpPointId: 'hp502', place: '3栋1单元502', residentName: null, ...wire }),
  );
  video = Number((await seat.query({ type: 'videoTicket' })).value['port']);
});
afterAll(async () => {
  seat.terminate();
  await station.remove();
});

const beginnings = (): readonly (readonly [port: number, beginning: string])[] => [
  [gateway, 'GET /'],
  [gateway, `POST / HTTP/1.1\r\nHost: 127.0.0.1:${gateway}\r\nContent-Length: 99999999\r\n\r\n`],
  [gateway, `GET /seat HTTP/1.1\r\nHost: 127.0.0.1:${gateway}\r\nUpgrade: websocket\r\nX-Long: `],
  [video, 'GET /video?ticket='],
  [video, `GET /video HTTP/1.1\r\nHost: 127.0.0.1:${video}\r\nUpgrade: websocket\r\nX-Long: `],
  [panel, '\n'],
  [panel, '\n12340010"SIA-DCS"0001L0#4F39['],
  [panel, '\0\r\r\n'],
];

describe('on every port', () => {
  test('random bytes', async () => {
    for (const port of [gateway, video, panel]) await sendGarbage(port, 20);
    await expectServed();
  });

  test('ten megabytes behind a beginning that looks right', async () => {
    for (const [port, beginning] of beginnings()) await sendHuge(port, beginning, 10 * MEGABYTE);
    await expectServed();
  });

  test('fifty connections that say nothing, and others that drip, while people are served beside them', async () => {
    const silent = (await Promise.all([gateway, video, panel].map((port) => holdSilent(port, 50)))).flat();
    const drips = beginnings().map(([port, beginning]) => drip(port, beginning, 3000));
    await expectServed();
    await Promise.all(drips);
    await expectServed();
    for (const { socket } of silent) socket.destroy();
  });
});

test('a request that never gets ready is cut off within seconds', async () => {
  const request = `GET / HTTP/1.1\r\nX: ${'a'.repeat(200)}`;
  expect(await Promise.all([gateway, video].map((port) => drip(port, request, 12_000)))).toEqual([true, true]);
});

/** What a request may be answered with that is not an ordinary one: a refusal, once. */
const expectRefused = (heard: string): void => {
  expect(heard).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(heard.match(/HTTP\/1\.1 /g)).toHaveLength(1);
};

describe('HTTP that is not meant well', () => {
  const inner = (port: number): string => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
  const smuggled = (port: number): readonly string[] => [
    `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner(port)}`,
    `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n${inner(port)}`,
    `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner(port)}`,
    `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner(port)}`,
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n Folded: yes\r\nX: \0\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: a\rb\r\n\r\n`,
    `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03`.repeat(4),
  ];
  const oversized = (port: number): readonly string[] => [
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${'X: a\r\n'.repeat(20_000)}\r\n`,
    `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
  ];

  test('is refused once, and what was hidden in it is not answered', async () => {
    for (const port of [gateway, video]) {
      for (const request of [...smuggled(port), ...oversized(port)]) expectRefused(await sendRequest(port, request));
    }
    await expectServed();
  });

  test('gets no file from outside the page’s folder, and nothing under a foreign name', async () => {
    const paths = [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/assets/../../../package.json',
      '/%00',
      '/%ff',
      '//etc/passwd',
      '/....//package.json',
    ];
    for (const path of paths)
      expectRefused(
        await sendRequest(gateway, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${gateway}\r\nConnection: close\r\n\r\n`),
      );
    for (const host of [
      'evil.example',
      `evil.example:${gateway}`,
      `127.0.0.1:${gateway}.evil.example`,
      '',
      '127.0.0.1',
    ]) {
      expectRefused(await sendRequest(gateway, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`));
    }
  });

  test('a refused upgrade is over, also when the peer never hangs up', async () => {
    const refused = [
      await rawUpgrade(gateway, { path: '/seat', page: gateway, protocols: `guardroom.v1, token.${station.token}x` }),
      await rawUpgrade(gateway, { path: '/nothing', page: gateway }),
      await rawUpgrade(video, { path: '/video?ticket=none', page: gateway }),
    ];
    for (const { heard } of refused) await eventually('the refusal', () => /^HTTP\/1\.1 40[134] /.test(heard()));
    // Whoever writes on finds that nobody is there.
    await eventually(
      'the connections are gone',
      () => {
        for (const { socket, closed } of refused) if (!closed()) socket.write('x');
        return refused.every(({ closed }) => closed());
      },
      5000,
    );
  });
});

describe('frames that break the protocol of WebSockets', () => {
  const text = JSON.stringify({ t: 'sound', state: 'on' });
  const bad: readonly (readonly [string, () => readonly Buffer[]])[] = [
    ['without a mask', () => [frame(text, { masked: false })]],
    ['that claim 2^63 - 1 bytes', () => [frame(text, { claims: 2n ** 63n - 1n })]],
    ['that claim 4 GB', () => [frame(text, { claims: 2n ** 32n })]],
    ['one byte longer than allowed', () => [frame('a'.repeat(MAX_SEAT_MESSAGE_BYTES + 1))]],
    ['with reserved bits', () => [frame(text, { reserved: 4 })]],
    ['of an unknown kind', () => [frame(text, { opcode: 3 })]],
    ['that continue nothing', () => [frame(text, { opcode: 0 })]],
    ['of a control kind but too long', () => [frame('a'.repeat(200), { opcode: 9 })]],
    ['that are no UTF-8', () => [frame(Uint8Array.of(0xff, 0xfe, 0xc0))]],
    [
      'in endless pieces',
      () => [
        frame('a'.repeat(60_000), { final: false }),
        ...Array.from({ length: 10 }, () => frame('a'.repeat(60_000), { opcode: 0, final: false })),
      ],
    ],
    ['of random bytes', () => [Buffer.concat([Buffer.of(0xff), randomBytes(4096)])]],
    [
      'of a thousand pings and no end',
      () => [...Array.from({ length: 1000 }, () => frame('ping', { opcode: 9 })), frame(text, { masked: false })],
    ],
  ];
  const expectHungUp = async (raw: RawConnection, frames: readonly Buffer[]): Promise<void> => {
    for (const bytes of frames) raw.socket.write(bytes);
    await eventually('the connection is closed', () => raw.closed() || raw.socket.readableEnded, 5000);
    raw.socket.destroy();
  };

  test.each(bad)('%s end that connection and no other', async (_what, frames) => {
    await expectHungUp(await rawSeat(gateway, station.token), frames());
    const pictures = await rawUpgrade(video, { path: `/video?ticket=${await ticket()}`, page: gateway });
    await eventually('the upgrade', () => pictures.heard().includes('101 Switching Protocols'), 5000);
    await expectHungUp(pictures, frames());
    valueOf(await seat.command('addNote', { text: 'still here' }));
  });

  test('and people are served after all of them', expectServed);
});

describe('what is left of it', () => {
  const openFiles = (): number => readdirSync(`/proc/${station.pid() ?? 0}/fd`).length;
  const everything = async (): Promise<void> => {
    for (const port of [gateway, video, panel]) await sendGarbage(port, 10);
    for (const [port, beginning] of beginnings()) await sendHuge(port, beginning, 10 * MEGABYTE);
    for (const port of [gateway, video, panel]) for (const { socket } of await holdSilent(port, 50)) socket.destroy();
  };

  test('is no memory and no connection: the same again costs nothing more', async (context) => {
    if (!tellsChildren) leaveOut(context, 'this system does not tell what a process holds');
    const pid = station.pid() ?? 0;
    const files = openFiles();
    const memory = residentBytes(pid);
    await everything();
    await eventually('the connections are let go', () => openFiles() <= files + 1);
    expect(residentBytes(pid) - memory).toBeLessThan(64 * MEGABYTE);
    await expectServed();
  });

  test('is not much in the logs, and no token', () => {
    const logs = [...allBytes(station.dataDir)].filter(([name]) => name.startsWith('logs'));
    const size = logs.reduce((sum, [, bytes]) => sum + bytes.length, 0);
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThan(MEGABYTE / 4);
    const found = logs.flatMap(([name, bytes]) => secrets.filter((secret) => bytes.includes(secret)).map(() => name));
    expect([secrets.length > 10, found]).toEqual([true, []]);
  });

  test('is nothing in the journal that was not meant: the chain holds', async () => {
    expect((await seat.query({ type: 'verifyJournal' })).value).toMatchObject({ ok: true });
  });
});
