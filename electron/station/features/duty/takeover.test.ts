import { describe, expect, it } from 'vitest';
import {
  createTestStation,
  pressHelp,
  refusalOf,
  seatOf,
  settle,
  valueOf,
} from '../../../../tests/support/station-harness.ts';

const begin = async (seat: Awaited<ReturnType<typeof seatOf>>): Promise<readonly string[]> => {
  const items = valueOf(await seat.command('beginTakeover', {}))['openItems'];
  return Array.isArray(items) ? items.map(String) : [];
};

describe('what somebody who takes over has to look at', () => {
  it('is nothing where nothing is open', async () => {
    const test = await createTestStation();
    expect(await begin(await seatOf(test, 'li'))).toEqual([]);
  });

  it('has a call once, though it is a call and an alarm, the gate that stands open, and who is still inside', async () => {
    const test = await createTestStation();
    const li = await seatOf(test, 'li');
    pressHelp(test);
    test.barriers.stand('north', 'open');
    const visit = { kind: 'repair', name: '李明', phone: null, plate: null, visiting: '3-1-502' } as const;
    const first = valueOf(await li.command('registerVisit', visit));
    valueOf(await li.command('registerVisit', { ...visit, name: '李亮' }));
    await settle();
    const incidentId = test.manager.rows('incidents')[0]?.incidentId ?? '';
    const items = await begin(li);
    expect(items).toEqual([`incident/${incidentId}`, 'barrier/north', 'visits/inside']);
    expect(refusalOf(await li.command('acceptTakeover', { seenItems: items.slice(1) }))).toBe('itemsNotSeen');
    expect(refusalOf(await li.command('acceptTakeover', { seenItems: [...items] }))).toBe('taken');
    valueOf(await li.command('visitorLeft', { visitId: String(first['visitId']) }));
    expect(await begin(test.manager)).toContain('visits/inside');
  });
});
