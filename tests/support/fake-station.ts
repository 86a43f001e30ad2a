/**
 * A station small enough to read: it speaks the contract to seats on loopback and keeps its rows in memory, so that the seat can be
 * tried without devices, storage or simulators. It decodes what seats send with the contract's own schemas.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Answer, Command } from '../../electron/contract/commands.schema.ts';
import {
  seatMessageSchema,
  TICK_MS,
  type SeatMessage,
  type SessionView,
  type StationHealth,
  type StationMessage,
} from '../../electron/contract/messages.schema.ts';
import type { CollectionName, Views } from '../../electron/contract/views.schema.ts';
import { createFakeCommunity, FAKE_PIN, type FakeCommunity } from './fake-community.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws://127.0.0.1:*; worker-src 'self'; media-src 'self' blob:";
const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface FakeStation {
  readonly community: FakeCommunity;
  readonly origin: string;
  /** The address a person would open. `more` is added to the query, `place` after `#/`. */
  readonly url: (more?: string, place?: string) => string;
  /** Every command received, in order, repeated ones too. */
  readonly commands: readonly Command[];
  /** Changes a row and tells all seats. */
  readonly put: <N extends CollectionName>(collection: N, key: string, doc: Views[N] | null) => void;
  readonly health: (change: Partial<StationHealth>) => void;
  /** Stops (or resumes) answering and ticking without closing anything. */
  readonly silence: (on: boolean) => void;
  /** Drops every connection; `back` lets seats in again. */
  readonly cut: () => void;
  readonly back: () => void;
  /** While held, commands are received and not answered. */
  readonly hold: (on: boolean) => void;
  readonly seats: () => number;
  readonly close: () => Promise<void>;
}

export interface FakeStationOptions {
  readonly staticDir: string;
  /** Nothing has been set up. */
  readonly empty?: boolean;
  /** Who is signed in at a fresh seat; `null` nobody. */
  readonly signedInAs?: string | null;
  /** A clock that stands still gives pictures that can be compared. */
  readonly nowMs?: () => number;
}

interface Seat {
  readonly socket: WebSocket;
  session: SessionView | null;
}

const TOKEN = 'fake-token';

export const createFakeStation = async (options: FakeStationOptions): Promise<FakeStation> => {
  const nowMs = options.nowMs ?? Date.now;
  const bootId = 'boot-fake';
  const seats = new Set<Seat>();
  const commands: Command[] = [];
  const answers = new Map<string, Answer>();
  let seq = 1;
  let silent = false;
  let refusing = false;
  let held = false;
  let empty = options.empty === true;
  let health: StationHealth = {
    sounder: 'ready',
    journal: 'verified',
    journalCheckedAt: nowMs() - 600_000,
    storage: 'ok',
    clock: 'ok',
    seats: 1,
    seatsWithoutSound: 0,
  };

  const send = (seat: Seat, message: StationMessage): void => {
    if (!silent) seat.socket.send(JSON.stringify(message));
  };
  const community = createFakeCommunity(nowMs, (rows) => {
    const after = seq;
    seq += 1;
    for (const seat of seats) send(seat, { t: 'patch', after, seq, rows: [...rows] });
  });
  const tick = (seat: Seat): void => send(seat, { t: 'tick', nowMs: nowMs(), seq, health });
  const snapshot = (seat: Seat): void => send(seat, { t: 'snapshot', seq, rows: empty ? [] : community.rows() });

  const signIn = (seat: Seat, personId: string): void => {
    const person = community.get('people', personId);
    if (person === undefined) return;
    seat.session = { personId, role: person.role };
    send(seat, { t: 'signedIn', session: seat.session, sessionToken: `session-${personId}` });
    snapshot(seat);
  };

  const command = (seat: Seat, given: Command): void => {
    commands.push(given);
    if (held) return;
    const answer =
      answers.get(given.id) ??
      (given.type === 'establishCommunity'
        ? establish()
        : community.run(given, seat.session?.personId ?? null, () => seq));
    answers.set(given.id, answer);
    send(seat, { t: 'answer', commandId: given.id, answer });
  };
  const establish = (): Answer => {
    empty = false;
    return { ok: true, seq, value: { personId: 'p-zhang', recoveryCode: 'K7QF-29MD-XW4H-P8TR' } };
  };

  const receive = (seat: Seat, message: SeatMessage): void => {
    const reply = (id: string, ok: boolean, value: Extract<StationMessage, { t: 'reply' }>['value']): void =>
      send(seat, { t: 'reply', id, ok, value });
    switch (message.t) {
      case 'hello': {
        const kept = message.session?.replace(/^session-/, '') ?? null;
        const who = empty
          ? null
          : (kept ?? (message.fresh ? (options.signedInAs === undefined ? 'p-li' : options.signedInAs) : null));
        const person = who === null ? undefined : community.get('people', who);
        seat.session = person === undefined ? null : { personId: person.personId, role: person.role };
        send(seat, {
          t: 'welcome',
          bootId,
          session: seat.session,
          sessionToken: seat.session === null ? null : `session-${seat.session.personId}`,
          empty,
          version: '0.1.0',
        });
        tick(seat);
        if (message.resume?.bootId !== bootId || message.resume.seq !== seq) snapshot(seat);
        return;
      }
      case 'command':
        command(seat, message.command);
        return;
      case 'signIn':
        if (message.pin !== FAKE_PIN) reply(message.id, false, { kind: 'wrongPin' });
        else {
          signIn(seat, message.personId);
          reply(message.id, true, {});
        }
        return;
      case 'signOut':
        seat.session = null;
        send(seat, { t: 'signedIn', session: null, sessionToken: null });
        reply(message.id, true, {});
        return;
      case 'recover':
        reply(
          message.id,
          message.code === 'K7QF',
          message.code === 'K7QF' ? { recoveryCode: 'NEXT-CODE' } : { kind: 'wrongCode' },
        );
        return;
      case 'startDemo':
        empty = false;
        signIn(seat, 'p-li');
        reply(message.id, true, {});
        return;
      case 'query': {
        const value = community.query(message.query);
        reply(message.id, value !== null, value ?? { kind: 'notFound' });
        return;
      }
      case 'sound':
        return;
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const file = path.join(options.staticDir, name === '/' ? 'index.html' : path.normalize(name));
    try {
      const bytes = await readFile(file);
      response.writeHead(200, {
        'content-type': kinds[path.extname(file)] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
      });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  };
  const http: Server = createServer((request, response) => void serve(request, response));
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'guardroom.v1' });
  http.on('upgrade', (request, socket, head) => {
    const offered = request.headers['sec-websocket-protocol'] ?? '';
    if (refusing || !offered.includes(`token.${TOKEN}`)) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      const seat: Seat = { socket: accepted, session: null };
      seats.add(seat);
      accepted.on('close', () => seats.delete(seat));
      accepted.on('message', (data) => {
        if (silent) return;
        receive(seat, seatMessageSchema.parse(JSON.parse(String(data))));
      });
    });
  });
  const timer = setInterval(() => {
    for (const seat of seats) tick(seat);
  }, TICK_MS);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const cut = (): void => {
    refusing = true;
    for (const seat of seats) seat.socket.terminate();
  };
  return {
    community,
    origin,
    url: (more = '', place = 'room') => `${origin}/?token=${TOKEN}${more === '' ? '' : `&${more}`}#/${place}`,
    commands,
    put: (collection, key, doc) => community.put(collection, key, doc),
    health: (change) => {
      health = { ...health, ...change };
      for (const seat of seats) tick(seat);
    },
    silence: (on) => {
      silent = on;
    },
    cut,
    back: () => {
      refusing = false;
    },
    hold: (on) => {
      held = on;
    },
    seats: () => seats.size,
    close: async () => {
      clearInterval(timer);
      cut();
      sockets.close();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
};
