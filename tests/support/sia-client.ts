import { connect, type Socket } from 'node:net';
import { encodeSiaBody } from '../../native/panels/sia-frame.ts';
import { until } from './system-clock.ts';

/** A panel's side of a SIA DC-09 connection, over a real socket. */
export interface SiaClient {
  readonly socket: Socket;
  /** Raw bytes, as they are. */
  readonly write: (bytes: Uint8Array | string) => void;
  /** Frames one body (from the first quote on), sends it and gives the answer without framing, for example `"ACK"0001L0#1409[]`. */
  readonly send: (body: string) => Promise<string>;
  /** Waits for `count` answers in all and returns every one so far. */
  readonly answers: (count: number) => Promise<readonly string[]>;
  readonly closed: () => boolean;
  readonly close: () => void;
}

/** Connects to `127.0.0.1:port`. Rejects when refused. */
export const connectSia = async (port: number): Promise<SiaClient> => {
  const socket = connect(port, '127.0.0.1');
  const answers: string[] = [];
  let held = '';
  let closed = false;
  socket.on('data', (chunk) => {
    const parts = (held + chunk.toString('latin1')).split('\r');
    held = parts.pop() ?? '';
    for (const part of parts) answers.push(part.replace(/^\n.{8}/, ''));
  });
  socket.on('close', () => {
    closed = true;
  });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  // After the first moment a reset is an ordinary end: tests look at `closed`.
  socket.on('error', () => {
    closed = true;
  });
  const client: SiaClient = {
    socket,
    write: (bytes) => void socket.write(bytes),
    answers: async (count) => {
      await until(`${count} answers`, () => answers.length >= count);
      return [...answers];
    },
    send: async (body) => {
      const before = answers.length;
      client.write(encodeSiaBody(body));
      return (await client.answers(before + 1))[before] ?? '';
    },
    closed: () => closed,
    close: () => void socket.destroy(),
  };
  return client;
};
