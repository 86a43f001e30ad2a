import { describe, expect, it } from 'vitest';
import type { Query } from '../../../contract/messages.schema.ts';
import { JournalError } from '../../ports/journal.port.ts';
import { createProjector } from '../../core/project.ts';
import { rebuildReadModels } from '../../core/rebuild.ts';
import {
  allFeatures,
  connect,
  createTestStation,
  createWorld,
  everythingStored,
  pass,
  pressHelp,
  refusalOf,
  seatOf,
  settle,
  valueOf,
  type TestSeat,
} from '../../../../tests/support/station-harness.ts';

describe('the log', () => {
  it('numbers every line with its shift; what makes somebody responsible belongs to the new one', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    expect(seat.rows('log').every(({ shiftNumber }) => shiftNumber === null)).toBe(true);
    valueOf(await seat.command('beginTakeover', {}));
    valueOf(await seat.command('acceptTakeover', { seenItems: [] }));
    valueOf(await seat.command('addNote', { text: '一切正常' }));
    expect(
      seat
        .rows('log')
        .slice(-2)
        .map(({ type, shiftNumber }) => [type, shiftNumber]),
    ).toEqual([
      ['v1.ShiftTakenOver', 1],
      ['v1.NoteAdded', 1],
    ]);
    expect(seat.rows('log').at(-1)?.body).toEqual({ text: '一切正常' });
  });

  it("shows a manager's note on the line, and never changes the line itself", async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    valueOf(await seat.command('addNote', { text: '送水车来过' }));
    const line = seat.rows('log').at(-1);
    valueOf(await test.manager.command('addManagerNote', { seq: line?.seq ?? 0, text: '请写车牌' }));
    const after = seat.rows('log').find(({ seq }) => seq === line?.seq);
    expect(after).toEqual({
      ...line,
      managerNotes: [{ at: test.clock.nowMs(), by: test.managerId, name: '张建国', text: '请写车牌' }],
    });
    expect(test.journal.facts((line?.seq ?? 1) - 1, 1)[0]?.body).not.toHaveProperty('managerNotes');
    expect(refusalOf(await test.manager.command('addManagerNote', { seq: 99_999, text: 'x' }))).toBe('notFound');
  });

  it('is read page by page, filtered by kind, time and shift, by those who may', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    for (let index = 0; index < 7; index += 1) valueOf(await seat.command('addNote', { text: `第 ${index} 条` }));
    const ask = async (id: string, given: Partial<Extract<Query, { type: 'log' }>>) => {
      const query: Query = {
        type: 'log',
        beforeSeq: null,
        limit: 3,
        kinds: ['note'],
        fromMs: null,
        toMs: null,
        shiftNumber: null,
        ...given,
      };
      seat.send({ t: 'query', id, query });
      await settle();
      return seat.reply(id)?.value as { entries: { seq: number; body: { text: string } }[]; more: boolean } | undefined;
    };
    const first = await ask('a', {});
    expect(first?.entries.map(({ body }) => body.text)).toEqual(['第 6 条', '第 5 条', '第 4 条']);
    expect(first?.more).toBe(true);
    const last = await ask('b', { beforeSeq: first?.entries.at(-1)?.seq ?? 1, limit: 4 });
    expect(last?.entries.map(({ body }) => body.text)).toEqual(['第 3 条', '第 2 条', '第 1 条', '第 0 条']);
    expect(last?.more).toBe(false);
    expect((await ask('c', { toMs: test.clock.nowMs() - 1 }))?.entries).toEqual([]);
    expect((await ask('d', { shiftNumber: 7 }))?.entries).toEqual([]);
    expect((await ask('e', { kinds: ['visit'] }))?.entries).toEqual([]);
    seat.send({ t: 'signOut', id: 'out' });
    await settle();
    expect(await ask('f', {})).toMatchObject({ kind: 'notSignedIn' });
  });
});

describe('the numbers of the log', () => {
  it('have no gap, and the lines of what only the station reads hold nothing of it', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    seat.send({ t: 'signOut', id: 'out' });
    await settle();
    const lines = test.manager.rows('log');
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
    expect(lines.length).toBe(test.journal.lastSeq());
    const inner = lines.filter(({ type }) => ['v1.FingerprintKeyMade', 'v1.SessionsEnded'].includes(type));
    expect(new Set(inner.map(({ type }) => type)).size).toBe(2);
    expect(inner.map(({ body }) => body)).toEqual(inner.map(() => ({})));
  });

  it('stay the same in a rebuild', async () => {
    const test = await createTestStation();
    const before = test.journal.rows('log');
    rebuildReadModels(test.journal, createProjector(allFeatures()));
    expect(test.journal.rows('log')).toEqual(before);
  });
});

describe('a call that was made', () => {
  it('keeps the name of whom was called, sealed, whatever the contact is called later', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    pressHelp(test);
    await settle();
    const incidentId = seat.rows('incidents')[0]?.incidentId ?? '';
    valueOf(await seat.command('recordCall', { incidentId, contactId: 'son', outcome: 'onTheWay' }));
    const renamed = { contactId: 'son', name: '王小明（旧号）', phone: '13900001111', rank: 1 };
    valueOf(await test.manager.command('addContact', renamed));
    const lineOf = (seatRows: typeof seat) => seatRows.rows('log').find(({ type }) => type === 'v1.CallRecorded');
    expect(lineOf(seat)?.body['contactName']).toBe('王小明');
    expect(everythingStored(test.world)).not.toContain('王小明');
  });
});

describe('reading the log', () => {
  const query: Query = {
    type: 'log',
    beforeSeq: null,
    limit: 3,
    kinds: ['note'],
    fromMs: null,
    toMs: null,
    shiftNumber: null,
  };

  /** A station whose log is read when the test says so, and how often its core thread read lines. */
  const createPatient = async () => {
    const reads = { onCoreThread: 0 };
    const world = createWorld({
      wrapJournal: (journal) => ({
        ...journal,
        rowsBefore: (...given) => {
          reads.onCoreThread += 1;
          return journal.rowsBefore(...given);
        },
      }),
    });
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const { logReader } = world.deps;
    const deps = {
      ...world.deps,
      logReader: {
        ...logReader,
        page: (question: Parameters<typeof logReader.page>[0]) => gate.then(() => logReader.page(question)),
      },
    };
    return { test: await createTestStation({ ...world, deps }), go: () => go(), reads };
  };

  it("is the reader's, and keeps nobody waiting meanwhile", async () => {
    const { test, go, reads } = await createPatient();
    const seat = await seatOf(test, 'li');
    const before = reads.onCoreThread;
    seat.send({ t: 'query', id: 'a', query });
    await settle();
    valueOf(await seat.command('addNote', { text: '一切正常' }));
    expect(seat.reply('a')).toBeUndefined();
    go();
    await settle();
    expect(seat.reply('a')).toMatchObject({
      ok: true,
      value: { entries: [{ body: { text: '一切正常' } }], more: false },
    });
    expect(reads.onCoreThread).toBe(before);
  });

  it('opens the lines for who is there when they come: nobody, after signing out', async () => {
    const { test, go } = await createPatient();
    const seat = await seatOf(test, 'li');
    valueOf(await seat.command('addNote', { text: '王奶奶来过' }));
    seat.send({ t: 'query', id: 'a', query });
    seat.send({ t: 'signOut', id: 'out' });
    await settle();
    go();
    await settle();
    expect(seat.reply('a')).toMatchObject({ ok: false, value: { kind: 'notSignedIn' } });
  });

  it('that fails is a refusal, and the next one may succeed', async () => {
    const world = createWorld();
    const { logReader } = world.deps;
    const state = { failing: true };
    const page: typeof logReader.page = (question) =>
      state.failing ? Promise.reject(new JournalError({ kind: 'ioError', detail: 'x' })) : logReader.page(question);
    const test = await createTestStation({ ...world, deps: { ...world.deps, logReader: { ...logReader, page } } });
    test.manager.send({ t: 'query', id: 'a', query });
    await settle();
    expect(test.manager.reply('a')).toMatchObject({ ok: false, value: { kind: 'storageFailed' } });
    state.failing = false;
    test.manager.send({ t: 'query', id: 'b', query });
    await settle();
    expect(test.manager.reply('b')).toMatchObject({ ok: true });
  });
});

describe('the code of a line', () => {
  const codeOf = async (seat: TestSeat, id: string, seq: number | null) => {
    seat.send({ t: 'query', id, query: { type: 'lineCode', seq } });
    await settle();
    return seat.reply(id);
  };

  it('is the beginning of its hash, the same however many lines come later, and another one for another log', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const seq = test.journal.lastSeq();
    const first = await codeOf(seat, 'a', null);
    expect(first).toMatchObject({ ok: true, value: { seq } });
    const code = String(first?.value['code']);
    expect(code).toMatch(/^[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}$/);
    expect(test.journal.hashOf(seq)?.toUpperCase().startsWith(code.replaceAll(' ', ''))).toBe(true);
    valueOf(await seat.command('addNote', { text: '一切正常' }));
    expect(await codeOf(seat, 'b', seq)).toMatchObject({ value: { seq, code } });
    expect((await codeOf(seat, 'c', null))?.value['code']).not.toBe(code);
    expect(await codeOf(seat, 'd', 1_000_000)).toMatchObject({ ok: true, value: { code: null } });
  });

  it('is not told where nobody is signed in', async () => {
    const test = await createTestStation();
    const seat = connect(test.station, test.clock, test.ids);
    expect(await codeOf(seat, 'a', null)).toMatchObject({ ok: false, value: { kind: 'notSignedIn' } });
  });
});

describe('what was verified', () => {
  it('ends at the line that was the newest then', async () => {
    const test = await createTestStation();
    const seq = test.journal.lastSeq();
    test.manager.send({ t: 'query', id: 'v', query: { type: 'verifyJournal' } });
    await settle();
    valueOf(await test.manager.command('addNote', { text: '一切正常' }));
    await pass(test.clock, 1000);
    const ticks = test.manager.received.filter((message) => message.t === 'tick');
    expect(ticks.at(-1)?.health).toMatchObject({ journal: 'verified', journalCheckedSeq: seq });
    expect(test.journal.lastSeq()).toBeGreaterThan(seq);
  });
});

describe('other questions', () => {
  it('are answered to those who may ask', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    seat.send({ t: 'query', id: 'v', query: { type: 'videoTicket' } });
    seat.send({ t: 'query', id: 'd', query: { type: 'discover', waitMs: 500 } });
    test.manager.send({ t: 'query', id: 'd', query: { type: 'discover', waitMs: 500 } });
    const device = {
      type: 'describeDevice',
      address: 'http://192.0.2.7/onvif/device_service',
      username: null,
      password: null,
    } as const;
    test.manager.send({ t: 'query', id: 'x', query: device });
    await settle();
    expect(seat.reply('v')).toMatchObject({ ok: true, value: { port: 4711, ticket: 'ticket-1' } });
    expect(seat.reply('d')).toMatchObject({ ok: false, value: { kind: 'notAllowed' } });
    expect(test.manager.reply('d')).toMatchObject({ ok: true, value: { devices: [] } });
    expect(test.manager.reply('x')).toMatchObject({ ok: false, value: { kind: 'unreachable' } });
  });

  it('tell a manager how a camera names its outputs and inputs, with the login that is kept for it, and move nothing', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const ask = (from: typeof seat, id: string, cameraId: string): void =>
      from.send({ t: 'query', id, query: { type: 'describeCamera', cameraId } });
    ask(test.manager, 'away', 'gate');
    await settle();
    test.onvif.add('http://192.0.2.1/onvif/device_service', {
      name: 'gate',
      username: 'admin',
      password: 'camera-secret-1',
      snapshot: Uint8Array.of(),
      description: {
        manufacturer: 'm',
        model: 'm',
        serial: 's',
        profiles: [],
        leftOut: [],
        snapshotUrl: null,
        relayTokens: ['r1', 'r2'],
        inputTokens: ['i1'],
        hasEvents: true,
      },
    });
    ask(test.manager, 'gate', 'gate');
    ask(test.manager, 'stream', 'stairs');
    ask(test.manager, 'none', 'no-such-camera');
    ask(seat, 'gate', 'gate');
    await settle();
    expect(test.manager.reply('away')).toMatchObject({ ok: false, value: { kind: 'unreachable' } });
    expect(test.manager.reply('gate')).toMatchObject({
      ok: true,
      value: { relayTokens: ['r1', 'r2'], inputTokens: ['i1'] },
    });
    for (const id of ['stream', 'none'])
      expect(test.manager.reply(id)).toMatchObject({ ok: false, value: { kind: 'notFound' } });
    expect(seat.reply('gate')).toMatchObject({ ok: false, value: { kind: 'notAllowed' } });
    expect(test.onvif.pulses).toEqual([]);
  });
});
