import { describe, expect, it } from 'vitest';
import { catalogues } from '../../../electron/words/texts.ts';
import { seatFeatures } from '../../features.ts';
import type { Name } from '../../seat/names.ts';
import { joinSeatFeatures } from '../../seat/registry.tsx';
import { found } from './find.rules.ts';

const { findables } = joinSeatFeatures(seatFeatures);
const labelsOf = (name: Name): readonly string[] =>
  Object.values(catalogues).map((catalogue) => String(Object(catalogue['nav'])[name]));
const find = (query: string) => found(findables, labelsOf, query);

describe('the search', () => {
  it('shows everything before anything was typed, and takes nothing for meant', () => {
    expect(find('  ')).toEqual({ all: findables, best: null });
  });

  it.each([
    ['道闸', 'gate'],
    ['Gate', 'gate'],
    ['开门', 'gate'],
    ['daoz', 'gate'],
    ['ＤＺ', 'gate'],
    ['值班 记录', 'log'],
    ['take over', 'takeover'],
    ['交班', 'takeover'],
    ['120', 'phoneList'],
    ['大字', 'largePrint'],
    ['English', 'language'],
    ['快捷键', 'help'],
    ['密码', 'signIn'],
  ])('finds %s', (query, name) => {
    expect(find(query).best?.name).toBe(name);
  });

  it('takes a single letter for the key of the bar first', () => {
    for (const { name, barKey } of findables.filter((one) => one.barKey !== null))
      expect(find(String(barKey)).best?.name).toBe(name);
  });

  it('keeps the order in which everything stands', () => {
    const all = find('an').all.map(({ name }) => name);
    expect(all.length).toBeGreaterThan(3);
    expect(all).toEqual(findables.map(({ name }) => name).filter((name) => all.includes(name)));
  });

  it('takes a single letter for a beginning, and a single character for any part', () => {
    const names = (query: string) => find(query).all.map(({ name }) => name);
    expect(names('a')).toEqual(['gate', 'people', 'help']);
    expect(names('闸')).toEqual(['gate']);
  });

  it('says that there is nothing', () => {
    expect(find('zzzz')).toEqual({ all: [], best: null });
  });
});
