import { describe, expect, it } from 'vitest';
import { createPreferences, readPreferences } from '../seat/preferences.ts';

describe('the look of a seat', () => {
  it('is Chinese, dark and of sixteen pictures at first', () => {
    expect(readPreferences(null, null)).toEqual({
      theme: 'dark',
      print: 'normal',
      lang: 'zh-CN',
      wall: 16,
      letterKeys: true,
      pressHoldMs: 700,
    });
  });

  it.each([
    ['{"pressHoldMs":399}', 400],
    ['{"pressHoldMs":900}', 900],
    ['{"pressHoldMs":9000}', 1500],
    ['{"pressHoldMs":"1000"}', 700],
    ['{"pressHoldMs":null}', 700],
  ])('holds presses back between 400 and 1,500 ms: %s', (kept, holdMs) => {
    expect(readPreferences(kept, null).pressHoldMs).toBe(holdMs);
  });

  it('survives damage value by value', () => {
    expect(readPreferences('{"theme":"light","print":7,"wall":5,"lang":"en","letterKeys":false}', null)).toEqual({
      theme: 'light',
      print: 'normal',
      lang: 'en',
      wall: 16,
      letterKeys: false,
      pressHoldMs: 700,
    });
    expect(readPreferences('{nonsense', null).theme).toBe('dark');
    expect(readPreferences('{"lang":"en"}', 'zh-CN').lang).toBe('zh-CN');
  });

  it('is kept when it changes', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    createPreferences(storage, null).set({ print: 'large' });
    expect(createPreferences(storage, null).get().print).toBe('large');
  });
});
