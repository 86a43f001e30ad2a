import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { factsAbout, personalFields, sealedText } from '../../contract/kernel/fact.ts';
import { defineContract } from '../../contract/kernel/feature.ts';
import {
  allFeatures,
  connect,
  createTestStation,
  createWorld,
  everythingStored,
  settle,
  stationOf,
  valueOf,
} from '../../../tests/support/station-harness.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import type { MachineSnapshot } from '../../domain/kernel/machine.ts';
import { createLifter } from '../../domain/kernel/lifts.ts';
import { visit } from '../../domain/visits/visit.machine.ts';
import { createStation } from '../create-station.ts';
import { visitsFeature } from '../features/visits/visits.feature.ts';
import { hours } from '../../domain/kernel/time.ts';
import { stationFeatures } from '../features.ts';
import { createFactRegistry, liftsOf } from './facts.ts';

const keys = defineContract({
  name: 'keys',
  facts: factsAbout('key', { 'v1.KeyLent': { to: sealedText, back: z.number().nullable() } }),
});
const registry = createFactRegistry([{ contract: keys }]);
const lent = { type: 'v1.KeyLent', kind: 'key' };

describe('the registry of facts', () => {
  it('takes a fact that holds what it should', () => {
    expect(registry.misfit({ ...lent, body: { to: 'sealed:abc', back: null } })).toBeNull();
  });

  it.each([
    ['a name in the plain', { to: '王小明', back: null }, 'v1.KeyLent: to invalid_format'],
    ['a field that is missing', { to: 'sealed:abc' }, 'v1.KeyLent: back invalid_type'],
    ['a field that nobody knows', { to: 'sealed:abc', back: null, why: 'x' }, 'v1.KeyLent:  unrecognized_keys'],
  ])('says what is wrong with %s, and nothing of what is in it', (_what, body, says) => {
    expect(registry.misfit({ ...lent, body })).toBe(says);
  });

  it('says when a fact is about something else', () => {
    expect(registry.misfit({ ...lent, kind: 'gate', body: {} })).toBe('v1.KeyLent is about key, not about gate');
  });

  it('has no place for a fact that no feature has, nor for two of one name', () => {
    expect(() => registry.misfit({ type: 'v1.KeyLost', kind: 'key', body: {} })).toThrow('no feature has the fact');
    expect(() => createFactRegistry([{ contract: keys }, { contract: keys }])).toThrow('of the same name');
  });

  it('knows which fields are personal', () => {
    expect(personalFields(keys.facts['v1.KeyLent'])).toEqual(['to']);
  });

  it('has a fact of every name that a feature brings', () => {
    expect(createFactRegistry(stationFeatures).types.length).toBeGreaterThan(70);
  });
});

describe('the first fact of a journal', () => {
  it('names the station, by an id of its own and its public key; the private half is sealed', async () => {
    const test = await createTestStation();
    const [first] = test.journal.facts(0, 1);
    expect(first).toMatchObject({ seq: 1, type: 'v1.StationNamed', kind: 'station', actor: 'station' });
    expect(first?.body).toEqual({
      publicKey: expect.stringMatching(/^public /),
      key: expect.stringMatching(/^sealed:/),
      headKey: test.journal.publicKeyPem,
    });
    expect(test.journal.row('identity', 'station')).toEqual({
      stationId: first?.entityId,
      publicKey: first?.body['publicKey'],
    });
    expect(everythingStored(test)).not.toMatch(/"private /);
  });

  it('is written later where an earlier program began the journal, and once', async () => {
    const world = createWorld();
    const envelope = { snapshot: null, occurredAt: 0, recordedAt: 0, actor: 'station', seat: null, commandId: null };
    const community = { type: 'v1.CommunityEstablished', kind: 'community', entityId: 'community' };
    const body = { name: '示范小区', timeZone: 'Asia/Shanghai' };
    world.journal.transact((tx) => tx.append({ ...envelope, ...community, body }));
    for (const _time of [1, 2]) {
      const { station } = stationOf(world.deps, world.demo);
      await station.start();
      await settle();
      await station.stop();
    }
    expect(world.journal.facts(0, 100).filter(({ type }) => type === 'v1.StationNamed')).toHaveLength(1);
  });
});

describe('what was written down offline', () => {
  it('keeps its own time in what the machine knows, and the deadlines count from when it was recorded', async () => {
    const test = await createTestStation();
    const anHourAgo = test.clock.nowMs() - hours(1);
    const visitor = { kind: 'family', name: '王小明', phone: null, plate: null, visiting: '3-1-502 住户' } as const;
    const answer = await test.manager.command('registerVisit', visitor, { occurredAt: anHourAgo });
    const visitId = String(valueOf(answer)['visitId']);
    expect(test.manager.rows('visits')).toMatchObject([{ visitId, arrivedAt: anHourAgo, state: 'inside' }]);
    const fact = test.journal.facts(0, 1000).find(({ type }) => type === 'v1.VisitorRegistered');
    expect([fact?.occurredAt, fact?.recordedAt]).toEqual([anHourAgo, test.clock.nowMs()]);
    const kept = test.journal.deadlines().find(({ entityId }) => entityId === visitId);
    expect(kept?.dueAt).toBe(test.clock.nowMs() + (kept?.remainingMs ?? 0));
    valueOf(await test.manager.command('visitorLeft', { visitId }, { occurredAt: anHourAgo - 1 }));
    expect(test.manager.rows('visits')).toMatchObject([{ arrivedAt: anHourAgo, leftAt: anHourAgo }]);
  });
});

describe('what an earlier program wrote', () => {
  const kept = defineContract({
    name: 'keys',
    facts: {
      'v2.KeyLent': {
        kind: 'key',
        body: { to: sealedText, back: z.number().nullable() },
        lift: (before: JsonObject) => ({ ...before, back: null }),
      },
    },
  });
  const machine = { ...visit, schema: 2, lifts: [{ machine: 'visit', from: 1, lift: (old: MachineSnapshot) => old }] };
  const lifts = liftsOf([{ contract: kept, machines: [machine] }]);

  it('is lifted as its feature says, fact and snapshot; what is newer is known to be', () => {
    const lifter = createLifter(lifts);
    const snapshot = { schema: 1, value: 'kept', context: {}, status: 'active' } as const;
    const fact = { ...lent, entityId: 'k1', body: { to: 'sealed:abc' }, snapshot: null, occurredAt: 0, recordedAt: 0 };
    expect(lifter.fact({ ...fact, actor: 'li', seat: null, commandId: null })).toMatchObject({
      type: 'v2.KeyLent',
      body: { to: 'sealed:abc', back: null },
    });
    expect(lifter.snapshot('visit', snapshot)).toEqual({ ...snapshot, schema: 2 });
    expect(lifts.known).toEqual({ facts: { KeyLent: 2 }, schemas: { visit: 2 } });
  });

  it('of a machine is lifted when the machine is told something, wherever its row was left', async () => {
    const test = await createTestStation();
    const visitor = { kind: 'family', name: '王小明', phone: null, plate: null, visiting: '3-1-502 住户' } as const;
    const visitId = String(valueOf(await test.manager.command('registerVisit', visitor))['visitId']);
    const row = test.journal.row('machines', `visit/${visitId}`);
    test.journal.transact((tx) =>
      tx.change({ collection: 'machines', key: `visit/${visitId}`, doc: { ...row, schema: 0 } }, 1),
    );
    test.kill();
    const lifted = { ...visit, lifts: [{ machine: 'visit', from: 0, lift: (old: MachineSnapshot) => old }] };
    const all = allFeatures(test.world.demo);
    const features = [...all.filter(({ name }) => name !== 'visits'), { ...visitsFeature, machines: [lifted] }];
    const station = createStation(test.world.deps, features);
    await station.start();
    const seat = connect(station, test.clock, test.ids, { session: test.manager.token() });
    expect(await seat.command('visitorLeft', { visitId })).toMatchObject({ ok: true });
  });
});
