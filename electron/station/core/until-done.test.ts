import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../domain/kernel/json.ts';
import {
  createTestStation,
  crashAndRestart,
  createWorld,
  pass,
  settle,
  valueOf,
} from '../../../tests/support/station-harness.ts';

const visit = { kind: 'family', name: '陈小姐', phone: null, plate: null, visiting: '3-1-502' } as const;

/** A station whose vault tells what it is asked for at once, and ends each deletion when it is told to. */
const slowVault = () => {
  const world = createWorld();
  const asked: (readonly string[])[] = [];
  const ends: (() => void)[] = [];
  const forget = (subjects: readonly string[]): Promise<void> => {
    asked.push(subjects);
    return new Promise((resolve) => ends.push(resolve));
  };
  const vault = { ...world.vault, forget };
  const endAll = async (): Promise<void> => {
    for (const end of ends.splice(0)) end();
    await settle();
  };
  return { asked, endAll, world: { ...world, deps: { ...world.deps, vault } } };
};

const waiting = (rows: readonly { readonly effect: JsonObject }[]): readonly unknown[] =>
  rows.map(({ effect }) => effect['subjectId']);

describe('what is repeated until it is done', () => {
  it('is done together with what has gathered meanwhile, and taken off the list when all of it is done', async () => {
    const { asked, endAll, world } = slowVault();
    const test = await createTestStation(world);
    const subjects: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      const { visitId } = valueOf(await test.manager.command('registerVisit', visit));
      valueOf(await test.manager.command('forgetVisitor', { visitId: String(visitId) }));
      subjects.push(`visit:${String(visitId)}`);
    }
    expect(asked).toEqual([subjects.slice(0, 1)]);
    expect(waiting(test.journal.outbox())).toEqual(subjects);
    await endAll();
    expect(asked).toEqual([subjects.slice(0, 1), subjects.slice(1)]);
    expect(waiting(test.journal.outbox())).toEqual(subjects.slice(1));
    await endAll();
    expect(test.journal.outbox()).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('is asked for again by the next station where the last one ended in the middle', async () => {
    const { asked, world } = slowVault();
    const test = await createTestStation(world);
    const { visitId } = valueOf(await test.manager.command('registerVisit', visit));
    valueOf(await test.manager.command('forgetVisitor', { visitId: String(visitId) }));
    const after = await crashAndRestart(test);
    await pass(after.clock, 1000);
    expect(asked.flat()).toContain(`visit:${String(visitId)}`);
    expect(asked.length).toBeGreaterThan(1);
    expect(waiting(after.journal.outbox())).toEqual([`visit:${String(visitId)}`]);
  });
});
