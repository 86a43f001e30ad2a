import { describe, expect, test } from 'vitest';
import { subjectId } from '../../../domain/kernel/ids.ts';
import {
  createTestStation,
  createWorld,
  pass,
  valueOf,
  type TestStation,
} from '../../../../tests/support/station-harness.ts';

const picture = { form: 'jpeg', bytes: Uint8Array.from([0xff, 0xd8]) } as const;

/** A visitor of whom there is a picture, and a day of which there is one. */
const withPictures = async (station: TestStation): Promise<string> => {
  const visit = { kind: 'family', name: '陈女士', phone: null, plate: null, visiting: '3栋1单元502' } as const;
  const { visitId } = valueOf(await station.manager.command('registerVisit', visit));
  await station.world.pictures.keep(subjectId(`visit:${String(visitId)}`), picture);
  await station.world.pictures.keep(subjectId('day:2026-11-25'), picture);
  return String(visitId);
};

describe('the pictures of a visitor', () => {
  test('go when the visitor is forgotten, and no other', async () => {
    const station = await createTestStation();
    const visitId = await withPictures(station);
    const [, other] = station.world.pictures.names();
    valueOf(await station.manager.command('forgetVisitor', { visitId }));
    await pass(station.clock, 1000);
    expect(station.world.pictures.names()).toEqual([other]);
  });

  test('are asked for again until their files are gone', async () => {
    const world = createWorld();
    let fails = 2;
    const forget: typeof world.pictures.forget = async (subjects) => {
      fails -= 1;
      if (fails >= 0) throw new Error('EBUSY');
      await world.pictures.forget(subjects);
    };
    const station = await createTestStation({
      ...world,
      deps: { ...world.deps, pictures: { ...world.pictures, forget } },
    });
    const visitId = await withPictures(station);
    valueOf(await station.manager.command('forgetVisitor', { visitId }));
    await pass(station.clock, 500);
    expect([world.pictures.names().length, world.journal.outbox().length]).toEqual([2, 1]);
    await pass(station.clock, 5000);
    expect([world.pictures.names().length, world.journal.outbox().length]).toEqual([1, 0]);
  });
});
