/** The station is killed again and again under load: nothing acknowledged is lost, no gate moves twice, the chain holds. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { logPage } from '../../electron/contract/messages.schema.ts';
import { createDice, seed, times } from '../support/long.ts';
import { connectSeat, type SeatClient } from '../support/seat-client.ts';
import { startSoapDevice, type SoapDevice } from '../support/soap-device.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';

const KILLS = times(40, 500);
const NOTES_A_ROUND = 12;

interface Sent {
  readonly id: string;
  readonly text: string;
  readonly occurredAt: number;
  seq: number | null;
}

let station: SupervisedStation;
let controller: SoapDevice;

beforeEach(async () => {
  controller = await startSoapDevice({ login: 'none' });
  station = await startSupervisedStation({ restartsAtOnce: true });
});
afterEach(async () => {
  await station.remove();
  await controller.close();
});

const isActivation = (text: string): boolean => /<(\w+:)?LogicalState>active</.test(text);

/** How often the controller was told to move. */
const activations = (): number =>
  controller.requests.filter((request) => request.operation === 'SetRelayOutputState' && isActivation(request.text))
    .length;

/** Connects as soon as the station is there again. */
const reconnect = async (session: string | null): Promise<SeatClient> => {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    try {
      return await connectSeat({ port: station.address.port, token: station.token, session });
    } catch {
      // Not up yet: the port refuses, or the process ended while we were being let in.
      await wait(20);
    }
  }
  throw new Error('the station did not come back');
};

const establish = async (seat: SeatClient): Promise<void> => {
  const answer = await seat.command('establishCommunity', {
    name: '试验小区',
    timeZone: 'Asia/Shanghai',
    managerName: '1-1-101 管理员',
    pin: '2580',
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  await seat.signIn(String(answer.value['personId']), '2580');
  const camera = await seat.command('addCamera', {
    cameraId: 'camera-1',
    name: '北门',
    place: '北门',
    onvifAddress: controller.address,
    mainUrl: 'rtsp://127.0.0.1:9/none',
    subUrl: null,
    username: null,
    password: null,
  });
  const barrier = await seat.command('addBarrier', {
    barrierId: 'gate-1',
    name: '北门',
    cameraId: 'camera-1',
    openRelay: 'open',
    closeRelay: 'open',
    openInput: null,
    closedInput: null,
    travelMs: 500,
  });
  expect([camera.ok, barrier.ok]).toEqual([true, true]);
};

/** Gives commands without waiting for their answers; resolves when `enough` of them were answered. */
const load = (seat: SeatClient, notes: Sent[], motions: string[], enough: number): Promise<void> => {
  const motion = randomUUID();
  const givenAt = Date.now();
  motions.push(motion);
  const fields = { barrierId: 'gate-1', reason: 'ambulance', note: null } as const;
  // Twice with the same id, as a seat does that heard no answer: one effect.
  for (let count = 0; count < 2; count += 1)
    seat.command('openBarrier', fields, motion, givenAt).catch(() => undefined);
  return new Promise((resolve) => {
    let answered = 0;
    if (enough === 0) resolve();
    for (let count = 0; count < NOTES_A_ROUND; count += 1) {
      const note: Sent = { id: randomUUID(), text: `note ${randomUUID()}`, occurredAt: Date.now(), seq: null };
      notes.push(note);
      seat.command('addNote', { text: note.text }, note.id, note.occurredAt).then(
        (answer) => {
          if (answer.ok) note.seq = answer.seq;
          answered += 1;
          if (answered >= enough) resolve();
        },
        () => resolve(),
      );
    }
  });
};

interface Line {
  readonly seq: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Every line of the log of one kind. */
const readLog = async (seat: SeatClient, kind: string): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  for (;;) {
    const beforeSeq = lines.at(-1)?.seq ?? null;
    const reply = await seat.query({
      type: 'log',
      beforeSeq,
      limit: 500,
      kinds: [kind],
      fromMs: null,
      toMs: null,
      shiftNumber: null,
    });
    const { entries, more } = logPage.parse(reply.value);
    lines.push(...entries);
    if (!more || entries.length === 0) return lines;
  }
};

/** How often each text stands in the log as a note. */
const notesInLog = async (seat: SeatClient): Promise<ReadonlyMap<unknown, number>> => {
  const counts = new Map<unknown, number>();
  for (const { body } of await readLog(seat, 'note')) counts.set(body['text'], (counts.get(body['text']) ?? 0) + 1);
  return counts;
};

it(`survives ${KILLS} kills under load (seed ${seed})`, { timeout: KILLS * 6000 }, async () => {
  const dice = createDice();
  const notes: Sent[] = [];
  const motions: string[] = [];
  let seat = await reconnect(null);
  await establish(seat);
  const session = seat.sessionToken();
  for (let kill = 0; kill < KILLS; kill += 1) {
    // Somebody looks and sees the arm where it was wanted: that settles whatever the last kill left under way or unknown.
    await seat.command('confirmBarrier', { barrierId: 'gate-1', position: 'open' });
    const moved = activations();
    await load(seat, notes, motions, dice(NOTES_A_ROUND));
    // Now and then the kill waits for the controller, so that it comes between the motion and its answer.
    if (kill % 4 === 0) await expect.poll(activations, { timeout: 20_000, interval: 5 }).toBeGreaterThan(moved);
    const pid = station.pid();
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    await seat.closed;
    seat = await reconnect(session);
    expect(seat.welcome.session?.role).toBe('manager');
  }
  expect(station.restarts()).toBeGreaterThanOrEqual(KILLS);

  const acknowledged = notes.filter((note) => note.seq !== null);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  const before = await notesInLog(seat);
  expect(acknowledged.filter((note) => before.get(note.text) !== 1)).toEqual([]);

  // What was not answered is asked again with the same id: done once in the end, whether it had been done before or not.
  for (const note of notes) {
    const answer = await seat.command('addNote', { text: note.text }, note.id, note.occurredAt);
    expect(answer.ok).toBe(true);
    // A seat that sends more than 100 messages in a second is shut out as a flood.
    await wait(12);
  }
  const after = await notesInLog(seat);
  expect(notes.filter((note) => after.get(note.text) !== 1)).toEqual([]);

  expect(activations()).toBeGreaterThanOrEqual(KILLS / 4);
  // Each motion was handed to the driver once at the most, and nothing moved that was not.
  const sent = (await readLog(seat, 'barrier'))
    .filter((line) => line.type === 'v1.BarrierMotionSent')
    .map((line) => line.body['motionId']);
  expect(new Set(sent).size).toBe(sent.length);
  expect(activations()).toBeLessThanOrEqual(sent.length);
  const verified = await seat.query({ type: 'verifyJournal' });
  expect(verified.value).toMatchObject({ ok: true });
  seat.terminate();
});
