/** A seat's bytes by hand: what a broken or hostile program can put on the wire, which no WebSocket library would. RFC 6455 section 5.2. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { CommandOf, CommandType } from '../../electron/contract/commands.schema.ts';
import { eventually } from './real-process.ts';

export interface FrameShape {
  /** 1 text, 2 bytes, 8 close, 9 ping; default 1. */
  readonly opcode?: number;
  /** Clients have to mask; default `true`. */
  readonly masked?: boolean;
  /** The length that the header claims, bytes; default the true one. */
  readonly claims?: bigint;
  /** The reserved bits, 0 to 7; default 0. */
  readonly reserved?: number;
  readonly final?: boolean;
}

/** One frame. Lengths are always written in eight bytes, which is allowed to be wrong here. */
export const frame = (
  payload: string | Uint8Array,
  { opcode = 1, masked = true, claims, reserved = 0, final = true }: FrameShape = {},
): Buffer => {
  const bytes = Buffer.from(payload);
  const mask = randomBytes(4);
  const length = claims ?? BigInt(bytes.length);
  const small = claims === undefined && bytes.length < 126;
  const header = Buffer.alloc(small ? 2 : 10);
  header[0] = (final ? 0x80 : 0) | (reserved << 4) | opcode;
  header[1] = (masked ? 0x80 : 0) | (small ? bytes.length : 127);
  if (!small) header.writeBigUInt64BE(length, 2);
  return Buffer.concat([
    header,
    masked ? mask : Buffer.alloc(0),
    masked ? bytes.map((byte, index) => byte ^ (mask[index % 4] ?? 0)) : bytes,
  ]);
};

export interface RawConnection {
  readonly socket: Socket;
  /** What came back so far, as Latin-1. */
  readonly heard: () => string;
  readonly closed: () => boolean;
}

/** Connects without saying anything, and does not hang up by itself when the other side does. Rejects when refused. */
export const rawConnect = (port: number): Promise<RawConnection> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let heard = '';
    let closed = false;
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
    });
    socket.on('close', () => {
      closed = true;
    });
    socket.on('error', reject);
    socket.once('connect', () => {
      // From here on a reset is what the test looks for: it shows in `closed`.
      resolve({ socket, heard: () => heard, closed: () => closed });
    });
  });

const helloOf = (session: string | null): string =>
  JSON.stringify({ t: 'hello', seatId: 'raw-seat', session, fresh: false, resume: null, sound: 'on' });

export interface UpgradeRequest {
  readonly path: string;
  /** Port of the page that asks. */
  readonly page: number;
  /** Subprotocols to offer. */
  readonly protocols?: string;
}

/** Asks for a WebSocket; what comes back is in `heard`. */
export const rawUpgrade = async (port: number, { path, page, protocols }: UpgradeRequest): Promise<RawConnection> => {
  const raw = await rawConnect(port);
  raw.socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${page}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
      `${protocols === undefined ? '' : `Sec-WebSocket-Protocol: ${protocols}\r\n`}\r\n`,
  );
  return raw;
};

/** Upgrades and says hello, and is then free to send anything. */
export const rawSeat = async (port: number, token: string, session: string | null = null): Promise<RawConnection> => {
  const raw = await rawUpgrade(port, { path: '/seat', page: port, protocols: `guardroom.v1, token.${token}` });
  await eventually('the upgrade', () => raw.heard().includes('101 Switching Protocols'));
  raw.socket.write(frame(helloOf(session)));
  await eventually('the welcome', () => raw.heard().includes('"t":"welcome"'));
  return raw;
};

/** A command as it stands on the wire. */
export const commandText = <T extends CommandType>(command: CommandOf<T>): string =>
  JSON.stringify({ t: 'command', command });
