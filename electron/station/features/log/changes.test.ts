import { describe, expect, it } from 'vitest';
import { createTestStation, settle, valueOf, type TestStation } from '../../../../tests/support/station-harness.ts';

const li = {
  personId: 'li',
  name: '李阿姨',
  phone: '13900001111',
  role: 'volunteer',
  pin: null,
  active: true,
} as const;

/** What the newest line of this kind says that changed. */
const changesIn = async (test: TestStation, type: string): Promise<unknown> => {
  await settle();
  return test.manager
    .rows('log')
    .filter((line) => line.type === type)
    .toSorted((a, b) => b.seq - a.seq)[0]?.body['changes'];
};

describe('a change that a manager makes', () => {
  it('is named in the log: who left, came back, got another role, number or PIN', async () => {
    const test = await createTestStation();
    const { manager } = test;
    valueOf(await manager.command('addPerson', li));
    valueOf(await manager.command('addPerson', { ...li, active: false }));
    expect(await changesIn(test, 'v1.PersonChanged')).toEqual(['active']);
    valueOf(await manager.command('addPerson', { ...li, role: 'guard', phone: '13900002222', pin: '9053' }));
    expect(await changesIn(test, 'v1.PersonChanged')).toEqual(['phone', 'role', 'active', 'pin']);
  });

  it('names a secret and never shows it, nor keeps the names with the thing', async () => {
    const test = await createTestStation();
    const { manager } = test;
    const contact = { contactId: 'c9', name: '赵队长', phone: '13900001111', role: 'patrol', rank: 4 } as const;
    valueOf(await manager.command('addContact', contact));
    valueOf(await manager.command('addContact', { ...contact, phone: '13900003333', rank: 5 }));
    expect(await changesIn(test, 'v1.ContactChanged')).toEqual(['phone', 'rank']);
    valueOf(await manager.command('addPerson', { ...li, pin: '9053' }));
    const told = JSON.stringify(manager.rows('log'));
    expect(told).not.toMatch(/13900003333|9053|pinCipher/);
    expect(test.journal.row('contacts', 'c9')).not.toHaveProperty('changes');
  });

  it('is no line where nothing changed', async () => {
    const test = await createTestStation();
    valueOf(await test.manager.command('addPerson', li));
    const before = test.manager.rows('log').length;
    valueOf(await test.manager.command('addPerson', li));
    expect(test.manager.rows('log')).toHaveLength(before);
  });
});
