/** What people told the station is in no file of the data folder in the clear, and what was forgotten is nowhere at all. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataFolderPaths } from '../../native/os/data-folder.ts';
import { readKeyRows } from '../../native/sqlite/backup.ts';
import { establishCommunity, MANAGER_PIN, readLog, valueOf } from '../support/real-community.ts';
import { eventually, runProgram } from '../support/real-process.ts';
import { connectSeat, type SeatClient } from '../support/seat-client.ts';
import { connectSia } from '../support/sia-client.ts';
import { startSoapDevice, type SoapDevice } from '../support/soap-device.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';
import { allBytes } from '../support/temporary-folder.ts';

const tag = (): string => randomBytes(5).toString('hex');
const digits = (count: number): string => Array.from({ length: count }, () => randomInt(1, 10)).join('');

const visitor = {
  name: `访客陈${tag()}`,
  phone: `137${digits(11)}`,
  plate: `湘D${tag().slice(0, 6)}`,
  visiting: `5栋${tag()}`,
};
const stays = {
  name: `访客林${tag()}`,
  phone: `136${digits(11)}`,
  plate: `湘E${tag().slice(0, 6)}`,
  visiting: `6栋${tag()}`,
};
const note = `王奶奶说 ${tag()} 不舒服`;
const password = `pass-${tag()}`;
const contact = { name: `联系人${tag()}`, phone: `139${digits(11)}` };
const resident = `住户${tag()}`;
const guard = { name: `保安${tag()}`, pin: digits(8) };

let station: SupervisedStation;
let camera: SoapDevice;
let seat: SeatClient;
const tokens: string[] = [];
/** Everything that must not be readable in any file. The PINs of eight digits would stand there by chance once in thousands of runs. */
const secrets = (): readonly string[] => [
  ...Object.values(visitor),
  ...Object.values(stays),
  note,
  password,
  ...Object.values(contact),
  resident,
  guard.name,
  guard.pin,
  MANAGER_PIN,
  '1-1-101 管理员',
  ...tokens,
];

/** The ways in which a text may stand in a file. */
const formsOf = (text: string): readonly Buffer[] => {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    utf8,
    utf16,
    Buffer.from(utf16).swap16(),
    Buffer.from(utf8.toString('base64').replace(/.?.?=*$/, '')),
    Buffer.from(utf8.toString('hex')),
    Buffer.from(escaped),
  ];
};

/** Which secrets stand readable in which file. */
const leaks = (files: ReadonlyMap<string, Buffer>, wanted: readonly string[]): readonly string[] =>
  [...files].flatMap(([file, bytes]) =>
    wanted.filter((text) => formsOf(text).some((form) => bytes.includes(form))).map((text) => `${file}: ${text}`),
  );
const leaksInFolder = (): readonly string[] => leaks(allBytes(station.dataDir), secrets());

const signIn = async (): Promise<void> => {
  seat = await connectSeat({ port: station.address.port, token: station.token, session: tokens[1] ?? null });
};
const restart = async (): Promise<void> => {
  station = await startSupervisedStation({ dataDir: station.dataDir });
  tokens.push(station.token);
  await signIn();
};
const visitOf = (name: string) => seat.rows('visits').find((visit) => visit.name === name);

beforeAll(async () => {
  camera = await startSoapDevice({ login: 'token', password });
  station = await startSupervisedStation();
  tokens.push(station.token);
  await signIn();
  await establishCommunity(seat);
  tokens.push(seat.sessionToken() ?? 'none');
  valueOf(
    await seat.command('addCamera', {
      cameraId: 'camera-1',
      name: '北门',
      place: '北门',
      onvifAddress: camera.address,
      mainUrl: 'rtsp://127.0.0.1:9/none',
      subUrl: null,
      username: 'admin',
      password,
    }),
  );
  valueOf(
    await seat.command('addPerson', {
      personId: 'guard-1',
      name: guard.name,
      role: 'guard',
      pin: guard.pin,
      active: true,
    }),
  );
  valueOf(await seat.command('addContact', { contactId: null, ...contact, rank: 1 }));
  const wire = { account: '4F39', zone: '3', supervisionMs: 3_600_000, cameraIds: [] };
  valueOf(
    await seat.command('addHelpPoint', { helpPointId: 'hp502', place: '3栋1单元502', residentName: resident, ...wire }),
  );
  valueOf(await seat.command('registerVisit', { kind: 'family', ...visitor }));
  valueOf(await seat.command('registerVisit', { kind: 'repair', ...stays }));
  valueOf(await seat.command('addNote', { text: note }));
  // What goes wrong is logged: a command that is not understood, a wrong token, a wrong PIN, a camera that refuses the login, a panel.
  seat.send(
    JSON.parse(
      JSON.stringify({
        t: 'command',
        command: { type: 'registerVisit', id: randomUUID(), occurredAt: Date.now(), kind: 'nobody', ...visitor },
      }),
    ),
  );
  await expect(connectSeat({ port: station.address.port, token: `${station.token}x` })).rejects.toThrow('refused: 401');
  expect((await seat.signIn('guard-1', digits(8))).ok).toBe(false);
  const described = await seat.query({
    type: 'describeDevice',
    address: camera.address,
    username: 'admin',
    password: `${password}!`,
  });
  expect(described.ok).toBe(false);
  const panel = await connectSia(station.address.panelPort);
  await panel.send('"SIA-DCS"0001L0#4F39[#4F39|Nri3/QA3]');
  panel.close();
  await eventually('the alarm', () => seat.rows('alarms').some(({ cause }) => cause === 'helpButton'));
});
afterAll(async () => {
  seat.terminate();
  await station.remove();
  await camera.close();
});

test('the search finds what it looks for, in every form', () => {
  const planted = new Map(
    formsOf('访客陈abc').map((form, index) => [String(index), Buffer.concat([randomBytes(7), form, randomBytes(7)])]),
  );
  expect(leaks(planted, ['访客陈abc'])).toHaveLength(planted.size);
  expect(leaks(planted, ['访客林abc'])).toEqual([]);
});

test('while the station runs, people who may see it see it, and no file does', () => {
  expect(visitOf(visitor.name)).toMatchObject(visitor);
  expect(seat.rows('cameras')[0]).toMatchObject({ hasPassword: true });
  const files = allBytes(station.dataDir);
  for (const name of ['journal.db', 'keys.db', 'secrets.key']) expect([...files.keys()]).toContain(name);
  expect([...files.keys()].some((name) => name.startsWith('logs'))).toBe(true);
  expect(leaksInFolder()).toEqual([]);
});

test('the password reaches the camera all the same, hashed', async () => {
  await eventually('the camera was asked', () => camera.requests.some(({ text }) => text.includes('PasswordDigest')));
  expect(camera.requests.filter(({ text }) => text.includes(password))).toEqual([]);
});

/** The wrapped keys of all people that can still be read. */
const wrappedKeys = (): readonly string[] =>
  readKeyRows(dataFolderPaths(station.dataDir).keys).flatMap(([, wrapped]) => wrapped ?? []);
const bytesOfFolderInclude = (text: string): boolean =>
  [...allBytes(station.dataDir).values()].some((bytes) => bytes.includes(text));

test('a forgotten visitor is gone from the feed, the log, the export and, with the key, from every byte; others stay', async () => {
  const before = wrappedKeys();
  const visitId = visitOf(visitor.name)?.visitId ?? '';
  valueOf(await seat.command('forgetVisitor', { visitId }));
  await eventually('the feed has forgotten', () => seat.row('visits', visitId)?.state === 'forgotten');
  const gone = { name: null, phone: null, plate: null, visiting: null };
  const look = async (): Promise<void> => {
    expect(seat.row('visits', visitId)).toMatchObject(gone);
    expect(visitOf(stays.name)).toMatchObject(stays);
    const lines = await readLog(seat);
    // That somebody came stays in the log; who it was is in no line of it.
    expect(lines.filter(({ entityId }) => entityId === visitId).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['v1.VisitorRegistered']),
    );
    const text = JSON.stringify(lines);
    expect(Object.values(visitor).filter((forgotten) => text.includes(forgotten))).toEqual([]);
    expect(text).toContain(note);
  };
  await look();
  // The deleted key is in no byte any more: not in the free pages, not in the WAL.
  const deleted = before.filter((key) => !wrappedKeys().includes(key));
  expect(deleted).toHaveLength(1);
  await eventually('the key is off the disk', () => !deleted.some(bytesOfFolderInclude));
  expect(before.filter(bytesOfFolderInclude)).toEqual(before.filter((key) => !deleted.includes(key)));
  expect(leaksInFolder()).toEqual([]);

  seat.terminate();
  await station.stop();
  expect(deleted.filter(bytesOfFolderInclude)).toEqual([]);
  expect(leaksInFolder()).toEqual([]);
  const exported = await runProgram('journal-cli.ts', ['export', '--data', station.dataDir]);
  expect(exported.status).toBe(0);
  expect(exported.stdout).toContain(visitId);
  expect(leaks(new Map([['export', Buffer.from(exported.stdout)]]), secrets())).toEqual([]);
  expect((await runProgram('journal-cli.ts', ['rebuild', '--data', station.dataDir])).status).toBe(0);
  expect(await runProgram('journal-cli.ts', ['verify', '--data', station.dataDir])).toMatchObject({
    status: 0,
    stderr: '',
  });

  await restart();
  await look();
  expect((await seat.query({ type: 'verifyJournal' })).value).toMatchObject({ ok: true });
  expect(leaksInFolder()).toEqual([]);
});
