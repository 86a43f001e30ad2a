import { describe, expect, it } from 'vitest';
import {
  connect,
  crashAndRestart,
  createTestStation,
  dumpReadModels,
  pass,
  PINS,
  pressHelp,
  refusalOf,
  settle,
  valueOf,
  type TestSeat,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';
import { hours, minutes } from '../../../domain/kernel/time.ts';
import { monitoringRoom, postId } from '../../../domain/posts/post.ts';
import { createProjector } from '../../core/project.ts';
import { rebuildReadModels } from '../../core/rebuild.ts';
import { allFeatures } from '../../../../tests/support/station-harness.ts';

const gatehouse = postId('gatehouse');
const atGate = (test: TestStation): TestSeat =>
  connect(test.station, test.clock, test.ids, { seatKey: 'g'.repeat(40) });
const atRoom = (test: TestStation): TestSeat =>
  connect(test.station, test.clock, test.ids, { seatKey: 'r'.repeat(40) });
const shiftOf = (test: TestStation, post: typeof gatehouse) =>
  test.manager.rows('shift').find((row) => row.postId === post);
const holderOf = (test: TestStation, post: typeof gatehouse) => shiftOf(test, post)?.responsible?.personId ?? null;
const take = async (seat: TestSeat): Promise<void> => {
  const items = valueOf(await seat.command('beginTakeover', {}))['openItems'];
  valueOf(await seat.command('acceptTakeover', { seenItems: Array.isArray(items) ? items.map(String) : [] }));
};
const dutyAlarms = (test: TestStation) =>
  test.manager
    .rows('alarms')
    .filter(({ cause, active }) => active && ['reliefMissing', 'rosterGap', 'postUnstaffed'].includes(cause))
    .map(({ cause, sourceId }) => `${cause} ${sourceId}`);

/** Li at the monitoring room's seat, the guard at the gatehouse's. Nobody is on duty at either. */
const twoPosts = async () => {
  const test = await createTestStation();
  valueOf(await test.manager.command('establishPost', { postId: gatehouse }));
  const room = atRoom(test);
  await room.signIn('li', PINS.volunteer);
  const first = atGate(test);
  await first.signIn('wu', PINS.guard);
  const seatId = test.journal.facts(0, 100_000).findLast(({ type }) => type === 'v1.SignedIn')?.seat ?? '';
  valueOf(await test.manager.command('changeSeat', { seatId, kind: 'gatehouse', postId: gatehouse, name: '北门岗' }));
  const gate = connect(test.station, test.clock, test.ids, { seatKey: 'g'.repeat(40), session: first.token() });
  return { test, room, gate };
};

describe('two posts', () => {
  it('have a shift each: one that is opened, handed over and left at the gatehouse leaves the room’s alone, and so back', async () => {
    const { test, room, gate } = await twoPosts();
    await take(room);
    const rooms = shiftOf(test, monitoringRoom);
    await take(gate);
    expect([holderOf(test, monitoringRoom), holderOf(test, gatehouse)]).toEqual(['li', 'wu']);
    await gate.signIn(test.managerId, PINS.manager);
    await take(gate);
    const gone = { personId: 'wu', name: '吴师傅', role: 'guard', pin: null, active: false } as const;
    valueOf(await test.manager.command('addPerson', gone));
    expect(holderOf(test, gatehouse)).toBe(test.managerId);
    expect(shiftOf(test, gatehouse)?.responsible?.shiftNumber).toBe(2);
    expect(shiftOf(test, monitoringRoom)).toEqual(rooms);
    const gates = shiftOf(test, gatehouse);
    await room.signIn(test.managerId, PINS.manager);
    await take(room);
    expect(shiftOf(test, gatehouse)).toEqual(gates);
    expect(refusalOf(await test.manager.command('establishPost', { postId: gatehouse }))).toBe('alreadyExists');
  });

  it('leave who leaves for good responsible at neither', async () => {
    const { test, room, gate } = await twoPosts();
    await take(room);
    await gate.signIn('li', PINS.volunteer);
    await take(gate);
    const gone = { personId: 'li', name: '李阿姨', role: 'volunteer', pin: null, active: false } as const;
    valueOf(await test.manager.command('addPerson', gone));
    expect([holderOf(test, monitoringRoom), holderOf(test, gatehouse)]).toEqual([null, null]);
  });

  it('a call climbs its ladder and stays whose it is, whoever takes over the gatehouse', async () => {
    const ladder = async (withGate: boolean) => {
      const { test, room, gate } = await twoPosts();
      await take(room);
      pressHelp(test);
      await settle();
      const incidentId = room.rows('incidents')[0]?.incidentId ?? '';
      valueOf(await room.command('claimIncident', { incidentId }));
      if (withGate) await take(gate);
      await pass(test.clock, minutes(12));
      const { claimedBy, escalation } = room.rows('incidents')[0] ?? {};
      const levels = test.journal
        .facts(0, 100_000)
        .filter(({ kind, type }) => kind === 'incident' && type.includes('Escalated'))
        .map(({ body }) => body['level']);
      return { claimedBy, escalation, levels };
    };
    const alone = await ladder(false);
    expect(alone.levels.length).toBeGreaterThan(0);
    expect(await ladder(true)).toEqual(alone);
    expect(alone.claimedBy).toBe('li');
  });

  it('are held against the roster each by itself, and an alarm names the post that is not the room', async () => {
    const { test, room, gate } = await twoPosts();
    const at = test.clock.nowMs();
    await take(room);
    await take(gate);
    const rooms = shiftOf(test, monitoringRoom);
    const plan = { entryId: 'g1', postId: gatehouse, personId: 'li', fromMs: at + minutes(30), toMs: at + hours(4) };
    valueOf(await test.manager.command('setRosterEntry', plan));
    expect(shiftOf(test, gatehouse)?.responsible?.until).toBe(at + minutes(30));
    await pass(test.clock, minutes(45), minutes(1));
    expect(dutyAlarms(test)).toContain('reliefMissing gatehouse/li');
    expect(dutyAlarms(test).filter((said) => !said.includes('gatehouse'))).toEqual([]);
    expect(shiftOf(test, monitoringRoom)).toEqual(rooms);
    const nowhere = { ...plan, entryId: 'g2', postId: postId('nowhere') };
    expect(refusalOf(await test.manager.command('setRosterEntry', nowhere))).toBe('notFound');
  });

  it('have lines of the log of their own, and the same tables after a rebuild', async () => {
    const { test, room, gate } = await twoPosts();
    await take(room);
    await take(gate);
    valueOf(await gate.command('addNote', { text: '北门一切正常' }));
    valueOf(await room.command('addNote', { text: '监控室一切正常' }));
    const notes = test.manager.rows('log').filter(({ type }) => type === 'v1.NoteAdded');
    expect(notes.map(({ postId: post, shiftNumber }) => [post, shiftNumber])).toEqual([
      [gatehouse, 1],
      [monitoringRoom, 1],
    ]);
    const question = { type: 'log', beforeSeq: null, limit: 50, kinds: ['note'], fromMs: null, toMs: null } as const;
    room.send({ t: 'query', id: 'gate', query: { ...question, kinds: ['note'], shiftNumber: 1, postId: gatehouse } });
    room.send({ t: 'query', id: 'room', query: { ...question, kinds: ['note'], shiftNumber: 1 } });
    await settle();
    for (const id of ['gate', 'room']) expect(room.reply(id)?.value['entries']).toHaveLength(1);
    const again = await crashAndRestart(test);
    const before = dumpReadModels(again.journal);
    rebuildReadModels(again.journal, createProjector(allFeatures()));
    expect(dumpReadModels(again.journal)).toBe(before);
    expect(holderOf(again, gatehouse)).toBe('wu');
  });
});
