import { assign, setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import { domainMachines } from '../../../tests/support/domain-machines.ts';
import { createFakeJournal } from '../../../tests/support/fake-journal.ts';
import type { DomainEvent, DomainMachine, MachineSnapshot } from '../../domain/kernel/machine.ts';
import { createMachineHost, docToSnapshot, snapshotToDoc, type HostScope, type Told } from './machine-host.ts';

const createScope = () => {
  const snapshots = new Map<string, MachineSnapshot>();
  const facts: string[] = [];
  const effects: string[] = [];
  const ignored: string[] = [];
  const scope: HostScope = {
    snapshotOf: (kind, id) => snapshots.get(`${kind}/${id}`) ?? null,
    record: ({ type, kind, entityId, snapshot }) => {
      if (snapshot !== null) snapshots.set(`${kind}/${entityId}`, snapshot);
      facts.push(`${kind}/${entityId} ${type}`);
    },
    rows: createFakeJournal(),
    occurredAt: 0,
    wait: (kind, id, { type }) => effects.push(`${kind}/${id} ${type}`),
    perform: ({ type }) => effects.push(type),
    ignored: (kind, id, event, { kind: why }) => ignored.push(`${kind}/${id} ${event.type}: ${why}`),
  };
  return { scope, snapshots, facts, effects, ignored };
};

const machines = Object.values(domainMachines);

/** A machine made for the test, in the place of the visit. */
const withVisit = (visit: Pick<DomainMachine, 'machine'>): readonly DomainMachine[] => [
  ...machines.filter(({ kind }) => kind !== 'visit'),
  {
    kind: 'visit',
    schema: 1,
    effects: ['startSiren'],
    appointments: [],
    lifts: [],
    startedBy: 'go',
    refuses: () => null,
    nameFact: () => ({ type: 'v1.Went', body: {} }),
    ...visit,
  },
];

const asTold = (_rows: unknown, told: Told) => [told];
const hostOf = (all: readonly DomainMachine[] = machines) => createMachineHost({ machines: all, receive: asTold });

const raise: DomainEvent = {
  type: 'raise',
  at: 1,
  alarmId: 'a',
  cause: 'helpButton',
  priority: 'life',
  sourceId: 'hp',
  incidentId: 'i',
} as DomainEvent;

describe('the machine host', () => {
  it('follows what machines tell each other, facts in the order of the deeds', () => {
    const { scope, facts, effects } = createScope();
    expect(hostOf().tell(scope, 'alarm', 'a', raise)).toBeNull();
    expect(facts).toEqual(['alarm/a v1.AlarmRaised', 'incident/i v1.IncidentOpened']);
    expect(effects).toContain('incident/i setDeadline');
  });

  it('hands what a machine is told to whose it is, who may make something else of it', () => {
    const { scope, facts } = createScope();
    const host = createMachineHost({
      machines,
      receive: (_rows, told) => (told.kind === 'alarm' ? [{ ...told, id: 'standing' }] : [told]),
    });
    host.tell(scope, 'alarm', 'standing', { ...raise, priority: 'medium', incidentId: null } as DomainEvent);
    host.tell(scope, 'camera', 'gate', { type: 'install', at: 1, cameraId: 'gate' } as DomainEvent);
    host.tell(scope, 'camera', 'gate', { type: 'deadline.lost', at: 40_000 });
    host.tell(scope, 'camera', 'gate', {
      type: 'streamReported',
      at: 50_000,
      state: 'live',
      fault: null,
    } as DomainEvent);
    expect(facts.at(-1)).toBe('alarm/standing v1.AlarmCleared');
  });

  it('runs no machine of a kind that nobody owns', () => {
    const { scope } = createScope();
    expect(() => hostOf().tell(scope, 'patrol', 'p', { type: 'go', at: 1 })).toThrow('nobody owns');
  });

  it('carries the resulting snapshot in the fact, and goes on from there after a restart', () => {
    const { scope, snapshots, facts } = createScope();
    hostOf().tell(scope, 'alarm', 'a', raise);
    const kept = snapshots.get('alarm/a');
    expect(kept).toMatchObject({ schema: 1, status: 'active', context: { alarmId: 'a', occurrences: 1 } });
    if (kept !== undefined) snapshots.set('alarm/a', docToSnapshot(JSON.parse(JSON.stringify(snapshotToDoc(kept)))));
    const repeat: DomainEvent = { type: 'repeat', at: 2 };
    expect(hostOf().tell(scope, 'alarm', 'a', repeat)).toBeNull();
    expect(snapshots.get('alarm/a')?.context).toMatchObject({ occurrences: 2 });
    expect(facts).toContain('alarm/a v1.AlarmRepeated');
  });

  it('writes nothing when the event is refused, and nothing when it changes nothing', () => {
    const { scope, facts } = createScope();
    const host = hostOf();
    expect(host.tell(scope, 'alarm', 'a', { type: 'clear', at: 1 })).toMatchObject({ kind: 'notFound' });
    expect(facts).toEqual([]);
    host.tell(scope, 'alarm', 'a', raise);
    host.tell(scope, 'alarm', 'a', { type: 'clear', at: 2 });
    const before = facts.length;
    host.tell(scope, 'alarm', 'a', { type: 'clear', at: 3 });
    expect(facts).toHaveLength(before);
  });

  it('passes over what another machine does not take now', () => {
    const { scope, ignored } = createScope();
    const machine = setup({ actions: { tell: () => undefined } }).createMachine({
      initial: 'a',
      states: {
        a: {
          on: {
            go: { actions: { type: 'tell', params: { kind: 'alarm', id: 'none', event: { type: 'clear', at: 1 } } } },
          },
        },
      },
    });
    expect(hostOf(withVisit({ machine })).tell(scope, 'visit', 'v', { type: 'go', at: 1 })).toBeNull();
    expect(ignored).toEqual(['alarm/none clear: notFound']);
  });

  it('stops machines that tell each other without end', () => {
    const { scope } = createScope();
    const machine = setup({ actions: { tell: () => undefined } }).createMachine({
      initial: 'a',
      states: {
        a: {
          on: { go: { actions: { type: 'tell', params: { kind: 'visit', id: 'v', event: { type: 'go', at: 1 } } } } },
        },
      },
    });
    expect(() => hostOf(withVisit({ machine })).tell(scope, 'visit', 'v', { type: 'go', at: 1 })).toThrow(
      /without end/,
    );
  });

  it('takes an action that is no effect for a defect', () => {
    const { scope } = createScope();
    const machine = setup({ actions: { ring: () => undefined } }).createMachine({
      initial: 'a',
      states: { a: { on: { go: { actions: 'ring' } } } },
    });
    expect(() => hostOf(withVisit({ machine })).tell(scope, 'visit', 'v', { type: 'go', at: 1 })).toThrow(/no effect/);
  });

  it('performs nothing: actions are names, and the same event gives the same result', () => {
    let performed = 0;
    const machine = setup({
      actions: {
        startSiren: () => {
          performed += 1;
        },
      },
    }).createMachine({
      context: { count: 0 },
      initial: 'a',
      states: {
        a: { on: { go: { actions: [assign({ count: 1 }), { type: 'startSiren', params: { source: 's' } }] } } },
      },
    });
    const host = hostOf(withVisit({ machine }));
    const [once, again] = [createScope(), createScope()];
    for (const { scope } of [once, again]) host.tell(scope, 'visit', 'v', { type: 'go', at: 1 });
    expect(again.snapshots).toEqual(once.snapshots);
    expect(again.effects).toEqual(once.effects);
    expect(once.effects).toEqual(['startSiren']);
    expect(performed).toBe(0);
  });

  it('takes a row that is no snapshot for a defect', () => {
    expect(() => docToSnapshot({ schema: 1, value: null, context: {} })).toThrow(/snapshot/);
  });
});
