import { fuzz } from '../../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plateToText, toPlate } from './plate.rules.ts';

const refusal = (text: string, home: string | null = '湘D') => {
  const result = toPlate(text, home);
  return result.ok ? null : result.error;
};

describe('toPlate', () => {
  it.each([
    ['湘D12345', '湘D12345'],
    [' 湘d·1234a ', '湘D1234A'],
    ['湘Ｄ－１２３４５', '湘D12345'],
    ['京AD12345', '京AD12345'],
    ['京A12345F', '京A12345F'],
    ['粤B1234学', '粤B1234学'],
    ['014578使', '014578使'],
    ['鄂X1234应急', '鄂X1234应急'],
  ])('takes %s as %s', (text, plate) => {
    expect(toPlate(text, null)).toEqual({ ok: true, value: plate });
  });

  it.each([
    ['湘12345', 'plateLength', 6, '湘D·12345'],
    ['12345', 'plateLength', 5, '湘D·12345'],
    ['D12345', 'plateLength', 6, '湘D·12345'],
    ['湘D1234O', 'plateCharacters', 7, '湘D·12340'],
    ['湘DI234O', 'plateCharacters', 7, '湘D·12340'],
    ['D123456', 'plateProvince', 7, null],
    ['湘D1234', 'plateLength', 6, null],
    ['湘D?2345', 'plateCharacters', 7, null],
    ['', 'plateLength', 0, null],
  ])('refuses %s as %s', (text, kind, length, suggestion) => {
    expect(refusal(text)).toEqual({ kind, details: { length, suggestion } });
  });

  it('suggests nothing from a town that it does not know', () => {
    expect(refusal('12345', null)).toEqual({ kind: 'plateLength', details: { length: 5, suggestion: null } });
  });

  it('suggests only plates that it takes itself, and shows plates so that they are taken again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'湘D京ABIO0123456789·- ?'), maxLength: 10 }), (text) => {
        const result = toPlate(text, '湘D');
        const details = result.ok ? null : result.error.details;
        const suggested =
          details && typeof details === 'object' && 'suggestion' in details ? details['suggestion'] : null;
        const plate = result.ok ? plateToText(result.value) : suggested;
        expect(typeof plate !== 'string' || toPlate(plate, null).ok).toBe(true);
      }),
      fuzz(100, 50_000),
    );
  });
});
