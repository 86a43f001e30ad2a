import { describe, expect, it } from 'vitest';
import {
  connect,
  createTestStation,
  createWorld,
  refusalOf,
  seatOf,
  valueOf,
} from '../../../tests/support/station-harness.ts';
import { monitoringRoom, postId } from '../../domain/posts/post.ts';
import { mayDo } from '../../domain/access/access.rules.ts';
import { rightOf } from '../../contract/actions.ts';
import { commandTypes, type CommandOf, type CommandType } from '../../contract/commands.schema.ts';

const open = { barrierId: 'north', reason: 'resident', note: null } as const;
const visit = { kind: 'delivery', name: '刘师傅', phone: null, plate: null, visiting: '5-2-101' } as const;

describe('authorisation', () => {
  it('asks the table for every command', async () => {
    const test = await createTestStation();
    const seat = connect(test.station, test.clock, test.ids);
    const fields: { readonly [T in CommandType]: Omit<CommandOf<T>, 'id' | 'type' | 'occurredAt'> } = {
      establishCommunity: { name: 'x', timeZone: 'UTC', managerName: 'x', pin: '7391' },
      setTimeZone: { timeZone: 'Asia/Shanghai' },
      setAddress: { street: null, entrance: null, callBack: null },
      addPerson: { personId: null, name: 'x', role: 'manager', pin: null, active: true },
      addCamera: {
        cameraId: null,
        name: 'x',
        place: 'x',
        onvifAddress: null,
        mainUrl: 'rtsp://x/',
        subUrl: null,
        username: null,
        password: null,
      },
      addBarrier: {
        barrierId: null,
        name: 'x',
        cameraId: 'gate',
        openRelay: 'a',
        closeRelay: 'b',
        openInput: null,
        closedInput: null,
        travelMs: 3000,
      },
      addHelpPoint: {
        helpPointId: null,
        place: 'x',
        residentName: null,
        account: 'AAA',
        zone: '9',
        supervisionMs: 60_000,
        cameraIds: [],
      },
      setReceiver: { host: '192.0.2.77', port: 12_128, sources: ['192.0.2.0/24'] },
      addContact: { contactId: null, name: 'x', phone: '123', rank: 1 },
      removeCamera: { cameraId: 'x' },
      removeBarrier: { barrierId: 'x' },
      removeHelpPoint: { helpPointId: 'x' },
      removeContact: { contactId: 'x' },
      changeSeat: { seatId: 'x', kind: 'room', postId: monitoringRoom, name: null },
      revokeSeat: { seatId: 'x' },
      establishPost: { postId: postId('gatehouse') },
      setRosterEntry: { entryId: null, personId: 'li', fromMs: 1_800_000_000_000, toMs: 1_800_000_001_000 },
      removeRosterEntry: { entryId: 'x' },
      beginTakeover: {},
      acceptTakeover: { seenItems: [] },
      withdrawTakeover: {},
      acknowledgeAlarm: { alarmId: 'x' },
      claimIncident: { incidentId: 'x' },
      answerStep: { incidentId: 'x', step: 'x', answer: 'x' },
      stepBack: { incidentId: 'x', step: 'x' },
      parkIncident: { incidentId: 'x', reason: 'x', untilMs: 1_800_000_000_000 },
      resumeIncident: { incidentId: 'x' },
      recordCall: { incidentId: 'x', contactId: 'son', outcome: 'busy' },
      resolveIncident: { incidentId: 'x', resolution: 'personSafe', note: null },
      reviewIncident: { incidentId: 'x', note: 'x' },
      silenceSiren: {},
      openBarrier: open,
      closeBarrier: { barrierId: 'north', reason: 'other', note: null },
      keepBarrierOpen: { barrierId: 'x', forMs: 60_000 },
      confirmBarrier: { barrierId: 'north', position: 'open' },
      registerVisit: visit,
      visitorLeft: { visitId: 'x' },
      takeBackDeparture: { visitId: 'x' },
      forgetVisitor: { visitId: 'x' },
      addNote: { text: 'x' },
      startJob: { job: 'exportLog', params: {} },
      cancelJob: { jobId: '018f0000-0000-7000-8000-000000000000' },
      addManagerNote: { seq: 1, text: 'x' },
    };
    const volunteer = await seatOf(test, 'li');
    const before = test.journal.lastSeq();
    for (const type of commandTypes) {
      const toNobody = type === 'establishCommunity' ? 'notEmpty' : 'notSignedIn';
      expect([type, refusalOf(await seat.command(type, fields[type]))]).toEqual([type, toNobody]);
      if (mayDo(rightOf(type), { role: 'volunteer', seatKind: 'room', isResponsible: false }).ok) continue;
      expect([type, refusalOf(await volunteer.command(type, fields[type]))]).toEqual([
        type,
        type === 'parkIncident' ? 'notResponsible' : 'notAllowed',
      ]);
    }
    expect(test.journal.lastSeq()).toBe(before);
  });

  it('is decided in the queue: a right that ends while the command waits has ended', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const barring = test.manager.make('addPerson', {
      personId: 'li',
      name: '李阿姨',
      role: 'volunteer',
      pin: null,
      active: false,
    });
    test.manager.send({ t: 'command', command: barring });
    expect(refusalOf(await seat.command('addNote', { text: '我还在' }))).toBe('notSignedIn');
  });

  it('is not kept as an answer: a right can be given meanwhile', async () => {
    const test = await createTestStation();
    const seat = await seatOf(test, 'li');
    const command = seat.make('addContact', { contactId: 'x', name: '王小明', phone: '13900001111', rank: 2 });
    expect(refusalOf(await seat.give(command))).toBe('notAllowed');
    valueOf(
      await test.manager.command('addPerson', {
        personId: 'li',
        name: '李阿姨',
        role: 'manager',
        pin: null,
        active: true,
      }),
    );
    const back = await seatOf(test, 'li');
    valueOf(await back.give(command));
  });

  it.each(['station', 'device:4F39'])('lets nobody be called like the station or a device: %s', async (personId) => {
    const test = await createTestStation();
    const person = { personId, name: '冒名', role: 'volunteer', pin: '5183', active: true } as const;
    expect(refusalOf(await test.manager.command('addPerson', person))).toBe('needsPerson');
    expect(test.manager.rows('people').some((row) => row.personId === personId)).toBe(false);
  });

  it('comes before slow work: who may not set a PIN cannot keep the station busy hashing', async () => {
    const world = createWorld();
    let hashed = 0;
    const { pins } = world.deps;
    const counting = {
      ...pins,
      hash: (pin: string) => {
        hashed += 1;
        return pins.hash(pin);
      },
    };
    const test = await createTestStation({ ...world, deps: { ...world.deps, pins: counting } });
    hashed = 0;
    const seat = await seatOf(test, 'li');
    const person = { personId: null, name: '陌生人', role: 'manager', pin: '5183', active: true } as const;
    expect(refusalOf(await seat.command('addPerson', person))).toBe('notAllowed');
    const community = { name: 'x', timeZone: 'UTC', managerName: 'x', pin: '5183' };
    expect(refusalOf(await connect(test.station, test.clock, test.ids).command('establishCommunity', community))).toBe(
      'notEmpty',
    );
    expect(hashed).toBe(0);
  });

  it('refuses to take the role from the last manager', async () => {
    const test = await createTestStation();
    const fields = { personId: test.managerId, name: '张建国', pin: null } as const;
    expect(refusalOf(await test.manager.command('addPerson', { ...fields, role: 'guard', active: true }))).toBe(
      'lastManager',
    );
    expect(refusalOf(await test.manager.command('addPerson', { ...fields, role: 'manager', active: false }))).toBe(
      'lastManager',
    );
  });
});
