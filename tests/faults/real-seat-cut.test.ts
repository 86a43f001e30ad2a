/** A seat is cut off in the middle of a command: nothing happens twice, nothing is lost, and no other seat is confused by it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MOTION_LIFETIME_MS } from '../../electron/contract/commands.schema.ts';
import { collectionNames } from '../../electron/contract/views.schema.ts';
import { addGate, connectSoon, establishCommunity, MANAGER_PIN, readLog, valueOf } from '../support/real-community.ts';
import { eventually } from '../support/real-process.ts';
import { commandText, frame, rawSeat } from '../support/real-raw-seat.ts';
import type { SeatClient, SeatClientOptions } from '../support/seat-client.ts';
import { startSoapDevice, type SoapDevice } from '../support/soap-device.ts';
import { startSupervisedStation, type SupervisedStation } from '../support/supervised-station.ts';

let station: SupervisedStation;
let controller: SoapDevice;
/** Looks on from the other desk, all the time. */
let observer: SeatClient;
let seat: SeatClient;
let session: string | null;

const connectTo = (more: Partial<SeatClientOptions> = {}): Promise<SeatClient> =>
  connectSoon({ port: station.address.port, token: station.token, session, seatId: 'desk', ...more });

beforeAll(async () => {
  controller = await startSoapDevice({ login: 'none' });
  station = await startSupervisedStation();
  observer = await connectTo({ seatId: 'other-desk', session: null });
  const managerId = await establishCommunity(observer);
  await addGate(observer, controller.address);
  seat = await connectTo({ session: null });
  await seat.signIn(managerId, MANAGER_PIN);
  session = seat.sessionToken();
  seat.terminate();
});
afterAll(async () => {
  observer.terminate();
  await station.remove();
  await controller.close();
});
beforeEach(async () => {
  seat = await connectTo();
});
afterEach(() => seat.terminate());

/** Destroys the connection and comes back with the same session. */
const cutOff = async (): Promise<void> => {
  seat.terminate();
  await seat.closed;
  seat = await connectTo();
  expect(seat.welcome.session?.role).toBe('manager');
};

/** Notes in the log with this text. */
const timesInLog = async (text: string): Promise<number> =>
  (await readLog(seat, ['note'])).filter(({ body }) => body['text'] === text).length;

describe('a note', () => {
  test('whose seat is cut off at any moment after sending is written once, and asking again gives the one answer', async () => {
    const notes = Array.from({ length: 12 }, (_, round) => ({
      id: randomUUID(),
      text: `cut ${round}`,
      occurredAt: Date.now(),
    }));
    for (const [round, { id, text, occurredAt }] of notes.entries()) {
      seat.command('addNote', { text }, id, occurredAt).catch(() => undefined);
      // The first are cut off at once, the later ones while or after the station answers.
      if (round > 2) await wait(round - 3);
      await cutOff();
    }
    for (const { id, text, occurredAt } of notes) {
      const first = valueOf(await seat.command('addNote', { text }, id, occurredAt));
      expect(await seat.command('addNote', { text }, id, occurredAt)).toEqual(first);
      expect(await timesInLog(text)).toBe(1);
      const line = (await readLog(seat, ['note'])).find(({ body }) => body['text'] === text);
      expect(line?.seq).toBe(first.seq);
    }
  });

  test('whose frame was cut in half is not written, until it comes whole', async () => {
    const command = { type: 'addNote', id: randomUUID(), occurredAt: Date.now(), text: '半句话 half a frame' } as const;
    const whole = frame(commandText(command));
    for (const cut of [1, 5, Math.floor(whole.length / 2), whole.length - 1]) {
      const raw = await rawSeat(station.address.port, station.token, session);
      raw.socket.write(whole.subarray(0, cut));
      await wait(20);
      raw.socket.destroy();
    }
    expect(await timesInLog(command.text)).toBe(0);
    valueOf(await seat.command('addNote', { text: command.text }, command.id, command.occurredAt));
    expect(await timesInLog(command.text)).toBe(1);
    // What the frames were cut from is good: sent whole it would have been understood.
    const raw = await rawSeat(station.address.port, station.token, session);
    raw.socket.write(whole);
    await eventually('the stored answer', () =>
      raw.heard().includes(`"commandId":"${command.id}","answer":{"ok":true`),
    );
    raw.socket.destroy();
    expect(await timesInLog(command.text)).toBe(1);
  });

  test('under an id that was used for something else is refused', async () => {
    const id = randomUUID();
    valueOf(await seat.command('addNote', { text: 'the first' }, id));
    expect(await seat.command('addNote', { text: 'another' }, id)).toMatchObject({
      ok: false,
      refusal: { kind: 'idReused' },
    });
    expect(await timesInLog('another')).toBe(0);
  });
});

describe('a motion', () => {
  const open = { barrierId: 'gate-1', reason: 'ambulance', note: null } as const;
  const activations = (): number =>
    controller.requests.filter(
      ({ operation, text }) => operation === 'SetRelayOutputState' && /<(\w+:)?LogicalState>active</.test(text),
    ).length;
  const commandState = () => observer.row('barriers', 'gate-1')?.commandState;

  /** Somebody has looked: the gate is closed, and the next motion starts from there. */
  beforeEach(async () => {
    await eventually(
      'the gate rests',
      () => !['commanded', 'sent', 'accepted'].includes(commandState() ?? 'idle'),
      30_000,
    );
    valueOf(await seat.command('confirmBarrier', { barrierId: 'gate-1', position: 'closed' }));
  });

  test.each([0, 4, 40])(
    'whose seat is cut off %i ms after sending moves the gate once, however often it is asked for',
    async (delayMs) => {
      const [id, occurredAt, before] = [randomUUID(), Date.now(), activations()];
      seat.command('openBarrier', open, id, occurredAt).catch(() => undefined);
      if (delayMs > 0) await wait(delayMs);
      await cutOff();
      const first = valueOf(await seat.command('openBarrier', open, id, occurredAt));
      await eventually('the controller was told', () => activations() > before);
      for (let again = 0; again < 3; again += 1) {
        await cutOff();
        expect(await seat.command('openBarrier', open, id, occurredAt)).toEqual(first);
      }
      await eventually(
        'the gate rests',
        () => !['commanded', 'sent', 'accepted'].includes(commandState() ?? 'idle'),
        30_000,
      );
      // The stored answer is also given when the motion would long be dead.
      expect(await seat.command('openBarrier', open, id, occurredAt)).toEqual(first);
      expect(activations()).toBe(before + 1);
    },
  );

  test('that reaches the station too late is dead, and stays so', async () => {
    const [id, occurredAt, before] = [randomUUID(), Date.now() - MOTION_LIFETIME_MS - 1, activations()];
    const relays = controller.count('SetRelayOutputState');
    const dead = await seat.command('openBarrier', open, id, occurredAt);
    expect(dead).toMatchObject({ ok: false, refusal: { kind: 'expired' } });
    await cutOff();
    expect(await seat.command('openBarrier', open, id, occurredAt)).toEqual(dead);
    // A living motion after it is done: had the dead one been sent, it would have been before this.
    valueOf(await seat.command('openBarrier', open));
    await eventually('the controller was told', () => activations() > before);
    expect(activations()).toBe(before + 1);
    expect(controller.count('SetRelayOutputState') - relays).toBeLessThanOrEqual(2);
  });
});

describe('what other seats see meanwhile', () => {
  test('comes in order and without a gap, and is what the station holds', async () => {
    let at: number | null = null;
    let patches = 0;
    for (const message of observer.received) {
      if (message.t === 'snapshot') at = message.seq;
      if (message.t !== 'patch') continue;
      expect(message.after).toBe(at);
      expect(message.seq).toBeGreaterThanOrEqual(message.after);
      at = message.seq;
      patches += 1;
    }
    expect(patches).toBeGreaterThan(20);
    valueOf(await observer.command('addNote', { text: 'the last' }));
    const fresh = await connectTo({ seatId: 'fresh' });
    await eventually('both know the same', () => observer.seq() === fresh.seq());
    for (const collection of collectionNames) {
      const sorted = (client: SeatClient) =>
        client
          .rows(collection)
          .map((row) => JSON.stringify(row))
          .toSorted();
      expect([collection, sorted(observer)]).toEqual([collection, sorted(fresh)]);
    }
    fresh.terminate();
  });

  test('a seat that comes back gets exactly what it missed', async () => {
    const resume = { bootId: seat.welcome.bootId, seq: seat.seq() };
    seat.terminate();
    await seat.closed;
    for (let count = 1; count <= 5; count += 1) valueOf(await observer.command('addNote', { text: `missed ${count}` }));
    seat = await connectTo({ resume });
    await eventually('the seat has caught up', () => seat.seq() === observer.seq());
    expect(seat.received.filter(({ t }) => t === 'snapshot')).toEqual([]);
    expect(seat.received.find(({ t }) => t === 'patch')).toMatchObject({ after: resume.seq });
    const missed = (await readLog(observer)).map(({ seq }) => seq).filter((seq) => seq > resume.seq);
    expect(missed.length).toBeGreaterThanOrEqual(5);
    expect(
      seat
        .rows('log')
        .map(({ seq }) => seq)
        .toSorted((a, b) => b - a),
    ).toEqual(missed);
  });

  test('a seat that comes back with the number of another boot, or from the future, gets everything', async () => {
    for (const resume of [
      { bootId: randomUUID(), seq: seat.seq() },
      { bootId: seat.welcome.bootId, seq: seat.seq() + 1000 },
    ]) {
      const back = await connectTo({ seatId: 'back', resume });
      await eventually('a snapshot', () => back.received.some(({ t }) => t === 'snapshot'));
      expect(back.rows('barriers')).toHaveLength(1);
      back.terminate();
    }
  });
});

test('the chain holds after all of it', async () => {
  expect((await seat.query({ type: 'verifyJournal' })).value).toMatchObject({ ok: true });
});
