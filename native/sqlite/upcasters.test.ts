import { describe, expect, test } from 'vitest';
import { someFact } from '../../tests/support/journal-folder.ts';
import { createLift, shippedUpcasters, type Upcaster } from './upcasters.ts';

/** A gate that had one name, then several, then names by language: three versions of one fact. */
const namesBecomeList: Upcaster = {
  from: 'v1.GateNamed',
  to: 'v2.GateNamed',
  lift: ({ body, snapshot }) => ({ body: { names: [body['name'] ?? null] }, snapshot }),
};
const listBecomesMap: Upcaster = {
  from: 'v2.GateNamed',
  to: 'v3.GateNamed',
  lift: ({ body }) => ({
    body: { zh: Array.isArray(body['names']) ? body['names'][0] : null },
    snapshot: { schema: 2, value: 'named', context: {}, status: 'active' },
  }),
};

const recorded = (type: string, body: Record<string, string>) => ({ ...someFact(1, { type, body }), seq: 4 });

describe('upcasters', () => {
  test('are chained to the newest version, snapshot included', () => {
    const lift = createLift([listBecomesMap, namesBecomeList]);
    expect(lift(recorded('v1.GateNamed', { name: '北门' }))).toEqual({
      ...recorded('v3.GateNamed', {}),
      body: { zh: '北门' },
      snapshot: { schema: 2, value: 'named', context: {}, status: 'active' },
    });
  });

  test('start where the fact is', () => {
    const lift = createLift([namesBecomeList, listBecomesMap]);
    expect(lift({ ...recorded('v2.GateNamed', {}), body: { names: ['东门'] } }).body).toEqual({ zh: '东门' });
  });

  test('leave alone what is newest or has nothing to do with them', () => {
    const lift = createLift([namesBecomeList]);
    for (const type of ['v2.GateNamed', 'v1.GateOpened', 'v1.GateNamedX']) {
      const fact = recorded(type, { name: '北门' });
      expect(lift(fact)).toBe(fact);
    }
  });

  test('do not change the fact they lift', () => {
    const fact = recorded('v1.GateNamed', { name: '北门' });
    createLift([namesBecomeList])(fact);
    expect(fact).toEqual(recorded('v1.GateNamed', { name: '北门' }));
  });

  test.each([
    ['a skipped version', [{ ...namesBecomeList, to: 'v3.GateNamed' }]],
    ['a step back', [{ ...listBecomesMap, to: 'v1.GateNamed' }]],
    ['another name', [{ ...namesBecomeList, to: 'v2.GateRenamed' }]],
    ['no version', [{ ...namesBecomeList, from: 'GateNamed' }]],
    ['twice the same', [namesBecomeList, namesBecomeList]],
  ])('a registry with %s is refused', (_what, upcasters) => {
    expect(() => createLift(upcasters)).toThrow();
  });

  test('the shipped registry is in order', () => {
    expect(createLift(shippedUpcasters)).toBeTypeOf('function');
  });
});
