/** One suite for a connected seat, over the gateway's WebSocket and in memory. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  stationMessageSchema,
  type SeatMessage,
  type StationMessage,
} from '../../../electron/contract/messages.schema.ts';
import type { SeatConnection, SeatHandle } from '../../../electron/station/ports/seat.port.ts';
import { createGateway } from '../../../native/gateway/gateway.ts';
import { createFakeSeat } from '../../support/fake-seat.ts';
import { settle } from '../../support/station-harness.ts';
import { createMemoryLog, until } from '../../support/system-clock.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

/** The seat's end. */
interface Page {
  readonly heard: readonly StationMessage[];
  readonly say: (message: SeatMessage) => void;
  /** Reads nothing until told, while the station has sent about a megabyte more than the line takes. */
  readonly setReading: (reading: boolean) => void;
  readonly isClosed: () => boolean;
  readonly leave: () => void;
  readonly close: () => Promise<void>;
}

type Open = (connect: (connection: SeatConnection) => SeatHandle) => Promise<Page>;

const fake: Open = async (connect) => {
  const heard: StationMessage[] = [];
  const seat = createFakeSeat(connect, { onMessage: (message) => heard.push(message) });
  const setReading = (reading: boolean): void => seat.buffer(reading ? 0 : 1_000_000);
  return {
    heard,
    say: seat.send,
    setReading,
    isClosed: seat.isClosed,
    leave: seat.leave,
    close: async () => seat.leave(),
  };
};

const makeFolder = temporaryFolders();
const token = 'start-token';

const real: Open = async (connect) => {
  const staticDir = makeFolder();
  writeFileSync(path.join(staticDir, 'index.html'), '<!doctype html><title>seat</title>');
  const gateway = await createGateway({
    redeem: async () => null,
    port: 0,
    token,
    staticDir,
    extraOrigins: [],
    log: createMemoryLog(),
    nowMs: Date.now,
    connectSeat: connect,
  });
  const heard: StationMessage[] = [];
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/seat`, ['guardroom.v1', `token.${token}`], {
    origin: `http://127.0.0.1:${gateway.port}`,
  });
  socket.on('message', (data) => heard.push(stationMessageSchema.parse(JSON.parse(data.toString()))));
  await new Promise<void>((resolve, reject) => void socket.on('open', resolve).on('error', reject));
  return {
    heard,
    say: (message) => socket.send(JSON.stringify(message)),
    setReading: (reading) => (reading ? socket.resume() : socket.pause()),
    isClosed: () => socket.readyState === socket.CLOSED,
    leave: () => socket.close(),
    close: async () => {
      socket.terminate();
      await gateway.close();
    },
  };
};

/** A reply of this many bytes and a little more. */
const reply = (id: string, bytes = 0): StationMessage => ({
  t: 'reply',
  id,
  ok: true,
  value: { text: 'x'.repeat(bytes) },
});

describe.each([
  ['in memory', fake],
  ['WebSocket of the gateway', real],
] as const)('seat port: %s', (_name, open) => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  const start = async () => {
    const station = { connections: [] as SeatConnection[], received: [] as SeatMessage[], closed: 0 };
    const page = await open((connection) => {
      station.connections.push(connection);
      return {
        receive: (message) => station.received.push(message),
        isOccupied: () => false,
        closed: () => {
          station.closed += 1;
        },
      };
    });
    closers.push(page.close);
    await until('the connection', () => station.connections.length === 1);
    const [connection] = station.connections;
    if (connection === undefined) throw new Error('no connection');
    return { page, station, connection };
  };
  const idsOf = (messages: readonly StationMessage[]): readonly string[] =>
    messages.flatMap((message) => (message.t === 'reply' ? [message.id] : []));

  it('brings what the station sends, whole and in order', async () => {
    const { page, connection } = await start();
    const sent = [
      ...Array.from({ length: 200 }, (_, index) => reply(`${index}`, index % 7 === 0 ? 100_000 : 10)),
      { t: 'bye', reason: 'stopping' } as const,
    ];
    for (const message of sent) connection.send(message);
    await until('all of it', () => page.heard.length >= sent.length);
    expect(page.heard).toEqual(sent);
  });

  it('brings what the seat says, decoded and in order', async () => {
    const { page, station } = await start();
    const said: SeatMessage[] = Array.from({ length: 50 }, (_, index) => ({
      t: 'signIn',
      id: `${index}`,
      personId: 'li',
      pin: '2580',
    }));
    for (const message of said) page.say(message);
    await until('all of it', () => station.received.length >= said.length);
    expect(station.received).toEqual(said);
  });

  it('is closed by the station: all that was said before still arrives, and the station is told once, afterwards', async () => {
    const { page, station, connection } = await start();
    const said = [
      ...Array.from({ length: 20 }, (_, index) => reply(`${index}`, 200_000)),
      { t: 'bye', reason: 'tooSlow' } as const,
    ];
    for (const message of said) connection.send(message);
    connection.close();
    connection.close();
    expect(station.closed).toBe(0);
    connection.send(reply('too late'));
    await until('the end', () => page.isClosed() && station.closed > 0);
    connection.close();
    await settle();
    expect(page.heard).toEqual(said);
    expect(station.closed).toBe(1);
  });

  it('is closed by the seat: the station is told once, and may go on speaking into the void', async () => {
    const { page, station, connection } = await start();
    page.leave();
    await until('the end', () => station.closed > 0);
    connection.send(reply('too late'));
    connection.close();
    await settle();
    expect(idsOf(page.heard)).toEqual([]);
    expect([page.isClosed(), station.closed, station.received]).toEqual([true, 1, []]);
  });

  it('tells how much waits for a seat that is slow, and that nothing waits any more', async () => {
    const { page, connection } = await start();
    expect(connection.bufferedBytes()).toBe(0);
    page.setReading(false);
    let sent = 0;
    // The line itself takes some megabytes before anything has to wait.
    for (; sent < 400 && connection.bufferedBytes() < 500_000; sent += 1) {
      connection.send(reply(`${sent}`, 200_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connection.bufferedBytes()).toBeGreaterThanOrEqual(500_000);
    page.setReading(true);
    await until('all of it', () => connection.bufferedBytes() === 0 && page.heard.length === sent);
  });
});
