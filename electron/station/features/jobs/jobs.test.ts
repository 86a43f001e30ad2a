import { describe, expect, it } from 'vitest';
import {
  connect,
  crashAndRestart,
  createTestStation,
  createWorld,
  refusalOf,
  seatOf,
  settle,
  valueOf,
  type TestSeat,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';
import type { JsonObject } from '../../../domain/kernel/json.ts';
import type { LogReader } from '../../ports/log-reader.port.ts';

const everything = { lang: 'zh-CN', kinds: null, fromMs: null, toMs: null, shiftNumber: null } as const;

const startExport = async (seat: TestSeat, params: JsonObject = everything): Promise<string> =>
  String(valueOf(await seat.command('startJob', { job: 'exportLog', params }))['jobId']);

const rowOf = (seat: TestSeat, jobId: string) => seat.rows('jobs').find((row) => row.jobId === jobId);

const ask = async (test: TestStation, seat: TestSeat, jobId: string) => {
  const id = test.ids.next();
  seat.send({ t: 'query', id, query: { type: 'jobTicket', jobId } });
  await settle();
  return seat.reply(id);
};

/** The text of a job's file, fetched as a seat fetches it. */
const fetched = async (test: TestStation, jobId: string): Promise<string> => {
  const reply = await ask(test, test.manager, jobId);
  const bytes = await test.results.redeem(String(reply?.value['ticket']));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes ?? new Uint8Array());
};

const factsOf = (test: TestStation, kinds: readonly string[]) =>
  test.journal.facts(0, 10_000).filter(({ kind }) => kinds.includes(kind));

/** A station whose log is read only when `release` is called. */
const withSlowLog = async () => {
  const world = createWorld();
  const waiting: (() => void)[] = [];
  const logReader: LogReader = {
    ...world.deps.logReader,
    page: async (question) => {
      await new Promise<void>((resolve) => void waiting.push(resolve));
      return world.deps.logReader.page(question);
    },
  };
  const deps = { ...world.deps, logReader };
  const test = await createTestStation({ ...world, deps });
  const release = async (): Promise<void> => {
    for (const go of waiting.splice(0)) go();
    await settle();
  };
  return { test, release };
};

describe('a job', () => {
  it('is started, followed, fetched once by whoever started it, and stands in the log', async () => {
    const test = await createTestStation();
    const jobId = await startExport(test.manager);
    await settle();
    const row = rowOf(test.manager, jobId);
    expect(row).toMatchObject({ job: 'exportLog', by: test.managerId, state: 'done' });
    const other = await seatOf(test, 'li');
    expect((await ask(test, other, jobId))?.value).toMatchObject({ kind: 'notYourJob' });
    const text = await fetched(test, jobId);
    expect(new TextEncoder().encode(text)).toHaveLength(row?.file?.bytes ?? 0);
    expect((await ask(test, test.manager, jobId))?.value).toMatchObject({ kind: 'resultGone' });
    expect(factsOf(test, ['job']).map(({ type, actor }) => [type, actor])).toEqual([
      ['v1.JobStarted', test.managerId],
      ['v1.JobEnded', 'station'],
    ]);
  });

  it('says how far it is, and stops when whoever started it wants that: nothing of it remains', async () => {
    const { test, release } = await withSlowLog();
    const jobId = await startExport(test.manager);
    expect(rowOf(test.manager, jobId)?.state).toBe('running');
    const health = () => test.manager.received.findLast((message) => message.t === 'tick');
    test.clock.advance(1000);
    expect(health()).toMatchObject({ health: { jobsRunning: [{ jobId, done: 0, of: 1 }] } });
    const other = await seatOf(test, 'li');
    expect(refusalOf(await other.command('cancelJob', { jobId }))).toBe('notYourJob');
    valueOf(await test.manager.command('cancelJob', { jobId }));
    await release();
    expect(rowOf(test.manager, jobId)).toMatchObject({ state: 'cancelled', file: null });
    expect(test.results.ids()).toEqual([]);
    expect(factsOf(test, ['log'])).toEqual([]);
    test.clock.advance(1000);
    expect(health()).toMatchObject({ health: { jobsRunning: [] } });
  });

  it('is refused to whoever has no right to it, when it is not understood, and when two run', async () => {
    const { test } = await withSlowLog();
    const start = async (seat: TestSeat, job: string, params: JsonObject): Promise<string> =>
      refusalOf(await seat.command('startJob', { job, params }));
    expect(await start(await seatOf(test, 'li'), 'exportLog', everything)).toBe('notAllowed');
    expect(await start(connect(test.station, test.clock, test.ids), 'exportLog', everything)).toBe('notSignedIn');
    expect(await start(test.manager, 'exportLog', { lang: 'fr' })).toBe('jobParams');
    expect(await start(test.manager, 'madeUp', everything)).toBe('notFound');
    expect(await start(test.manager, 'exportLog', everything)).toBe('taken');
    expect(await start(test.manager, 'exportLog', everything)).toBe('taken');
    expect(await start(test.manager, 'exportLog', everything)).toBe('tooManyJobs');
  });

  it('that ran when the station died is told as interrupted at the next start', async () => {
    const { test } = await withSlowLog();
    const jobId = await startExport(test.manager);
    const again = await crashAndRestart(test);
    expect(rowOf(again.manager, jobId)).toMatchObject({ state: 'interrupted', file: null });
  });

  it('whose starter may no longer does not go on', async () => {
    const { test, release } = await withSlowLog();
    const second = { name: '孙红', role: 'manager', pin: '6152', active: true } as const;
    valueOf(await test.manager.command('addPerson', { personId: 'sun', ...second }));
    const sun = connect(test.station, test.clock, test.ids);
    await sun.signIn('sun', second.pin);
    const jobId = await startExport(sun);
    valueOf(await test.manager.command('addPerson', { personId: 'sun', ...second, pin: null, role: 'volunteer' }));
    await release();
    expect(rowOf(test.manager, jobId)).toMatchObject({ state: 'cancelled', file: null });
    expect(test.results.ids()).toEqual([]);
  });

  it('leaves no file behind when somebody is forgotten who may be in it', async () => {
    const test = await createTestStation();
    const visit = { kind: 'delivery', name: '赵送货', phone: null, plate: null, visiting: '1-2-301' } as const;
    const { visitId } = valueOf(await test.manager.command('registerVisit', visit));
    await startExport(test.manager);
    await settle();
    expect(test.results.ids()).toHaveLength(1);
    valueOf(await test.manager.command('forgetVisitor', { visitId: String(visitId) }));
    await settle();
    expect(test.results.ids()).toEqual([]);
  });
});

describe('the table of the log', () => {
  it('opens in a spreadsheet, says of what, by whom and up to which hash it is, and runs nothing', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('addNote', { text: '=HYPERLINK("x")' }));
    const headSeq = test.journal.lastSeq() + 1;
    const text = await startExport(test.manager).then(async (jobId) => {
      await settle();
      return fetched(test, jobId);
    });
    const [first = '', ...lines] = text.split('\r\n');
    expect(first).toMatch(/^\uFEFF"值班记录","龙湾小区","最早 到 \d{4}-\d\d-\d\d /);
    expect(lines[1]).toContain('"张建国 导出，');
    expect(lines[2]).toBe(`"第 ${headSeq} 条的校验码","${test.journal.hashOf(headSeq)}"`);
    expect(text).toContain('张建国记下：'.slice(0, 3));
    expect(text).not.toMatch(/(?:^|,)"=/m);
    expect(lines.filter((line) => /^"\d+",/.test(line))).toHaveLength(headSeq);
    expect(factsOf(test, ['log'])).toMatchObject([
      {
        type: 'v1.LogExported',
        actor: test.managerId,
        body: { fromMs: null, toMs: null, lines: headSeq, headSeq, headHash: test.journal.hashOf(headSeq) },
      },
    ]);
  });

  it('holds what was asked for and nothing else', async () => {
    const test = await createTestStation();
    const jobId = await startExport(test.manager, { ...everything, lang: 'en', kinds: ['camera', 'cameraConfig'] });
    await settle();
    const text = await fetched(test, jobId);
    expect(text.split('\r\n')[1]).toBe('"Which part","camera cameraConfig","All shifts"');
    expect(text).not.toContain('李阿姨');
    expect(text).toContain('3栋楼道');
  });
});
