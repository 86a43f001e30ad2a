import { describe, expect, it } from 'vitest';
import {
  connect,
  crashAndRestart,
  createTestStation,
  createWorld,
  pass,
  pressHelp,
  seatOf,
  settle,
  type TestSeat,
  type TestStation,
  valueOf,
} from '../../../tests/support/station-harness.ts';
import { JournalError } from '../ports/journal.port.ts';
import { BUFFER_LIMIT_BYTES, MOST_BUFFERED_BYTES } from './seat-feed.ts';

const visit = { kind: 'family', name: '陈小姐', phone: '13700002222', plate: null, visiting: '5-1-301' } as const;
const patches = (seat: TestSeat) => seat.received.filter((message) => message.t === 'patch');
const bootOf = (seat: TestSeat): string => seat.received.find((message) => message.t === 'welcome')?.bootId ?? '';
const snapshots = (seat: TestSeat) => seat.received.filter((message) => message.t === 'snapshot').length;

const rowsOf = (seat: TestSeat): ReadonlyMap<string, unknown> => {
  const rows = new Map<string, unknown>();
  for (const message of seat.received) {
    if (message.t !== 'snapshot' && message.t !== 'patch') continue;
    if (message.t === 'snapshot') rows.clear();
    for (const { collection, key, doc } of message.rows) rows.set(`${collection}/${key}`, doc);
  }
  return rows;
};

const addNotes = async (test: TestStation, count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1)
    valueOf(await test.manager.command('addNote', { text: `第 ${index} 条` }));
};

describe('patches', () => {
  it('come in order, each after the one before, and end where the journal ends', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    await addNotes(test, 5);
    let at: number | null = null;
    for (const message of seat.received) {
      if (message.t === 'snapshot') at = message.seq;
      if (message.t !== 'patch') continue;
      expect(message.after).toBe(at);
      expect(message.seq).toBeGreaterThanOrEqual(message.after);
      at = message.seq;
    }
    expect(at).toBe(test.journal.lastSeq());
  });

  it('of a command come after its answer, which waits for no feed', async () => {
    const test = await createTestStation();
    const from = test.manager.received.length;
    await addNotes(test, 1);
    const kinds = test.manager.received.slice(from).map(({ t }) => t);
    expect(kinds).toEqual(['answer', 'patch']);
  });
});

describe('a seat that comes back', () => {
  it('goes on after the last sequence number it saw', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li', { seatId: 'desk' });
    const resume = { bootId: bootOf(seat), seq: seat.seq() };
    const rows = rowsOf(seat);
    seat.leave();
    await addNotes(test, 3);
    const back = connect(test.station, test.clock, test.ids, { seatId: 'desk', session: seat.token(), resume, rows });
    expect(snapshots(back)).toBe(0);
    expect(patches(back)).toHaveLength(1);
    expect(patches(back)[0]?.rows.map(({ collection }) => collection)).toEqual(['log', 'log', 'log']);
    expect(back.seq()).toBe(test.journal.lastSeq());
  });

  it('after a restart of the station, or with a number from the future, gets everything', async () => {
    const before = await createTestStation();
    const resume = { bootId: bootOf(before.manager), seq: before.manager.seq() };
    const future = connect(before.station, before.clock, before.ids, {
      session: before.manager.token(),
      resume: { ...resume, seq: resume.seq + 9 },
    });
    expect(snapshots(future)).toBe(1);
    const test = await crashAndRestart(before);
    const back = connect(test.station, test.clock, test.ids, { session: before.manager.token(), resume });
    expect(snapshots(back)).toBe(1);
  });

  it('as somebody else gets everything anew, and nothing of what the other saw', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li', { seatId: 'desk' });
    const resume = { bootId: bootOf(seat), seq: seat.seq() };
    seat.send({ t: 'signOut', id: 'out' });
    await settle();
    const back = connect(test.station, test.clock, test.ids, { seatId: 'desk', session: seat.token(), resume });
    expect(snapshots(back)).toBe(1);
    expect(back.rows('log')).toEqual([]);
  });
});

describe('a slow seat', () => {
  it('gets one patch with the newest version of each row, when it can take it', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const before = patches(seat).length;
    seat.buffer(BUFFER_LIMIT_BYTES + 1);
    for (let times = 0; times < 20; times += 1) pressHelp(test);
    expect(patches(seat)).toHaveLength(before);
    seat.buffer(0);
    await pass(test.clock, 1000);
    const sent = patches(seat).slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.rows.filter(({ collection }) => collection === 'alarms')).toHaveLength(1);
    expect(seat.rows('alarms')[0]?.occurrences).toBe(20);
  });

  it('never makes another one wait', async () => {
    const test = await createTestStation();
    const slow = await seatOf(test, 'li');
    const quick = await seatOf(test, 'wu');
    slow.buffer(BUFFER_LIMIT_BYTES + 1);
    pressHelp(test);
    expect(quick.rows('alarms')).toHaveLength(1);
  });

  it('is sent away after 30 s without progress', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    seat.buffer(BUFFER_LIMIT_BYTES + 1);
    await pass(test.clock, 29_000);
    expect(seat.isClosed()).toBe(false);
    await pass(test.clock, 3000);
    expect(seat.received.at(-1)).toEqual({ t: 'bye', reason: 'tooSlow' });
    expect(seat.isClosed()).toBe(true);
  });

  it('that asks on and on without reading what it is told is sent away at once', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    seat.buffer(MOST_BUFFERED_BYTES);
    seat.send({ t: 'query', id: 'a', query: { type: 'videoTicket' } });
    await settle();
    expect(seat.reply('a')).toMatchObject({ ok: true });
    seat.buffer(MOST_BUFFERED_BYTES + 1);
    seat.send({ t: 'query', id: 'b', query: { type: 'videoTicket' } });
    await settle();
    expect([seat.reply('b'), seat.received.at(-1), seat.isClosed()]).toEqual([
      undefined,
      { t: 'bye', reason: 'tooSlow' },
      true,
    ]);
  });

  it('that asks for everything again without reading gets it once it has read', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const before = snapshots(seat);
    seat.buffer(BUFFER_LIMIT_BYTES + 1);
    const hello = {
      t: 'hello',
      seatId: 'desk',
      session: seat.token(),
      fresh: false,
      resume: null,
      sound: 'on',
    } as const;
    for (let times = 0; times < 9; times += 1) seat.send(hello);
    expect(snapshots(seat)).toBe(before);
    seat.buffer(0);
    await pass(test.clock, 1000);
    expect(snapshots(seat)).toBe(before + 1);
  });

  it('gets a snapshot when too much has changed meanwhile', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const before = snapshots(seat);
    seat.buffer(BUFFER_LIMIT_BYTES + 1);
    for (let times = 0; times < 1100; times += 1) pressHelp(test);
    seat.buffer(0);
    await pass(test.clock, 1000);
    expect(snapshots(seat)).toBe(before + 1);
    expect(seat.rows('alarms')[0]?.occurrences).toBe(1100);
  });
});

describe('who sees what', () => {
  it('a seat with nobody at it sees the room, and no visitor, contact, line, resident or address', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('registerVisit', visit));
    pressHelp(test);
    const seat = connect(test.station, test.clock, test.ids);
    expect(seat.rows('people').map(({ name }) => name)).toContain('李阿姨');
    expect(seat.rows('alarms')).toHaveLength(1);
    expect(seat.rows('helpPoints')).toEqual([expect.objectContaining({ place: '3栋1单元502', residentName: null })]);
    expect(seat.rows('cameras')[0]).toMatchObject({ name: '北门', mainUrl: '', username: null, onvifAddress: null });
    for (const collection of ['visits', 'contacts', 'log'] as const) expect(seat.rows(collection)).toEqual([]);
    const heard = JSON.stringify(seat.received);
    for (const secret of ['陈小姐', '13700002222', '王奶奶', '13900001111', '13700004444', '192.0.2.', 'sealed:'])
      expect(heard).not.toContain(secret);
  });

  it('somebody on duty sees names, and a manager the addresses too', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('registerVisit', visit));
    const seat = await seatOf(test, 'wu');
    expect(seat.rows('visits')[0]).toMatchObject(visit);
    expect(seat.rows('contacts')[0]).toMatchObject({ name: '王小明', phone: '13900001111' });
    expect(seat.rows('helpPoints')[0]?.residentName).toBe('王奶奶');
    expect(seat.rows('people').find(({ personId }) => personId === 'li')?.phone).toBe('13700004444');
    expect(JSON.stringify(seat.rows('log'))).not.toContain('13700004444');
    expect(JSON.stringify(seat.received)).not.toContain('192.0.2.');
    expect(test.manager.rows('cameras')[0]?.mainUrl).toBe('rtsp://192.0.2.1/main');
  });

  it('no seat ever hears of secrets: ciphertexts, hashes, machines', async () => {
    const test = await createTestStation();
    await seatOf(test, 'li');
    const heard = JSON.stringify(test.manager.received);
    for (const secret of ['Cipher', 'recoveryHash', 'sessionHash', 'sealed:', 'fake.', '"machines"', '"schema"']) {
      expect([secret, heard.includes(secret)]).toEqual([secret, false]);
    }
  });
});

describe('a forgotten visitor', () => {
  it('is gone from every seat, from the snapshot and from what was kept ready', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('registerVisit', visit));
    const { visitId } = test.manager.rows('visits')[0] ?? { visitId: '' };
    const seat = await seatOf(test, 'li');
    expect(seat.rows('visits')[0]?.name).toBe('陈小姐');
    const before = snapshots(seat);
    valueOf(await test.manager.command('forgetVisitor', { visitId }));
    await pass(test.clock, 1000);
    expect(snapshots(seat)).toBe(before + 1);
    expect(seat.rows('visits')[0]).toMatchObject({ state: 'forgotten', name: null, phone: null, visiting: null });
    expect(JSON.stringify([...rowsOf(seat)])).not.toContain('陈小姐');
    const late = await seatOf(test, 'wu');
    expect(JSON.stringify(late.received)).not.toContain('陈小姐');
  });

  it.each([
    ['before', 0],
    ['after', 1000],
  ] as const)(
    'is not kept by a seat that was cut off at that moment and comes back %s the next tick',
    async (_when, awayMs) => {
      const test = await createTestStation();
      valueOf(await test.manager.command('registerVisit', visit));
      const { visitId } = test.manager.rows('visits')[0] ?? { visitId: '' };
      const seat = await seatOf(test, 'li', { seatId: 'desk' });
      valueOf(await test.manager.command('forgetVisitor', { visitId }));
      await addNotes(test, 2);
      const resume = { bootId: bootOf(seat), seq: seat.seq() };
      seat.leave();
      await pass(test.clock, awayMs);
      const back = connect(test.station, test.clock, test.ids, {
        seatId: 'desk',
        session: seat.token(),
        resume,
        rows: rowsOf(seat),
      });
      expect(snapshots(back)).toBe(1);
    },
  );

  it('stays forgotten when storage brought the key back: deleted again at every start', async () => {
    const before = await createTestStation();
    valueOf(await before.manager.command('registerVisit', visit));
    const { visitId } = before.manager.rows('visits')[0] ?? { visitId: '' };
    valueOf(await before.manager.command('forgetVisitor', { visitId }));
    const forgotten: string[] = [];
    const deps = {
      ...before.world.deps,
      vault: {
        ...before.world.vault,
        isForgotten: () => false,
        forget: async (subjects: readonly string[]) => void forgotten.push(...subjects),
      },
    };
    await crashAndRestart({ ...before, world: { ...before.world, deps } });
    expect(forgotten).toEqual([`visit:${visitId}`]);
  });

  it('is forgotten by itself after 30 days', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('registerVisit', visit));
    const deadline = test.journal.deadlines().find(({ name }) => name === 'retention');
    expect((deadline?.dueAt ?? 0) - test.clock.nowMs()).toBe(30 * 86_400_000);
  });

  it('is tried again until the key is gone, also after a restart', async () => {
    const before = await createTestStation();
    valueOf(await before.manager.command('registerVisit', visit));
    const { visitId } = before.manager.rows('visits')[0] ?? { visitId: '' };
    let broken = true;
    const { vault } = before.world;
    const world = {
      ...before.world,
      deps: {
        ...before.world.deps,
        vault: {
          ...vault,
          forget: async (subjects: Parameters<typeof vault.forget>[0]) => {
            if (broken) throw new Error('the file is busy');
            await vault.forget(subjects);
          },
        },
      },
    };
    const test = await crashAndRestart({ ...before, world });
    valueOf(await test.manager.command('forgetVisitor', { visitId }));
    await pass(test.clock, 5000);
    expect(test.journal.outbox()).toHaveLength(1);
    expect(test.manager.rows('visits')[0]).toMatchObject({ name: null });
    broken = false;
    await pass(test.clock, 10_000);
    expect(test.journal.outbox()).toEqual([]);
    expect(vault.isForgotten(`visit:${visitId}` as never)).toBe(true);
  });
});

describe('every second', () => {
  it('the station tells its time, its place in the journal and how it is', async () => {
    const test = await createTestStation();
    test.manager.send({ t: 'sound', state: 'off' });
    const before = test.manager.received.length;
    await pass(test.clock, 3000);
    const ticks = test.manager.received.slice(before).filter((message) => message.t === 'tick');
    expect(ticks).toHaveLength(3);
    expect(test.clock.nowMs() - (ticks.at(-1)?.nowMs ?? 0)).toBeLessThan(1000);
    expect(ticks.at(-1)).toMatchObject({
      seq: test.journal.lastSeq(),
      health: { sounder: 'ready', journal: 'verified', storage: 'ok', clock: 'ok', seats: 1, seatsWithoutSound: 1 },
    });
  });
});

describe('storage that cannot be read', () => {
  it('sends the seats away and harms nothing else: the station goes on, and a motion is sent when it can be', async () => {
    const state = { unreadable: false };
    const guardRead =
      <Given extends readonly unknown[], Answer>(read: (...given: Given) => Answer) =>
      (...given: Given): Answer => {
        if (state.unreadable) throw new JournalError({ kind: 'ioError', detail: 'x' });
        return read(...given);
      };
    const test = await createTestStation(
      createWorld({
        wrapJournal: (journal) => ({
          ...journal,
          row: guardRead(journal.row),
          rows: guardRead(journal.rows),
          outbox: guardRead(journal.outbox),
          // Whatever stood in the way did so only after the commit.
          transact: (work) => {
            const done = journal.transact(work);
            state.unreadable = state.unreadable || journal.outbox().length > 0;
            return done;
          },
        }),
      }),
    );
    test.manager.send({
      t: 'command',
      command: test.manager.make('openBarrier', { barrierId: 'north', reason: 'fire', note: null }),
    });
    await settle();
    expect([test.manager.isClosed(), test.manager.received.at(-1)]).toEqual([true, { t: 'bye', reason: 'stopping' }]);
    expect(test.barriers.driven).toEqual([]);
    state.unreadable = false;
    await pass(test.clock, 1000);
    expect(test.barriers.driven).toHaveLength(1);
    state.unreadable = true;
    await pass(test.clock, 61_000, 10_000);
    state.unreadable = false;
    expect(snapshots(connect(test.station, test.clock, test.ids, { session: test.manager.token() }))).toBe(1);
  });
});

describe('a connection', () => {
  it('that speaks before its hello is closed', async () => {
    const test = await createTestStation();
    const sent: unknown[] = [];
    const handle = test.station.connectSeat({
      send: (message) => sent.push(message),
      bufferedBytes: () => 0,
      close: () => sent.push('closed'),
    });
    handle.receive({ t: 'signOut', id: 'x' });
    expect(sent).toEqual([{ t: 'bye', reason: 'protocol' }, 'closed']);
  });

  it('hears goodbye when the station stops', async () => {
    const test = await createTestStation();
    await test.station.stop();
    expect(test.manager.received.at(-1)).toEqual({ t: 'bye', reason: 'stopping' });
  });
});
