import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getStateNodes } from 'xstate/graph';
import { setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import { explore, unvisited } from '../../tests/support/machine-paths.ts';
import { defineMachine } from '../domain/kernel/define-machine.ts';
import { effectActions, machineTypes } from '../domain/kernel/effects.ts';
import type { DomainEvent, DomainMachine, MachineSnapshot } from '../domain/kernel/machine.ts';
import { domainMachines } from '../../tests/support/domain-machines.ts';

const kinds = Object.entries(domainMachines);

/** Every key of a machine's configuration, at any depth. */
const keysOf = (config: unknown): readonly string[] =>
  typeof config === 'object' && config !== null
    ? Object.entries(config).flatMap(([key, value]) => [key].concat(keysOf(value)))
    : [];

const planted = setup({
  types: machineTypes<{ readonly count: number }, DomainEvent>(),
  actions: effectActions,
}).createMachine({
  id: 'planted',
  context: { count: 0 },
  initial: 'new',
  states: {
    new: { on: { begin: 'running', never: 'running' } },
    running: { initial: 'first', states: { first: { on: { next: 'first' } }, forgotten: {} } },
  },
});
const plantedMachine = defineMachine<{ readonly count: number }, DomainEvent>({
  kind: 'alarm',
  schema: 1,
  machine: planted,
  startedBy: 'begin',
  refuses: () => null,
  nameFact: () => ({ type: 'v1.Planted', body: {} }),
});
const visitAll = (definition: DomainMachine) =>
  explore(definition, {
    startAt: 0,
    stepMs: 1,
    events: (at) => ['begin', 'next'].map((type) => ({ type, at })),
    key: ({ value }: MachineSnapshot) => JSON.stringify(value),
  });

describe('the domain machines', () => {
  it('are registered under their own kind', () => {
    expect(kinds.map(([kind]) => kind).toSorted()).toEqual([
      'alarm',
      'barrier',
      'camera',
      'incident',
      'shift',
      'visit',
    ]);
    for (const [kind, machine] of kinds) expect(machine.kind).toBe(kind);
  });

  it.each(kinds)('%s: uses no timer, no invoked and no spawned actor of XState', (_kind, { machine }) => {
    const keys = keysOf(machine.config);
    expect(keys).toContain('states');
    expect(keys.filter((key) => ['after', 'invoke', 'spawn', 'delay', 'delays'].includes(key))).toEqual([]);
    expect(getStateNodes(machine).filter((node) => node.after.length > 0 || node.invoke.length > 0)).toEqual([]);
  });

  it.each(kinds)('%s: describes every state in a sentence', (_kind, { machine }) => {
    const nodes = getStateNodes(machine).filter((node) => node.parent !== undefined);
    expect(nodes.length).toBeGreaterThan(2);
    expect(nodes.filter((node) => !/^[A-Z].{8,}\.$/u.test(node.description ?? '')).map((node) => node.id)).toEqual([]);
  });

  it.each(kinds)(
    '%s: begins in "new", where only the starting event is taken',
    (_kind, { machine, startedBy, refuses }) => {
      expect(machine.root.initial.target.map((node) => node.key)).toEqual(['new']);
      expect(machine.states['new']?.ownEvents).toEqual([startedBy]);
      expect(refuses(null, { type: 'somethingElse', at: 0, occurredAt: 0 })?.kind).toBe('notFound');
    },
  );

  it.each(kinds)('%s: takes no snapshot of a schema that it does not know', (_kind, machine) => {
    const old: MachineSnapshot = { schema: 99, value: 'new', context: {}, status: 'active' };
    expect(() => machine.refuses(old, { type: 'somethingElse', at: 0, occurredAt: 0 })).toThrow(/schema 99/);
  });

  it('never uses an XState timer or actor in any file of the domain', () => {
    const root = import.meta.dirname;
    const all = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const files = all.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
    const used = files.filter((file) =>
      /\b(spawnChild|fromPromise|fromCallback|sendTo|createActor)\b/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(files.length).toBeGreaterThan(20);
    expect(used).toEqual([]);
  });
});

describe('the search for what no path visits', () => {
  it('names an unvisited state and an unvisited transition', () => {
    expect(unvisited(plantedMachine, visitAll(plantedMachine))).toEqual([
      'state planted.running.forgotten',
      'transition planted.new on never #1 to planted.running',
    ]);
  });
});
