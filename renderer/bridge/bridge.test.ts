import { monitoringRoom } from '../../electron/domain/posts/post.ts';
import { CONTRACT_VERSION } from '../../electron/contract/version.ts';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import {
  seatMessageSchema,
  type SeatMessage,
  type StationHealth,
  type StationMessage,
} from '../../electron/contract/messages.schema.ts';
import { createSeatStore } from '../store/seat-store.ts';
import { createBridge } from './bridge.ts';
import type { SocketEvents } from './line.ts';
import { createSeatMemory } from './memory.ts';

const health: StationHealth = {
  sounder: 'ready',
  armsMoving: [],
  jobsRunning: [],
  preparing: null,
  journal: 'verified',
  journalCheckedAt: null,
  journalCheckedSeq: null,
  storage: 'ok',
  clock: 'ok',
  startedAgain: null,
  demo: 'none',
  receiver: 'ok',
  seats: 1,
  seatsWithoutSound: 0,
};
const STATION_NOW = Date.UTC(2026, 10, 21, 18, 0, 0);

interface Wire {
  readonly sent: SeatMessage[];
  readonly protocols: readonly string[];
  readonly say: (message: StationMessage) => void;
  readonly text: (text: string) => void;
  readonly drop: () => void;
  closed: boolean;
}

const createSeat = () => {
  const clock = createManualClock();
  const store = createSeatStore();
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  let made = 0;
  const uuid = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
  const wires: Wire[] = [];
  const openSocket = (_url: string, protocols: readonly string[], events: SocketEvents) => {
    const sent: SeatMessage[] = [];
    const wire: Wire = {
      sent,
      protocols,
      closed: false,
      say: (message) => events.text(JSON.stringify(message)),
      text: events.text,
      drop: () => {
        wire.closed = true;
        events.closed();
      },
    };
    wires.push(wire);
    clock.after(0, events.opened);
    return {
      send: (text: string) => void sent.push(seatMessageSchema.parse(JSON.parse(text))),
      close: () => wire.drop(),
    };
  };
  const bridge = createBridge({
    endpoint: { url: 'ws://127.0.0.1:1/seat', token: 'abc' },
    store,
    memory: createSeatMemory(storage, uuid),
    openSocket,
    clock,
    random: () => 0,
    uuid,
  });
  const wire = (): Wire => {
    const last = wires.at(-1);
    if (last === undefined) throw new Error('no socket');
    return last;
  };
  const welcome = (): void => {
    clock.advance(0);
    wire().say({
      t: 'welcome',
      seat: atRoom,
      bootId: 'boot-1',
      session: { personId: 'li', role: 'volunteer' },
      sessionToken: 'tok',
      contract: CONTRACT_VERSION,
      empty: false,
      version: '1',
    });
    wire().say({ t: 'tick', nowMs: STATION_NOW + clock.monotonicMs(), seq: 1, health });
    wire().say({ t: 'snapshot', seq: 1, rows: [] });
  };
  bridge.start();
  return { clock, store, bridge, kept, wires, wire, welcome };
};

const open = { barrierId: 'gate', reason: 'ambulance', note: null } as const;
const commandsOf = (wire: Wire) => wire.sent.flatMap((message) => (message.t === 'command' ? [message.command] : []));

const atRoom = { seatId: 'seat-1', kind: 'room', postId: monitoringRoom, name: null } as const;

describe('a page that is older than the station', () => {
  it('says so, and is believed again once it speaks the same version', () => {
    const { store, wire, welcome } = createSeat();
    welcome();
    expect(store.get().outdated).toBe(false);
    const other = { bootId: 'boot-2', session: null, sessionToken: null, empty: false, version: '2' };
    wire().say({ t: 'welcome', seat: atRoom, ...other, contract: CONTRACT_VERSION + 1 });
    expect(store.get().outdated).toBe(true);
  });
});

describe('the bridge', () => {
  it('shows its token in the subprotocol and greets as a fresh seat', () => {
    const { wire, clock } = createSeat();
    clock.advance(0);
    expect(wire().protocols).toEqual(['guardroom.v1', 'token.abc']);
    expect(wire().sent[0]).toMatchObject({ t: 'hello', fresh: true, session: null, resume: null, sound: 'off' });
  });

  it('resumes by boot and sequence with the session it was given', () => {
    const { wire, welcome, clock, wires } = createSeat();
    welcome();
    wire().drop();
    clock.advance(250);
    expect(wires).toHaveLength(2);
    clock.advance(0);
    expect(wire().sent[0]).toMatchObject({ t: 'hello', session: 'tok', resume: { bootId: 'boot-1', seq: 1 } });
  });

  it('dates commands by the station, not by this machine', async () => {
    const { bridge, wire, welcome, clock } = createSeat();
    welcome();
    clock.advance(400);
    void bridge.command('addNote', { text: 'x' });
    expect(commandsOf(wire())[0]?.occurredAt).toBe(STATION_NOW + 400);
    expect(clock.nowMs()).not.toBe(STATION_NOW + 400);
  });

  it('asks an unanswered command again with the same id, and no more once it is answered', async () => {
    const { bridge, wire, welcome, clock } = createSeat();
    welcome();
    const answer = bridge.command('addNote', { text: 'x' });
    const id = commandsOf(wire())[0]?.id ?? '';
    wire().drop();
    clock.advance(300);
    welcome();
    expect(commandsOf(wire()).map((command) => command.id)).toEqual([id]);
    wire().say({ t: 'answer', commandId: id, answer: { ok: true, seq: 2, value: {} } });
    wire().drop();
    await expect(answer).resolves.toMatchObject({ ok: true, seq: 2 });
    clock.advance(600);
    welcome();
    expect(commandsOf(wire())).toEqual([]);
  });

  it('goes on after an answer when the rows are here that it speaks of', async () => {
    const { bridge, wire, welcome, store } = createSeat();
    welcome();
    const seen: number[] = [];
    const done = bridge.command('addNote', { text: 'x' }).then(() => seen.push(store.get().seq));
    const commandId = commandsOf(wire())[0]?.id ?? '';
    wire().say({ t: 'answer', commandId, answer: { ok: true, seq: 2, value: {} } });
    wire().say({ t: 'patch', after: 1, seq: 2, rows: [] });
    await done;
    expect(seen).toEqual([2]);
  });

  it('never queues a motion: cut in the middle it is unknown, without a station it is refused', async () => {
    const { bridge, wire, welcome, clock } = createSeat();
    welcome();
    const cut = bridge.command('openBarrier', open);
    expect(commandsOf(wire())).toHaveLength(1);
    wire().drop();
    await expect(cut).resolves.toMatchObject({ ok: false, refusal: { kind: 'motionUnknown' } });
    await expect(bridge.command('openBarrier', open)).resolves.toMatchObject({
      ok: false,
      refusal: { kind: 'disconnected' },
    });
    clock.advance(300);
    welcome();
    expect(commandsOf(wire())).toEqual([]);
  });

  it('refuses a motion after three silent seconds although the socket is open', async () => {
    const { bridge, store, welcome, clock, wire } = createSeat();
    welcome();
    clock.advance(2999);
    expect(store.get().link).toBe('ok');
    clock.advance(1);
    expect(store.get().link).toBe('silent');
    expect(store.get().nowMs).toBe(STATION_NOW);
    await expect(
      bridge.command('closeBarrier', { barrierId: 'gate', reason: 'afterPassage', note: null }),
    ).resolves.toMatchObject({ refusal: { kind: 'disconnected' } });
    expect(commandsOf(wire())).toEqual([]);
  });

  it('makes the connection anew when the silence lasts', () => {
    const { welcome, clock, wires } = createSeat();
    welcome();
    clock.advance(8000);
    expect(wires[0]?.closed).toBe(true);
    clock.advance(250);
    expect(wires).toHaveLength(2);
  });

  it('waits 0.25 s, doubling to 5 s, and begins again after a welcome', () => {
    const { clock, wires, wire, welcome } = createSeat();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const before = wires.length;
      wire().drop();
      let waited = 0;
      while (wires.length === before) {
        clock.advance(50);
        waited += 50;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000]);
    welcome();
    wire().drop();
    const before = wires.length;
    clock.advance(250);
    expect(wires).toHaveLength(before + 1);
  });

  it('asks for everything anew when a patch is missing', () => {
    const { wire, welcome, clock, store } = createSeat();
    welcome();
    wire().say({ t: 'patch', after: 5, seq: 6, rows: [] });
    clock.advance(300);
    expect(store.get().seq).toBe(1);
    expect(wire().sent[0]).toMatchObject({ t: 'hello', resume: null });
  });

  it('counts what it cannot read and goes on', () => {
    const { wire, welcome, store } = createSeat();
    welcome();
    wire().text('{"t":"surprise"}');
    wire().text('not json');
    expect(store.get().unreadable).toBe(2);
    wire().say({ t: 'tick', nowMs: STATION_NOW + 1000, seq: 1, health });
    expect(store.get().nowMs).toBe(STATION_NOW + 1000);
  });

  it.each(['stopping', 'tooSlow', 'protocol', 'seatChanged', 'seatRevoked'] as const)(
    'connects again after every goodbye (%s)',
    (reason) => {
      const { wire, welcome, clock, wires } = createSeat();
      welcome();
      wire().say({ t: 'bye', reason });
      wire().drop();
      clock.advance(60_000);
      expect(wires.length).toBeGreaterThan(1);
    },
  );

  it('keeps nothing of the station on a seat that is used no more', () => {
    const { wire, welcome, store, kept } = createSeat();
    welcome();
    expect(store.get()).toMatchObject({ seatKind: 'room', postId: monitoringRoom, loaded: true, revoked: false });
    wire().say({ t: 'bye', reason: 'seatRevoked' });
    expect(store.get()).toMatchObject({ loaded: false, revoked: true, session: null });
    expect(kept.has('guardroom.session')).toBe(false);
    welcome();
    expect(store.get().revoked).toBe(false);
  });

  it('shows the same key at every connection, so that it comes back to its own seat', () => {
    const { wire, welcome, clock, wires } = createSeat();
    welcome();
    wire().drop();
    clock.advance(250);
    clock.advance(0);
    const keys = wires.map(({ sent }) => (sent[0]?.t === 'hello' ? sent[0].seatKey : undefined));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f-]{73}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it('is no longer fresh once a person has signed in or out', async () => {
    const { bridge, wire, welcome, clock } = createSeat();
    welcome();
    const out = bridge.signOut();
    const request = wire().sent.find((message) => message.t === 'signOut');
    expect(request).toBeDefined();
    wire().say({ t: 'signedIn', session: null, sessionToken: null });
    wire().say({ t: 'reply', id: request?.t === 'signOut' ? request.id : '', ok: true, value: {} });
    await expect(out).resolves.toMatchObject({ ok: true });
    wire().drop();
    clock.advance(250);
    clock.advance(0);
    expect(wire().sent[0]).toMatchObject({ fresh: false, session: null });
  });

  it('settles an open question when the connection is cut', async () => {
    const { bridge, wire, welcome } = createSeat();
    welcome();
    const reply = bridge.query({ type: 'verifyJournal' });
    wire().drop();
    await expect(reply).resolves.toMatchObject({ ok: false, refusal: { kind: 'disconnected' } });
  });
});

it('keeps how far the station is with its tables, and forgets it with the end or the connection', () => {
  const { store, wire, welcome } = createSeat();
  welcome();
  wire().say({ t: 'busy', done: 3, of: 10 });
  expect(store.get().preparing).toEqual({ done: 3, of: 10 });
  wire().say({ t: 'busy', done: 10, of: 10 });
  expect(store.get().preparing).toBeNull();
  wire().say({ t: 'busy', done: 4, of: 10 });
  wire().drop();
  expect(store.get()).toMatchObject({ link: 'silent', preparing: null });
});
