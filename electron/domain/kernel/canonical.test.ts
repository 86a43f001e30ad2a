import { fuzz } from '../../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';

/** The same value with the keys of every object turned round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, item]) => [key, turned(item)]));
};

describe('canonicalJson', () => {
  test('writes what RFC 8785 writes', () => {
    const value = {
      '€': 1,
      '\r': 2,
      '1': [true, null, 1e21, 0.000001, -0, 333333333.3333333],
      '\u{1F600}': 'a"\\\n\u0007é',
      ö: {},
    };
    expect(canonicalJson(value)).toBe(
      '{"\\r":2,"1":[true,null,1e+21,0.000001,0,333333333.3333333],"ö":{},"€":1,"\u{1F600}":"a\\"\\\\\\n\\u0007é"}',
    );
  });

  test('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      fuzz(100, 50_000),
    );
  });

  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      }),
      fuzz(100, 50_000),
    );
  });

  test('puts keys in the order of their UTF-16 code units, however many there are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 60 }), (keys) => {
        const wanted = keys.filter((key) => key !== '__proto__').sort();
        const text = canonicalJson(Object.fromEntries(wanted.toReversed().map((key) => [key, 0])));
        expect(text).toBe(`{${wanted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
      }),
      fuzz(100, 50_000),
    );
  });

  test('keeps a lone surrogate, escaped, so that UTF-8 loses nothing', () => {
    expect(canonicalJson('a\ud800')).toBe('"a\\ud800"');
  });

  test.each([
    undefined,
    Number.NaN,
    Infinity,
    () => 0,
    Symbol('s'),
    1n,
    new Date(0),
    new Map(),
    [undefined],
    { a: undefined },
  ])('refuses what is not plain JSON: %#', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  test('refuses more than 100 levels', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(canonicalJson(nested(100))).toHaveLength(201);
    expect(() => canonicalJson(nested(101))).toThrow(RangeError);
  });
});
