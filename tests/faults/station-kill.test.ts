/** The station is killed again and again under load: nothing acknowledged is lost, no gate moves twice, the chain holds. */
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectSeat, type SeatClient } from '../support/seat-client.ts';
import { startSoapDevice, type SoapDevice } from '../support/soap-device.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';

const KILLS = 200;
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
  station = await startSupervisedStation({ timeScale: 0.02 });
});
afterEach(async () => {
  await station.remove();
  await controller.close();
});

const isActivation = (text: string): boolean => /<(\w+:)?LogicalState>active</.test(text);

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
  const answer = await seat.command('establishCommunity', { name: '试验小区', timeZone: 'Asia/Shanghai', managerName: '1-1-101 管理员', pin: '2580' });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  await seat.signIn(String(answer.value['personId']), '2580');
  const camera = await seat.command('addCamera', {
    cameraId: 'camera-1', name: '北门', place: '北门', onvifAddress: controller.address, mainUrl: 'rtsp://127.0.0.1:9/none', subUrl: null, username: null, password: null,
  });
  const barrier = await seat.command('addBarrier', {
    barrierId: 'gate-1', name: '北门', cameraId: 'camera-1', openRelay: 'RelayOpen', closeRelay: 'RelayClose', openInput: null, closedInput: null, travelMs: 500,
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
  for (let count = 0; count < 2; count += 1) seat.command('openBarrier', fields, motion, givenAt).catch(() => undefined);
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

/** Every line of the log that is a note, by its text, with the numbers it stands under. */
const notesInLog = async (seat: SeatClient): Promise<Map<string, number[]>> => {
  const found = new Map<string, number[]>();
  let beforeSeq: number | null = null;
  for (;;) {
    const reply = await seat.query({ type: 'log', beforeSeq, limit: 500, kinds: ['note'], fromMs: null, toMs: null, shiftNumber: null });
    const { entries, more } = reply.value as { entries: { seq: number; body: { text?: string } }[]; more: boolean };
    for (const { seq, body } of entries) {
      const text = body.text ?? '';
      found.set(text, [...(found.get(text) ?? []), seq]);
    }
    const last = entries.at(-1);
    if (!more || last === undefined) return found;
    beforeSeq = last.seq;
  }
};

it(`survives ${KILLS} kills under load`, { timeout: 1_200_000 }, async () => {
  const notes: Sent[] = [];
  const motions: string[] = [];
  let seat = await reconnect(null);
  await establish(seat);
  const session = seat.sessionToken();
  for (let kill = 0; kill < KILLS; kill += 1) {
    await load(seat, notes, motions, randomInt(0, NOTES_A_ROUND));
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
  expect(acknowledged.filter((note) => before.get(note.text)?.length !== 1)).toEqual([]);

  // What was not answered is asked again with the same id: done once in the end, whether it had been done before or not.
  for (const note of notes) {
    const answer = await seat.command('addNote', { text: note.text }, note.id, note.occurredAt);
    expect(answer.ok).toBe(true);
  }
  const after = await notesInLog(seat);
  expect(notes.filter((note) => after.get(note.text)?.length !== 1)).toEqual([]);

  const activations = controller.requests.filter((request) => request.operation === 'SetRelayOutputState' && isActivation(request.text)).length;
  expect(activations).toBeGreaterThan(0);
  expect(activations).toBeLessThanOrEqual(motions.length);
  const verified = await seat.query({ type: 'verifyJournal' });
  expect(verified.value).toMatchObject({ ok: true });
  seat.terminate();
});
