import { parseJson } from '../../electron/domain/kernel/json.ts';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { seatMessageSchema } from '../../electron/contract/messages.schema.ts';
import type { Log } from '../../electron/station/ports/clock.port.ts';
import type { SeatConnection, SeatHandle } from '../../electron/station/ports/seat.port.ts';

/** Malformed messages that one connection may send before it is closed. */
const MALFORMED_LIMIT = 5;
/** Messages that one connection may send in a second; a person needs a handful. */
const MESSAGES_PER_SECOND = 100;

/** Times one connection may say who it is within ten seconds: each is answered with everything there is. */
const HELLOS = 10;
const HELLOS_MS = 10_000;
/** Bytes that a connection which is to end may still be sent. */
const UNREAD_BYTES = 1_048_576;

const commandEnvelope = z.object({ t: z.literal('command'), command: z.object({ id: z.uuid() }) });
const requestEnvelope = z.object({ id: z.string().min(1).max(64) });

/** What was wrong and where, without repeating what was sent (it may hold a PIN). */
const problemsOf = (error: z.ZodError): readonly string[] =>
  error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.code}`);

/** A joined WebSocket, for whoever has to make room. */
export interface JoinedSeat {
  /** What would be lost with it: nothing that it ever said, nobody signed in, or a person. */
  readonly rank: () => 'silent' | 'empty' | 'occupied';
  readonly end: () => void;
  readonly onEnd: (listener: () => void) => void;
}

/** Joins one WebSocket to the station: decodes, bounds, and answers what cannot be decoded in words the seat understands. */
export const joinSeat = (
  socket: WebSocket,
  connect: (connection: SeatConnection) => SeatHandle,
  log: Log,
  nowMs: () => number,
): JoinedSeat => {
  const connection: SeatConnection = {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    bufferedBytes: () => socket.bufferedAmount,
    close: () => {
      socket.close(1000);
      // Whoever does not read does not read this either, and what waits for it would be held until then.
      if (socket.bufferedAmount > UNREAD_BYTES) socket.terminate();
    },
  };
  const handle = connect(connection);
  let malformed = 0;
  let windowStartMs = nowMs();
  let inWindow = 0;
  let said = false;
  let hellos: readonly number[] = [];

  const refuse = (parsed: unknown, problems: readonly string[]): void => {
    malformed += 1;
    log.warn('seat message not understood', { problems: problems.join('; ') });
    const command = commandEnvelope.safeParse(parsed);
    const request = requestEnvelope.safeParse(parsed);
    if (command.success) {
      const refusal = { kind: 'malformed', details: [...problems] };
      connection.send({ t: 'answer', commandId: command.data.command.id, answer: { ok: false, refusal } });
    } else if (request.success) {
      connection.send({
        t: 'reply',
        id: request.data.id,
        ok: false,
        value: { kind: 'malformed', problems: [...problems] },
      });
    }
    if (malformed >= MALFORMED_LIMIT) leave();
  };

  const leave = (): void => {
    connection.send({ t: 'bye', reason: 'protocol' });
    socket.close(1008);
  };

  socket.on('message', (data, isBinary) => {
    const now = nowMs();
    if (now - windowStartMs >= 1000) {
      windowStartMs = now;
      inWindow = 0;
    }
    inWindow += 1;
    if (inWindow > MESSAGES_PER_SECOND) return leave();
    const parsed = isBinary ? undefined : parseJson(data.toString());
    const message = seatMessageSchema.safeParse(parsed);
    if (!message.success) return refuse(parsed, problemsOf(message.error));
    said = true;
    if (message.data.t === 'hello') {
      hellos = [...hellos.filter((at) => now - at < HELLOS_MS), now];
      if (hellos.length > HELLOS) return leave();
    }
    return handle.receive(message.data);
  });
  socket.on('close', () => handle.closed());
  // An oversized or broken frame: `ws` closes the connection itself (1009, 1002); what is left is to note it.
  socket.on('error', (error) => log.warn('seat socket failed', { reason: error.message }));
  return {
    rank: () => (handle.isOccupied() ? 'occupied' : said ? 'empty' : 'silent'),
    end: () => socket.terminate(),
    onEnd: (listener) => void socket.once('close', listener),
  };
};
