import { describe, expect, it } from 'vitest';
import { plateToKey } from '../visits/plate.rules.ts';
import { visitFindable, visitTerms } from '../visits/visit.findable.ts';
import { nameToKey, phoneToKey, termAsked, termsOf } from './findable.rules.ts';

describe('a text as it is compared', () => {
  it.each([
    ['湘D·12345', '湘D12345'],
    [' 湘d 12-345 ', '湘D12345'],
    ['湘Ｄ１２３４５', '湘D12345'],
    ['湘DO1I45', '湘D01145'],
    ['no plate', 'N0PLATE'],
  ])('plate %s', (typed, key) => {
    expect(plateToKey(typed)).toBe(key);
    expect(plateToKey(plateToKey(typed))).toBe(plateToKey(typed));
  });

  it.each([
    ['137-1234-5678', '13712345678'],
    ['+86 137 1234 5678', '13712345678'],
    ['0086 13712345678', '13712345678'],
    ['（０７３１）8888 6666', '073188886666'],
    ['86012345', '86012345'],
    ['none', ''],
  ])('phone %s', (typed, key) => {
    expect(phoneToKey(typed)).toBe(key);
  });

  it.each([
    ['陈 小姐', '陈小姐'],
    ['Ｌｉ　Ｍｉｎｇ', 'liming'],
    ['陈\u200B小姐', '陈小姐'],
    ['⽯先⽣', '石先生'],
  ])('name %s', (typed, key) => {
    expect(nameToKey(typed)).toBe(key);
  });
});

describe('what a field may be found by', () => {
  it('is what it declares: whole, and by the ends that people ask for', () => {
    expect(
      visitTerms({ plate: '湘D·12345', phone: '13712345678' }).map(({ field, way, text }) => [field, way, text]),
    ).toEqual([
      ['plate', 'exact', '湘D12345'],
      ['plate', 'tail', '345'],
      ['plate', 'tail', '2345'],
      ['plate', 'tail', '12345'],
      ['phone', 'exact', '13712345678'],
      ['phone', 'tail', '5678'],
    ]);
    expect(visitTerms({ plate: null, phone: 'none' })).toEqual([]);
    expect(termsOf('phone', visitFindable.phone, '110')).toEqual([{ field: 'phone', way: 'exact', text: '110' }]);
  });

  it('is asked for in the same words, and in no others', () => {
    expect(termAsked('plate', visitFindable.plate, 'tail', '3 4O')).toEqual({
      field: 'plate',
      way: 'tail',
      text: '340',
    });
    expect(termAsked('plate', visitFindable.plate, 'exact', '湘d12345')).toEqual({
      field: 'plate',
      way: 'exact',
      text: '湘D12345',
    });
    for (const [way, text] of [
      ['tail', '45'],
      ['tail', '212345'],
      ['exact', ' · '],
    ] as const)
      expect(termAsked('plate', visitFindable.plate, way, text)).toBeNull();
    expect(termAsked('name', visitFindable.name, 'exact', '陈小姐')).toBeNull();
    expect(termAsked('name', visitFindable.name, 'tail', '小姐')).toBeNull();
  });
});
