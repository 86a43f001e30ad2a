import { afterEach, describe, expect, it } from 'vitest';
import {
  crashAndRestart,
  createTestStation,
  createWorld,
  pass,
  valueOf,
  type TestStation,
  type World,
} from '../../../../tests/support/station-harness.ts';
import { createFakeSealedList } from '../../../../tests/support/fake-sealed-list.ts';
import { createFakeVault } from '../../../../tests/support/fake-vault.ts';
import { createPrivacy } from '../../core/privacy.ts';
import { JournalError } from '../../ports/journal.port.ts';
import { createVisitFinder, type VisitFinder, type VisitQuestion } from './visit-finder.ts';

const finders: VisitFinder[] = [];
afterEach(() => {
  for (const finder of finders.splice(0)) finder.stop();
});

/** Asks what the running station has kept: a finder of its own that has looked at nothing by itself. */
const finderOf = ({ deps }: World): VisitFinder => {
  const finder = createVisitFinder({ ...deps, privacy: createPrivacy(deps.vault) });
  finders.push(finder);
  return finder;
};

const arrive = async (test: TestStation, name: string, phone: string | null, plate: string | null): Promise<string> => {
  const fields = { kind: 'family', name, phone, plate, visiting: '3-1-502' } as const;
  return String(valueOf(await test.manager.command('registerVisit', fields))['visitId']);
};

const askAll = async (world: World, questions: readonly VisitQuestion[]): Promise<readonly unknown[]> => {
  const finder = finderOf(world);
  return Promise.all(
    questions.map(async (question) => {
      const found = await finder.find(question, 10);
      return found.ok ? found.value.visitIds : found.error;
    }),
  );
};

const byPlate = (text: string): VisitQuestion => ({ by: 'plate', text });
const byPlateEnd = (text: string): VisitQuestion => ({ by: 'plateEnd', text });
const byPhoneEnd = (text: string): VisitQuestion => ({ by: 'phoneEnd', text });
const byName = (text: string): VisitQuestion => ({ by: 'name', text });

describe('a visit whose fields are sealed', () => {
  it('is found by its plate, the end of it, the end of the number, and any part of the name, however they are written', async () => {
    const test = await createTestStation();
    const chen = await arrive(test, '陈小姐', '137-1234-5678', '湘D·12345');
    const wang = await arrive(test, '王大明', '13600005678', '湘A99345');
    await arrive(test, '赵先生', null, null);
    expect(
      await askAll(test.world, [
        byPlate('湘d 12345'),
        byPlateEnd('345'),
        byPlateEnd('12345'),
        byPhoneEnd('5678'),
        byName('大明'),
        byName('陈'),
        byPlate('湘D12346'),
        byName('吴'),
      ]),
    ).toEqual([[chen], [wang, chen], [chen], [wang, chen], [wang], [chen], [], []]);
  });

  it('is not found by what nothing is kept for, and is told by how much it could be', async () => {
    const test = await createTestStation();
    await arrive(test, '陈小姐', '13712345678', '湘D12345');
    expect(await askAll(test.world, [byPlateEnd('45'), byPhoneEnd('45678'), byPlate(' ')])).toEqual([
      { tails: [3, 4, 5] },
      { tails: [4] },
      { tails: [] },
    ]);
  });

  it('is not found any more once it is forgotten, at once and after a restart', async () => {
    const before = await createTestStation();
    const chen = await arrive(before, '陈小姐', '13712345678', '湘D12345');
    const stays = await arrive(before, '陈先生', null, '湘D12345');
    valueOf(await before.manager.command('forgetVisitor', { visitId: chen }));
    const questions = [byPlate('湘D12345'), byPhoneEnd('5678'), byName('陈')];
    expect(await askAll(before.world, questions)).toEqual([[stays], [], [stays]]);
    const after = await crashAndRestart(before);
    await pass(after.clock, 1000);
    expect(await askAll(after.world, questions)).toEqual([[stays], [], [stays]]);
  });
});

describe('an index that was lost', () => {
  /** The world with an index and lists that have never heard of anything, as after a restored backup. */
  const withoutIndex = (world: World): World => {
    const { index } = createFakeVault();
    const deps = { ...world.deps, sealedIndex: index, sealedList: createFakeSealedList(world.vault) };
    return { ...world, deps };
  };

  it('is made again from the visits that there are, some in a turn, and says that it is not whole until then', async () => {
    const before = await createTestStation();
    const ids: string[] = [];
    for (let count = 0; count < 130; count += 1)
      ids.push(await arrive(before, `陈${count}号`, null, `湘D${10_000 + count}`));
    const world = withoutIndex(before.world);
    const finder = finderOf(world);
    finder.start();
    expect(await finder.find(byPlate('湘D10000'), 10)).toEqual({ ok: true, value: { visitIds: [], complete: false } });
    expect(await finder.find(byName('陈129号'), 10)).toMatchObject({
      value: { visitIds: [ids[129]], complete: false },
    });
    await pass(before.clock, 10, 5);
    expect(await finder.find(byPlate('湘D10000'), 10)).toEqual({
      ok: true,
      value: { visitIds: [ids[0]], complete: true },
    });
    expect(await finder.find(byName('陈0号'), 10)).toEqual({ ok: true, value: { visitIds: [ids[0]], complete: true } });
  });

  it('that storage did not take is made good a minute later; nobody waited for it', async () => {
    const world = createWorld();
    let full = false;
    const sealedIndex: typeof world.deps.sealedIndex = {
      ...world.deps.sealedIndex,
      put: (entries) => {
        if (full) throw new JournalError({ kind: 'diskFull' });
        world.deps.sealedIndex.put(entries);
      },
    };
    const test = await createTestStation({ ...world, deps: { ...world.deps, sealedIndex } });
    full = true;
    const chen = await arrive(test, '陈小姐', null, '湘D12345');
    expect(await askAll(test.world, [byPlate('湘D12345')])).toEqual([[]]);
    full = false;
    await pass(test.clock, 61_000);
    expect(await askAll(test.world, [byPlate('湘D12345')])).toEqual([[chen]]);
  });
});
