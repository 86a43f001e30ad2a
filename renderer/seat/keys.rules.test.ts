import { describe, expect, it } from 'vitest';
import { nearest } from './keys.rules.ts';

const bar = [
  { key: 'g', says: 'nav.gate', scope: 'anywhere' },
  { key: 'l', says: 'nav.log', scope: 'anywhere' },
] as const;

describe('a key that several would take', () => {
  it('belongs to the screen in front, and to the bar again when the screen goes', () => {
    const ptz = { key: 'l', says: 'keys.enlarge', scope: 'screen' } as const;
    expect(nearest([...bar, ptz])).toEqual([bar[0], ptz]);
    expect(nearest([ptz, ...bar])).toEqual([ptz, bar[0]]);
    expect(nearest(bar)).toEqual(bar);
  });

  it('belongs to the question before the screen around it', () => {
    const screen = { key: 'b', says: 'keys.enlarge', scope: 'screen' } as const;
    const question = { key: 'b', says: 'keys.back', scope: 'question' } as const;
    expect(nearest([screen, question])).toEqual([question]);
  });

  it('belongs to the first of two that are equally near', () => {
    const again = { key: 'a', says: 'keys.take', scope: 'question' } as const;
    const claim = { ...again };
    expect(nearest([again, claim])[0]).toBe(again);
    expect(nearest([again, claim])).toHaveLength(1);
  });
});
