import { fuzz } from '../../../tests/support/long.ts';
import { array, assert, asyncProperty, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  dumpReadModels,
  pass,
  pressHelp,
  seatOf,
  settle,
  type TestSeat,
  allFeatures,
  type TestStation,
} from '../../../tests/support/station-harness.ts';
import { createProjector } from './project.ts';
import { makeCollections, outdated } from './make-collections.ts';
import { rebuildReadModels } from './rebuild.ts';

const projector = createProjector(allFeatures());
const visit = { kind: 'family', name: '陈小姐', phone: null, plate: null, visiting: '3-1-502' } as const;

/** Small deeds whose order is free; each does something whatever was done before. */
const deeds: readonly ((test: TestStation, seat: TestSeat) => Promise<unknown>)[] = [
  async (test) => pressHelp(test),
  async (test) => pressHelp(test, true),
  (_test, seat) => seat.command('registerVisit', visit),
  (_test, seat) => seat.command('visitorLeft', { visitId: seat.rows('visits')[0]?.visitId ?? 'x' }),
  (test, seat) => test.manager.command('forgetVisitor', { visitId: seat.rows('visits')[0]?.visitId ?? 'x' }),
  (_test, seat) => seat.command('claimIncident', { incidentId: seat.rows('incidents')[0]?.incidentId ?? 'x' }),
  (_test, seat) =>
    seat.command('answerStep', {
      incidentId: seat.rows('incidents')[0]?.incidentId ?? 'x',
      step: 'reach',
      answer: 'answered',
    }),
  (_test, seat) =>
    seat.command('resolveIncident', {
      incidentId: seat.rows('incidents')[0]?.incidentId ?? 'x',
      resolution: 'testAlarm',
      note: '试铃',
    }),
  (test, seat) =>
    test.manager.command('reviewIncident', { incidentId: seat.rows('incidents')[0]?.incidentId ?? 'x', note: '看过' }),
  (_test, seat) => seat.command('openBarrier', { barrierId: 'north', reason: 'other', note: '拖车' }),
  (_test, seat) => seat.command('closeBarrier', { barrierId: 'north', reason: 'afterPassage', note: null }),
  (_test, seat) => seat.command('beginTakeover', {}),
  (_test, seat) =>
    seat.command('acceptTakeover', { seenItems: seat.rows('shift')[0]?.handover?.openItems.map(String) ?? [] }),
  (test, seat) => test.manager.command('addManagerNote', { seq: seat.rows('log').at(-1)?.seq ?? 1, text: '请核对' }),
  (test) =>
    test.manager.command('addPerson', { personId: 'wu', name: '吴师傅', role: 'guard', pin: null, active: false }),
  (test) => test.manager.command('addContact', { contactId: 'son', name: '王小明', phone: '13900001111', rank: 2 }),
  (test) =>
    test.manager.command('setRosterEntry', {
      entryId: 'r1',
      personId: 'li',
      fromMs: test.clock.nowMs(),
      toMs: test.clock.nowMs() + 3_600_000,
    }),
  (test) => test.manager.command('removeRosterEntry', { entryId: 'r1' }),
  (_test, seat) => seat.command('acknowledgeAlarm', { alarmId: seat.rows('alarms')[0]?.alarmId ?? 'x' }),
  (_test, seat) => seat.command('silenceSiren', {}),
  (test) => pass(test.clock, 61_000, 20_000),
];

describe('rebuilding the read models', () => {
  it('gives the same tables, byte for byte, after any sequence of deeds', async () => {
    await assert(
      asyncProperty(array(nat(deeds.length - 1), { minLength: 5, maxLength: 40 }), async (order) => {
        const test = await createTestStation();
        const seat = await seatOf(test, 'li');
        for (const index of order) await deeds[index]?.(test, seat);
        await settle();
        const before = dumpReadModels(test.journal);
        expect(rebuildReadModels(test.journal, projector)).toEqual({ facts: test.journal.lastSeq() });
        expect(dumpReadModels(test.journal)).toBe(before);
      }),
      fuzz(30, 2000),
    );
  }, 60_000);

  it('never runs a machine: facts of machines that nobody knows any more fold as well', async () => {
    const test = await createTestStation();
    pressHelp(test);
    const snapshot = {
      schema: 99,
      value: 'aStateOfLongAgo',
      context: { alarmId: 'old', cause: 'helpButton', sourceId: 'hp502', clearedAt: null, acknowledgedAt: null },
      status: 'active',
    } as const;
    const at = test.clock.nowMs();
    const envelope = { occurredAt: at, recordedAt: at, actor: 'station', seat: null, commandId: null };
    test.journal.transact((tx) => {
      tx.append({ type: 'v1.AlarmRaised', kind: 'alarm', entityId: 'old', body: {}, snapshot, ...envelope });
    });
    rebuildReadModels(test.journal, projector);
    expect(test.journal.row('alarms', 'old')).toMatchObject({ alarmId: 'old', active: true, cameraIds: ['stairs'] });
    expect(test.journal.row('machines', 'alarm/old')).toMatchObject({ value: 'aStateOfLongAgo' });
  });

  it('puts right what was changed behind its back', async () => {
    const test = await createTestStation();
    const before = dumpReadModels(test.journal);
    test.journal.transact((tx) => {
      tx.change(
        { collection: 'people', key: 'li', doc: { personId: 'li', name: 'x', role: 'manager', active: true } },
        1,
      );
      tx.change({ collection: 'visits', key: 'ghost', doc: {} }, 1);
    });
    expect(dumpReadModels(test.journal)).not.toBe(before);
    rebuildReadModels(test.journal, projector);
    expect(dumpReadModels(test.journal)).toBe(before);
  });

  it('happens by itself before the start where something that alarms or gates stand on was made by another version', async () => {
    const before = await createTestStation();
    expect(outdated(before.journal, projector)).toEqual([]);
    before.journal.transact((tx) => {
      tx.makeGeneration('contacts', 99, null);
      tx.showGeneration('contacts');
    });
    expect(outdated(before.journal, projector)).toMatchObject([{ name: 'contacts', isLate: false }]);
    const test = await crashAndRestart(before);
    expect(outdated(test.journal, projector)).toEqual([]);
    expect(test.manager.rows('contacts')).toHaveLength(1);
  });

  it('leaves what only screens ask for until later: the station begins at once, and says how far it is', async () => {
    const before = await createTestStation();
    for (let count = 0; count < 500; count += 1) await before.manager.command('addNote', { text: `第 ${count} 条` });
    const whole = dumpReadModels(before.journal);
    before.journal.transact((tx) => {
      tx.makeGeneration('log', 99, null);
      tx.showGeneration('log');
    });
    const test = await crashAndRestart(before);
    const preparing = () => test.manager.received.findLast((message) => message.t === 'tick')?.health.preparing;
    expect(preparing()).toMatchObject({ of: expect.any(Number) });
    expect(test.manager.rows('log')).toEqual([]);
    pressHelp(test);
    await settle();
    expect(test.manager.rows('alarms')).toHaveLength(1);
    for (let turn = 0; turn < 10; turn += 1) await pass(test.clock, 1, 1);
    expect(preparing()).toBeNull();
    expect(test.manager.rows('log').at(-1)?.type).toBe('v1.IncidentOpened');
    const facts = test.journal.lastSeq();
    expect(JSON.parse(dumpReadModels(test.journal))).not.toEqual(JSON.parse(whole));
    const now = dumpReadModels(test.journal);
    expect(rebuildReadModels(test.journal, projector)).toEqual({ facts });
    expect(dumpReadModels(test.journal)).toBe(now);
  });

  it('goes on after a restart in the middle, where it was', async () => {
    const before = await createTestStation();
    for (let count = 0; count < 500; count += 1) await before.manager.command('addNote', { text: `第 ${count} 条` });
    before.journal.transact((tx) => {
      tx.makeGeneration('log', 99, null);
      tx.showGeneration('log');
    });
    const made = () => before.journal.generations().find(({ state }) => state === 'made')?.foldedTo;
    makeCollections(before.journal, projector, outdated(before.journal, projector)).slice();
    const reached = made();
    expect(reached).toBeGreaterThan(0);
    const test = await crashAndRestart(before);
    expect(made()).toBe(reached);
    for (let turn = 0; turn < 10; turn += 1) await pass(test.clock, 1, 1);
    expect(outdated(test.journal, projector)).toEqual([]);
    const now = dumpReadModels(test.journal);
    rebuildReadModels(test.journal, projector);
    expect(dumpReadModels(test.journal)).toBe(now);
  });
});
