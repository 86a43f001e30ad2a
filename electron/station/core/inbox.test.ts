import { describe, expect, it } from 'vitest';
import {
  connect,
  crashAndRestart,
  createTestStation,
  createWorld,
  everythingStored,
  pass,
  PINS,
  refusalOf,
  seatOf,
  settle,
  valueOf,
} from '../../../tests/support/station-harness.ts';

const open = { barrierId: 'north', reason: 'resident', note: null } as const;
const visit = { kind: 'delivery', name: '刘师傅', phone: null, plate: null, visiting: '5-2-101' } as const;

describe('the same command twice', () => {
  it('is one effect and the same stored answer', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const command = seat.make('registerVisit', visit);
    const first = await seat.give(command);
    const seq = test.journal.lastSeq();
    const second = await seat.give(command);
    expect(second).toEqual(first);
    expect(test.journal.lastSeq()).toBe(seq);
    expect(seat.rows('visits')).toHaveLength(1);
  });

  it('answers what was stored even after a crash of the station', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const command = seat.make('registerVisit', visit);
    const first = await seat.give(command);
    const again = await crashAndRestart(test);
    const back = connect(again.station, test.clock, test.ids, { session: seat.token() });
    expect(await back.give(command)).toEqual(first);
    expect(back.rows('visits')).toHaveLength(1);
  });

  it('is refused when the content is another one', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const id = test.ids.next();
    valueOf(await seat.command('registerVisit', visit, { id }));
    expect(refusalOf(await seat.command('registerVisit', { ...visit, name: '马师傅' }, { id }))).toBe('idReused');
    expect(seat.rows('visits')).toHaveLength(1);
  });

  it('is refused when another person gives it', async () => {
    const test = await createTestStation();
    const command = test.manager.make('addNote', { text: '一切正常' });
    valueOf(await test.manager.give(command));
    const seat = await seatOf(test, 'li');
    expect(refusalOf(await seat.give(command))).toBe('idReused');
  });

  it('keeps a refusal too', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const command = seat.make('visitorLeft', { visitId: 'nobody' });
    expect(refusalOf(await seat.give(command))).toBe('notFound');
    expect(test.journal.answer(command.id)?.answer).toMatchObject({ ok: false, refusal: { kind: 'notFound' } });
    expect(await seat.give(command)).toMatchObject({ ok: false, refusal: { kind: 'notFound' } });
  });

  it('does not let names or PINs be guessed from the stored fingerprint', async () => {
    const test = await createTestStation();
    const command = test.manager.make('addNote', { text: '一切正常' });
    valueOf(await test.manager.give(command));
    const guesses = [JSON.stringify(command), `${test.managerId}\n${JSON.stringify(command)}`].map(test.ids.hash);
    expect(guesses).not.toContain(test.journal.answer(command.id)?.fingerprint);
  });
});

describe('a command that comes late', () => {
  const week = 7 * 86_400_000;

  it('is done once and answered for a week; after that it is refused, and never done again', async () => {
    const before = await createTestStation();
    const command = before.manager.make('addNote', { text: '一切正常' });
    valueOf(await before.manager.give(command));
    const young = before.manager.make('addNote', { text: '还是正常' }, { occurredAt: before.clock.nowMs() });
    before.clock.advance(60_000);
    valueOf(await before.manager.give(young));
    const test = await crashAndRestart(before, { awayMs: week - 30_000 });
    expect([test.journal.answer(command.id), test.journal.answer(young.id)]).toEqual([
      null,
      expect.objectContaining({ commandId: young.id }),
    ]);
    expect(refusalOf(await test.manager.give(command))).toBe('tooOld');
    expect(test.journal.facts(0, 1000).filter(({ type }) => type === 'v1.NoteAdded')).toHaveLength(2);
  });

  it('and was never heard of is not done either', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    expect(refusalOf(await seat.command('registerVisit', visit, { occurredAt: test.clock.nowMs() - week - 1 }))).toBe(
      'tooOld',
    );
    expect(seat.rows('visits')).toEqual([]);
    valueOf(await seat.command('registerVisit', visit, { occurredAt: test.clock.nowMs() - week + 1 }));
  });
});

describe('what waits behind a slow hash', () => {
  /** A station that hashes PINs when the test says so. */
  const createSlowHashes = async () => {
    const world = createWorld();
    const { pins } = world.deps;
    const state = { slow: false, go: (): void => undefined };
    const hash: typeof pins.hash = async (pin) => {
      if (state.slow) await new Promise<void>((resolve) => (state.go = resolve));
      return pins.hash(pin);
    };
    return { test: await createTestStation({ ...world, deps: { ...world.deps, pins: { ...pins, hash } } }), state };
  };
  const guard = { personId: 'wu', name: '吴师傅', role: 'guard', active: true } as const;

  it('is done in its turn: the PIN that was asked for last counts, though it was compared before', async () => {
    const { test, state } = await createSlowHashes();
    state.slow = true;
    const answers = [
      test.manager.command('addPerson', { ...guard, pin: '9053' }),
      test.manager.command('addPerson', { ...guard, pin: PINS.guard }),
    ];
    await settle();
    state.slow = false;
    state.go();
    for (const answer of await Promise.all(answers)) valueOf(answer);
    expect(await connect(test.station, test.clock, test.ids).signIn('wu', PINS.guard)).toBe(true);
  });

  it('is never done in the name of who has signed in meanwhile', async () => {
    const { test, state } = await createSlowHashes();
    state.slow = true;
    const slow = test.manager.command('addPerson', { ...guard, pin: '9053' });
    const note = test.manager.command('addNote', { text: '管理员写的' });
    await settle();
    expect(await test.manager.signIn('li', PINS.volunteer)).toBe(true);
    state.slow = false;
    state.go();
    await slow;
    expect(refusalOf(await note)).toBe('notSignedIn');
    expect(test.journal.facts(0, 1000).filter(({ type }) => type === 'v1.NoteAdded')).toEqual([]);
  });
});

describe('a text that looks sealed', () => {
  it("is not taken from a person: it would be opened as somebody else's", async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const { visitId } = valueOf(await seat.command('registerVisit', visit));
    const stolen = String(test.journal.row('visits', String(visitId))?.['name']);
    const camera = {
      cameraId: 'shed',
      place: '车棚',
      onvifAddress: null,
      mainUrl: 'rtsp://x/',
      subUrl: null,
      username: null,
      password: null,
    } as const;
    expect(refusalOf(await test.manager.command('addCamera', { ...camera, name: stolen }))).toBe('invalid');
    expect(test.journal.row('cameras', 'shed')).toBeNull();
  });
});

describe('motion', () => {
  it('is dead 5 s after it was given, and answered so, again and again', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const command = seat.make('openBarrier', open, { occurredAt: test.clock.nowMs() - 5001 });
    expect(refusalOf(await seat.give(command))).toBe('expired');
    await pass(test.clock, 1000);
    expect(refusalOf(await seat.give(command))).toBe('expired');
    expect(test.barriers.driven).toEqual([]);
    expect(seat.rows('barriers')[0]?.commandState).toBe('idle');
  });

  it('lives until then', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    valueOf(await seat.command('openBarrier', open, { occurredAt: test.clock.nowMs() - 4900 }));
    expect(test.barriers.driven).toHaveLength(1);
  });

  it('awaits the arm for the travel time of now, also where a manager changed it after the installation', async () => {
    const test = await createTestStation();
    const wiring = { cameraId: 'gate', openRelay: 'r1', closeRelay: 'r2', openInput: 'i1', closedInput: 'i2' };
    valueOf(
      await test.manager.command('addBarrier', { barrierId: 'north', name: '北门道闸', ...wiring, travelMs: 20_000 }),
    );
    test.barriers.setStuck('north', true);
    valueOf(await test.manager.command('openBarrier', open));
    expect(test.journal.deadlines().find(({ name }) => name === 'confirm')?.remainingMs).toBe(25_000);
  });

  it('gains nothing from a seat whose clock is ahead', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const givenAt = test.clock.nowMs();
    valueOf(await seat.command('openBarrier', open, { occurredAt: givenAt + 3_600_000 }));
    expect(seat.rows('barriers')[0]?.command?.givenAt).toBe(givenAt);
  });
});

describe('a command', () => {
  it('waits its turn: a quick one never overtakes one that hashes a PIN', async () => {
    const test = await createTestStation();
    const slow = test.manager.make('addPerson', {
      personId: 'zhao',
      name: '赵大爷',
      role: 'volunteer',
      pin: '5183',
      active: true,
    });
    const quick = test.manager.make('addNote', { text: '赵大爷来了' });
    test.manager.send({ t: 'command', command: slow });
    test.manager.send({ t: 'command', command: quick });
    await settle();
    expect(
      test.journal
        .facts(0, 1000)
        .slice(-2)
        .map(({ commandId }) => commandId),
    ).toEqual([slow.id, quick.id]);
    expect(test.manager.received.filter(({ t }) => t === 'answer').slice(-2)).toEqual([
      expect.objectContaining({ commandId: slow.id }),
      expect.objectContaining({ commandId: quick.id }),
    ]);
  });

  it('is written down with who gave it, at which seat, when it happened and when it was recorded', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu', { seatId: 'gatehouse' });
    const nowMs = test.clock.nowMs();
    const command = seat.make('registerVisit', visit, { occurredAt: nowMs - 3000 });
    valueOf(await seat.give(command));
    expect(test.journal.facts(0, 1000).at(-1)).toMatchObject({
      actor: 'wu',
      seat: 'gatehouse',
      commandId: command.id,
      occurredAt: nowMs - 3000,
      recordedAt: nowMs,
    });
  });

  it('never happened later than it was recorded', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('addNote', { text: '钟快了' }, { occurredAt: test.clock.nowMs() + 60_000 }));
    expect(test.journal.facts(0, 1000).at(-1)?.occurredAt).toBe(test.clock.nowMs());
  });
});

describe('storage', () => {
  it('that fails leaves nothing, is answered so, and recovers', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'wu');
    const command = seat.make('registerVisit', visit);
    const before = { seq: test.journal.lastSeq(), stored: everythingStored(test) };
    test.journal.failNext({ kind: 'diskFull' });
    expect(await seat.give(command)).toEqual({
      ok: false,
      refusal: { kind: 'storageFailed', details: { fault: 'diskFull' } },
    });
    expect(test.journal.lastSeq()).toBe(before.seq);
    expect(everythingStored(test)).toBe(before.stored);
    expect(test.journal.answer(command.id)).toBeNull();
    test.clock.advance(1000);
    expect(seat.received.findLast((message) => message.t === 'tick')).toMatchObject({ health: { storage: 'failed' } });
    valueOf(await seat.give(command));
    test.clock.advance(1000);
    expect(seat.received.findLast((message) => message.t === 'tick')).toMatchObject({ health: { storage: 'ok' } });
  });

  it('has everything when the answer goes out, and nothing else is waited for', async () => {
    let committed = 0;
    const world = createWorld({
      wrapJournal: (journal) => ({
        ...journal,
        transact: (work) => {
          const value = journal.transact(work);
          committed = journal.lastSeq();
          return value;
        },
      }),
    });
    const test = await createTestStation(world);
    const seat = await seatOf(test, 'wu');
    const answer = await seat.command('registerVisit', visit);
    expect(answer).toMatchObject({ ok: true, seq: committed });
    const kinds = seat.received.map((message) => message.t);
    expect(kinds.lastIndexOf('patch')).toBeGreaterThan(kinds.lastIndexOf('answer'));
  });

  it('is given before an effect of the deed begins', async () => {
    const world = createWorld();
    const { barriers } = world.deps;
    const atDrive: string[] = [];
    let look = (): string => '';
    const drive: typeof barriers.drive = (...given) => {
      atDrive.push(look());
      return barriers.drive(...given);
    };
    const test = await createTestStation({ ...world, deps: { ...world.deps, barriers: { ...barriers, drive } } });
    const seat = await seatOf(test, 'li');
    look = () => seat.received.findLast(({ t }) => t === 'answer' || t === 'reply')?.t ?? 'nothing';
    valueOf(await seat.command('openBarrier', { barrierId: 'north', reason: 'ambulance', note: null }));
    expect(atDrive).toEqual(['answer']);
  });

  it('holds facts, deadlines, effects, read models and answer of a command in one transaction', async () => {
    const transactions: string[][] = [];
    const world = createWorld({
      wrapJournal: (journal) => ({
        ...journal,
        transact: (work) => {
          const written: string[] = [];
          transactions.push(written);
          const noted =
            <Given extends readonly unknown[], Answer>(name: string, write: (...given: Given) => Answer) =>
            (...given: Given): Answer => {
              if (!written.includes(name)) written.push(name);
              return write(...given);
            };
          return journal.transact((tx) =>
            work({
              ...tx,
              append: noted('facts', tx.append),
              setDeadline: noted('deadlines', tx.setDeadline),
              addOutbox: noted('effects', tx.addOutbox),
              change: noted('read models', tx.change),
              storeAnswer: noted('answer', tx.storeAnswer),
            }),
          );
        },
      }),
    });
    const test = await createTestStation(world);
    const seat = await seatOf(test, 'wu');
    transactions.length = 0;
    valueOf(await seat.command('openBarrier', open));
    expect(transactions[0]?.toSorted()).toEqual(['answer', 'deadlines', 'effects', 'facts', 'read models']);
    transactions.length = 0;
    valueOf(await seat.command('registerVisit', visit));
    expect(transactions.map((written) => written.toSorted())).toEqual([
      ['answer', 'deadlines', 'facts', 'read models'],
    ]);
  });
});

describe('secrets', () => {
  it('are nowhere in the plain: names, phones, PINs, passwords, recovery code', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const note = seat.make('addNote', { text: '王奶奶说她很好' });
    valueOf(await seat.give(note));
    const answers = test.journal
      .facts(0, 1000)
      .flatMap(({ commandId }) => (commandId === null ? [] : [test.journal.answer(commandId)]));
    const stored = everythingStored(test) + JSON.stringify(answers) + test.log.lines.join('\n');
    const secrets = [
      '张建国',
      '李阿姨',
      '吴师傅',
      '王奶奶',
      '王小明',
      '13900001111',
      '13700004444',
      'camera-secret-1',
      test.recoveryCode,
      PINS.manager,
      PINS.volunteer,
      PINS.guard,
    ];
    for (const secret of secrets) expect([secret, stored.includes(secret)]).toEqual([secret, false]);
    expect(stored).toContain('龙湾小区');
  });

  it('in an address are taken out of it', async () => {
    const test = await createTestStation();
    const fields = { name: '车棚', place: '车棚', onvifAddress: null, subUrl: null, username: null, password: null };
    valueOf(
      await test.manager.command('addCamera', {
        cameraId: 'shed',
        mainUrl: 'rtsp://viewer:p%40ss-word@192.0.2.3/1',
        ...fields,
      }),
    );
    expect(everythingStored(test)).not.toMatch(/p%40ss|p@ss/);
    expect(test.video.sources().find(({ cameraId }) => cameraId === 'shed')).toMatchObject({
      mainUrl: 'rtsp://192.0.2.3/1',
      username: 'viewer',
      password: 'p@ss-word',
    });
  });

  it('travel less safely to one camera only where a manager says so, and no longer than that is said', async () => {
    const test = await createTestStation();
    const fields = { cameraId: 'shed', name: '车棚', place: '车棚', onvifAddress: null, subUrl: null } as const;
    const account = { mainUrl: 'rtsp://192.0.2.3/1', username: 'viewer', password: 'p@ss-word' };
    const allowed = () => test.video.sources().find(({ cameraId }) => cameraId === 'shed')?.allows;
    const shown = () => test.manager.rows('cameras').find(({ name }) => name === '车棚')?.allows;
    valueOf(await test.manager.command('addCamera', { ...fields, ...account }));
    expect([allowed(), shown()]).toEqual([[], []]);
    const both = ['plainPassword', 'oldTls', 'plainPassword'] as const;
    valueOf(await test.manager.command('addCamera', { ...fields, ...account, allows: [...both] }));
    await settle();
    expect([allowed(), shown()]).toEqual([
      ['oldTls', 'plainPassword'],
      ['oldTls', 'plainPassword'],
    ]);
    valueOf(await test.manager.command('addCamera', { ...fields, ...account, allows: [] }));
    await settle();
    expect([allowed(), shown()]).toEqual([[], []]);
  });

  it('reach the seat once: the recovery code is in the answer, and in a repeated one', async () => {
    const test = await createTestStation();
    expect(test.recoveryCode).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  });
});

describe('setting up again', () => {
  it('writes nothing when nothing is new, and the change when something is', async () => {
    const test = await createTestStation();
    const before = test.journal.lastSeq();
    const person = { personId: 'li', name: '李阿姨', role: 'volunteer', pin: PINS.volunteer, active: true } as const;
    valueOf(await test.manager.command('addPerson', person));
    valueOf(
      await test.manager.command('addContact', { contactId: 'son', name: '王小明', phone: '13900001111', rank: 1 }),
    );
    await settle();
    expect(test.journal.lastSeq()).toBe(before);
    valueOf(
      await test.manager.command('addContact', { contactId: 'son', name: '王小明', phone: '13900003333', rank: 1 }),
    );
    expect(test.journal.facts(before, 10).map(({ type }) => type)).toEqual(['v1.ContactChanged']);
    expect(test.manager.rows('contacts')[0]?.phone).toBe('13900003333');
  });
});
