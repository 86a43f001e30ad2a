import { describe, expect, it } from 'vitest';
import { createTestStation, refusalOf, seatOf, valueOf } from '../../../../tests/support/station-harness.ts';
import { commandSchema } from '../../../contract/commands.schema.ts';

const id = '018f3c1e-7c1e-7c1e-8c1e-7c1e7c1e7c1e';
const takes = (command: object): boolean => commandSchema.safeParse(command).success;

describe('the time zone', () => {
  it.each(['', 'Mars/Olympus', 'Asia/Shanghai ', '<b>', '北京', '../etc'])('may not be %j', (timeZone) => {
    const founding = { name: '小区', managerName: '周', pin: '9053' };
    expect(takes({ type: 'setTimeZone', id, occurredAt: 1, timeZone })).toBe(false);
    expect(takes({ type: 'establishCommunity', id, occurredAt: 1, ...founding, timeZone })).toBe(false);
    expect(takes({ type: 'establishCommunity', id, occurredAt: 1, ...founding, timeZone: 'Asia/Urumqi' })).toBe(true);
  });

  it('is changed by a manager, and stands in the log once', async () => {
    const test = await createTestStation();
    expect(refusalOf(await (await seatOf(test, 'li')).command('setTimeZone', { timeZone: 'Asia/Urumqi' }))).toBe(
      'notAllowed',
    );
    const before = test.manager.rows('community')[0];
    for (let times = 0; times < 2; times += 1)
      valueOf(await test.manager.command('setTimeZone', { timeZone: 'Asia/Urumqi' }));
    expect(test.manager.rows('community')).toEqual([{ ...before, timeZone: 'Asia/Urumqi' }]);
    expect(test.manager.rows('log').filter(({ type }) => type === 'v1.TimeZoneSet')).toHaveLength(1);
  });
});

it.each([
  ['1970', Date.UTC(1970, 0, 2)],
  ['1999', Date.UTC(1999, 11, 31)],
  ['2101', Date.UTC(2101, 0, 1)],
  ['9999', Date.UTC(9999, 0, 1)],
])('a computer whose clock says %s still takes what its seats say', async (_year, wallMs) => {
  const test = await createTestStation();
  test.clock.setWall(wallMs);
  const note = test.manager.make('addNote', { text: '时钟不对，人还在' });
  expect(commandSchema.safeParse({ ...note, occurredAt: wallMs }).success).toBe(true);
  valueOf(await test.manager.give({ ...note, occurredAt: wallMs }));
  expect(test.manager.rows('log').at(-1)?.type).toBe('v1.NoteAdded');
});
