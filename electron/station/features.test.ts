import { setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import { createFakeJournal } from '../../tests/support/fake-journal.ts';
import { createFakeVault } from '../../tests/support/fake-vault.ts';
import { allFeatures, createTestStation, createWorld, stationOf } from '../../tests/support/station-harness.ts';
import { failureOf } from '../start-failure.ts';
import { rightOf } from '../contract/actions.ts';
import { commandTypes } from '../contract/commands.schema.ts';
import { defineContract } from '../contract/kernel/feature.ts';
import { contractFeatures } from '../contract/features.ts';
import { collectionNames } from '../contract/views.schema.ts';
import { mayDo, setsOf } from '../domain/access/access.rules.ts';
import { defineMachine } from '../domain/kernel/define-machine.ts';
import { effect, machineTypes } from '../domain/kernel/effects.ts';
import type { DomainEvent } from '../domain/kernel/machine.ts';
import { defineCollection } from './core/collection.ts';
import { UnownedDeadlineError } from './core/deadlines.ts';
import { defineFeature, type Feature } from './core/define-feature.ts';
import { joinFeatures } from './core/join-features.ts';
import { createPrivacy } from './core/privacy.ts';
import { defineTable } from './core/table.ts';
import { createRowView } from './feeds/row-view.ts';
import { stationFeatures } from './features.ts';

const machineOf = (kind: string, effects: Readonly<Record<string, unknown>> = {}) =>
  defineMachine<Record<string, never>, DomainEvent>({
    kind,
    schema: 1,
    machine: setup({ types: machineTypes<Record<string, never>, DomainEvent>(), actions: {} }).createMachine({
      context: {},
      initial: 'new',
      states: { new: {} },
    }),
    effects,
    startedBy: 'begin',
    refuses: () => null,
    nameFact: () => ({ type: 'v1.Planted', body: {} }),
  });

const planted = (name: string, parts: Partial<Feature>): Feature => ({
  ...defineFeature({ contract: defineContract({ name }), collections: {}, commands: {} }),
  ...parts,
});

describe('the features of a station', () => {
  it('are those of the contract, each once', () => {
    const made = allFeatures().map(({ name }) => name);
    expect(made.toSorted()).toEqual(contractFeatures.map(({ name }) => name).toSorted());
  });

  it('answer every command, and nothing else', () => {
    const handled = allFeatures().flatMap(({ commands }) => Object.keys(commands));
    expect(handled.toSorted()).toEqual(commandTypes.toSorted());
  });

  it.each([
    ['a name', planted('log', {}), 'name called log'],
    ['a machine', planted('other', { machines: [machineOf('visit')] }), 'machine called visit'],
    [
      'a collection',
      planted('other', { collections: [defineCollection(defineTable('visits'), { version: 1, fold: () => [] })] }),
      'collection called visits',
    ],
    ['an effect', planted('other', { effects: [{ name: 'startSiren', take: () => undefined }] }), 'called startSiren'],
  ])('never claim %s twice', (_what, feature, says) => {
    expect(() => joinFeatures([...stationFeatures, feature])).toThrow(says);
  });

  it('leave no effect without somebody who performs it', () => {
    const asking = planted('other', { machines: [machineOf('drone', { takeOff: effect<object>() })] });
    expect(() => joinFeatures([...stationFeatures, asking])).toThrow('no feature performs takeOff');
  });

  it('make every collection that the contract has', () => {
    const first = stationFeatures.find(({ name }) => name === 'visits');
    if (first === undefined) throw new Error('there are no visits');
    expect(() => joinFeatures([{ ...first, collections: [] }])).toThrow('visits does not make visits');
  });
});

describe('closed by default', () => {
  it('a role that nobody described may do nothing, and sees what is for everybody', async () => {
    expect(setsOf('inspector')).toEqual([]);
    for (const type of commandTypes)
      expect(mayDo(rightOf(type), { role: 'inspector', seatKind: 'room', isResponsible: true }).ok).toBe(false);
    const { journal } = await createTestStation();
    const collections = stationFeatures.flatMap((feature) => feature.collections);
    const view = createRowView({ journal, privacy: createPrivacy(createFakeVault()), collections, dueAt: () => null });
    const seen = (role: string) =>
      new Set(view.some({ role, seatKind: 'room' }, collectionNames, 0).map(({ collection }) => collection));
    expect(seen('inspector')).toEqual(seen('nobody'));
    expect([...seen('inspector')]).not.toContain('log');
    expect([...seen('volunteer')]).toContain('log');
  });

  it('what has no right is nobody’s', () => {
    expect(mayDo({ to: [] }, { role: 'manager', seatKind: 'room', isResponsible: true }).ok).toBe(false);
  });

  it('a collection without an audience is seen by nobody, whatever it is called', () => {
    const journal = createFakeJournal();
    journal.transact((tx) => tx.change({ collection: 'visits', key: 'v', doc: { visitId: 'v' } }, 1));
    const visits = defineCollection(defineTable('visits'), { version: 1, fold: () => [] });
    const view = createRowView({
      journal,
      privacy: createPrivacy(createFakeVault()),
      collections: [visits],
      dueAt: () => null,
    });
    for (const role of ['nobody', 'volunteer', 'manager']) {
      const standing = { role, seatKind: 'room' };
      expect(view.row(standing, 'visits', 'v').doc).toBeNull();
      expect(view.some(standing, collectionNames, 0)).toEqual([]);
      expect(view.open(standing, 'visits', { visitId: 'v' })).toEqual({});
    }
  });

  it('a deadline of a kind that nobody owns stops the start with a sentence', async () => {
    const world = createWorld();
    world.journal.transact((tx) =>
      tx.setDeadline({
        key: 'patrol/p1/late',
        kind: 'patrol',
        entityId: 'p1',
        name: 'late',
        dueAt: 1,
        remainingMs: 1,
        lifeSafety: true,
      }),
    );
    const { station } = stationOf(world.deps, world.demo);
    const failed: unknown = await station.start().catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UnownedDeadlineError);
    expect(failureOf(failed, '/data')).toEqual({ failure: 'newerSchema', detail: '/data' });
  });
});
