import { describe, expect, it } from 'vitest';
import { createLifter, unknownIn, type FactLift, type SnapshotLift } from './lifts.ts';
import type { Fact } from './fact.ts';
import type { MachineSnapshot } from './machine.ts';

/** A gate that had one name, then several, then names by language: three versions of one fact. */
const namesBecomeList: FactLift = {
  from: 'v1.GateNamed',
  to: 'v2.GateNamed',
  lift: (body) => ({ names: [body['name'] ?? null] }),
};
const listBecomesMap: FactLift = {
  from: 'v2.GateNamed',
  to: 'v3.GateNamed',
  lift: ({ names }) => ({ zh: Array.isArray(names) ? (names[0] ?? null) : null }),
};
const seenBecomesPosition: SnapshotLift = {
  machine: 'gate',
  from: 1,
  lift: ({ context, ...rest }) => ({ ...rest, context: { position: context['seen'] ?? null } }),
};
const positionGetsSource: SnapshotLift = {
  machine: 'gate',
  from: 2,
  lift: ({ context, ...rest }) => ({ ...rest, context: { ...context, source: 'sensor' } }),
};

const snapshotOf = (schema: number, context: MachineSnapshot['context']): MachineSnapshot => ({
  schema,
  value: 'closed',
  context,
  status: 'active',
});
const factOf = (type: string, body: Fact['body'], snapshot: Fact['snapshot'] = null): Fact => ({
  type,
  kind: 'gate',
  entityId: 'north',
  body,
  snapshot,
  occurredAt: 1,
  recordedAt: 2,
  actor: 'station',
  seat: null,
  commandId: null,
});

describe('lifts', () => {
  const all = {
    facts: [listBecomesMap, namesBecomeList],
    snapshots: [positionGetsSource, seenBecomesPosition],
  };

  it('are chained to the newest version, of the fact and of its snapshot each by itself', () => {
    const lifter = createLifter(all);
    const old = factOf('v1.GateNamed', { name: '北门' }, snapshotOf(1, { seen: 'open' }));
    const snapshot = snapshotOf(3, { position: 'open', source: 'sensor' });
    expect(lifter.fact(old)).toEqual(factOf('v3.GateNamed', { zh: '北门' }, snapshot));
    expect(lifter.fact(factOf('v1.Other', { a: 1 }, snapshotOf(2, { position: 'open' }))).snapshot).toEqual(snapshot);
    expect(lifter.snapshot('gate', snapshotOf(1, { seen: 'open' }))).toEqual(snapshot);
  });

  it('leave alone what is newest or has nothing to do with them: the same object', () => {
    const lifter = createLifter(all);
    for (const type of ['v3.GateNamed', 'v1.GateOpened', 'v1.GateNamedX']) {
      const fact = factOf(type, { name: '北门' }, snapshotOf(3, {}));
      expect(lifter.fact(fact)).toBe(fact);
    }
    const other = snapshotOf(1, { seen: 'open' });
    expect(lifter.snapshot('alarm', other)).toBe(other);
  });

  it('do not change what they lift', () => {
    const fact = factOf('v1.GateNamed', { name: '北门' }, snapshotOf(1, { seen: 'open' }));
    createLifter(all).fact(fact);
    expect(fact).toEqual(factOf('v1.GateNamed', { name: '北门' }, snapshotOf(1, { seen: 'open' })));
  });

  it.each([
    ['a skipped version', [{ ...namesBecomeList, to: 'v3.GateNamed' }]],
    ['a step back', [{ ...listBecomesMap, to: 'v1.GateNamed' }]],
    ['another name', [{ ...namesBecomeList, to: 'v2.GateRenamed' }]],
    ['no version', [{ ...namesBecomeList, from: 'GateNamed' }]],
    ['twice the same', [namesBecomeList, namesBecomeList]],
  ])('with %s are refused', (_what, facts) => {
    expect(() => createLifter({ facts, snapshots: [] })).toThrow();
  });

  it('of one schema of one machine stand there once', () => {
    const snapshots = [seenBecomesPosition, seenBecomesPosition];
    expect(() => createLifter({ facts: [], snapshots })).toThrow('two lifts of the snapshot gate 1');
  });
});

describe('what only a newer program can have written', () => {
  const known = { facts: { GateNamed: 3, NoteAdded: 1 }, schemas: { gate: 2 } };

  it.each([
    ['nothing, where versions are known or older', [['v3.GateNamed', 2] as const, ['v1.GateNamed', 1] as const], []],
    ['a newer version', [['v4.GateNamed', null] as const], ['v4.GateNamed']],
    ['a fact that nobody here writes', [['v1.GatePainted', null] as const], ['v1.GatePainted']],
    ['a newer schema', [['v1.NoteAdded', 3] as const], ['gate schema 3']],
    [
      'each once',
      [['v4.GateNamed', 3] as const, ['v4.GateNamed', 4] as const],
      ['v4.GateNamed', 'gate schema 3', 'gate schema 4'],
    ],
    ['nothing of what is no fact of ours: verifying names it', [['GateNamed', null] as const], []],
    ['nothing that an object has by itself', [['v1.toString', null] as const], ['v1.toString']],
  ])('is %s', (_what, rows, found) => {
    expect(
      unknownIn(
        rows.map(([type, schema]) => ({ type, kind: 'gate', schema })),
        known,
      ),
    ).toEqual(found);
  });

  it('is a snapshot of a machine that is not known at all', () => {
    expect(unknownIn([{ type: 'v1.NoteAdded', kind: 'patrol', schema: 1 }], known)).toEqual(['patrol schema 1']);
  });
});
