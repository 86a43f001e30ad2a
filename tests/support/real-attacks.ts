/** Bytes that no honest peer sends, for any listening port. Every attack is bounded in time and closes what it opened. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { rawConnect, type RawConnection } from './real-raw-seat.ts';

/** The whole of an attack's patience with a peer that takes nothing more, milliseconds. */
const PATIENCE_MS = 4000;

/** Waits until the socket takes more or is closed, 500 ms at the most. */
const settled = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(resolve, 500);
    for (const event of ['drain', 'close']) {
      socket.once(event, () => {
        clearTimeout(late);
        resolve();
      });
    }
  });

/** Writes until everything is taken, the other side hangs up, or patience ends. Gives the bytes that were written. */
const pour = async ({ socket, closed }: RawConnection, total: number, chunk: () => Buffer): Promise<number> => {
  const end = performance.now() + PATIENCE_MS;
  let written = 0;
  while (written < total && !closed() && performance.now() < end) {
    const bytes = chunk();
    written += bytes.length;
    // A peer that hangs up or stops reading is the outcome that is wanted: the loop looks at `closed` and at the time.
    if (!socket.write(bytes)) await settled(socket);
  }
  return written;
};

/** `count` connections that each send 64 KB of random bytes. */
export const sendGarbage = async (port: number, count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) {
    const raw = await rawConnect(port);
    await pour(raw, 65_536, () => randomBytes(8192));
    await wait(5);
    raw.socket.destroy();
  }
};

/** One connection that sends `total` bytes behind a beginning that looks right. */
export const sendHuge = async (port: number, beginning: string, total: number): Promise<RawConnection> => {
  const raw = await rawConnect(port);
  raw.socket.write(beginning);
  await pour(raw, total, () => Buffer.alloc(65_536, 'a'));
  raw.socket.destroy();
  return raw;
};

/** Connections that say nothing. The caller closes them. */
export const holdSilent = (port: number, count: number): Promise<readonly RawConnection[]> =>
  Promise.all(Array.from({ length: count }, () => rawConnect(port)));

/** Drips one byte of `text` every 100 ms for `forMs`. Gives whether the other side hung up before that. */
export const drip = async (port: number, text: string, forMs: number): Promise<boolean> => {
  const raw = await rawConnect(port);
  for (let index = 0; index < forMs / 100 && !raw.closed() && !raw.socket.readableEnded; index += 1) {
    raw.socket.write(text[index % text.length] ?? ' ');
    await wait(100);
  }
  const cut = raw.closed() || raw.socket.readableEnded;
  raw.socket.destroy();
  return cut;
};

/** Sends one request as it is and gives everything that came back until the other side hung up, or for 300 ms after the last byte. */
export const sendRequest = async (port: number, request: string): Promise<string> => {
  const raw = await rawConnect(port);
  raw.socket.write(request);
  const end = performance.now() + PATIENCE_MS;
  let [length, since] = [0, performance.now()];
  while (!raw.closed() && performance.now() < end && (raw.heard().length === 0 || performance.now() - since < 300)) {
    if (raw.heard().length !== length) [length, since] = [raw.heard().length, performance.now()];
    await wait(10);
  }
  raw.socket.destroy();
  return raw.heard();
};
