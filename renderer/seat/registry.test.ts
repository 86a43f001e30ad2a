import { describe, expect, it } from 'vitest';
import { seatFeatures } from '../features.ts';
import { joinSeatFeatures, tasks } from './registry.tsx';
import { defineSeatFeature, type Entry } from './seat-feature.ts';

const screen = () => null;
const entry = (more: Partial<Entry> = {}): Entry => ({ task: 'work', order: 1, barKey: null, alsoCalled: [], ...more });
const place = (name: 'gate' | 'log' | 'roster', own: Entry = entry()) =>
  defineSeatFeature({ name, places: [{ place: name, screen, shows: [], entry: own }] });

describe('the features of the seat, joined', () => {
  it('are found by task and in the order within it', () => {
    const registry = joinSeatFeatures([
      place('log', entry({ task: 'records' })),
      place('roster', entry({ order: 2 })),
      place('gate', entry({ order: 1 })),
    ]);
    expect(registry.findables.map(({ name }) => name)).toEqual(['gate', 'roster', 'log']);
    expect(registry.bar).toEqual([]);
  });

  it('may be three times as many without another line of buttons: what has no key in the bar is found by its name', () => {
    const { bar, findables } = joinSeatFeatures(seatFeatures);
    expect(bar.length).toBeLessThanOrEqual(9);
    expect(findables.length).toBeGreaterThan(bar.length);
    const another = defineSeatFeature({
      name: 'another',
      actions: [{ action: 'signIn', run: () => undefined, entry: entry({ barKey: 'z' }) }],
    });
    const others = seatFeatures.filter(({ name }) => name !== 'sign-in');
    expect(() => joinSeatFeatures([...others, another])).toThrow('found by name');
  });

  it('stand under tasks that all are shown', () => {
    for (const { task } of joinSeatFeatures(seatFeatures).findables) expect(tasks).toContain(task);
  });

  it.each([
    ['name', [place('gate'), defineSeatFeature({ name: 'gate' })]],
    [
      'place',
      [
        place('gate'),
        defineSeatFeature({ name: 'other', places: [{ place: 'gate', screen, shows: [], entry: null }] }),
      ],
    ],
    ['key', [place('gate', entry({ barKey: 'g' })), place('log', entry({ barKey: 'g' }))]],
    ['way out of', ['a', 'b'].map((name) => defineSeatFeature({ name, alarmWays: { cameraLost: { passing: true } } }))],
    ['open item', ['a', 'b'].map((name) => defineSeatFeature({ name, openItems: { alarm: () => null } }))],
  ] as const)('never have one %s twice', (what, features) => {
    expect(() => joinSeatFeatures(features)).toThrow(`two features of the seat have the ${what}`);
  });

  it('lend a question the tools of every feature that names it', () => {
    const Above = () => null;
    const lend = (name: string, cameras: readonly string[]) =>
      defineSeatFeature({ name, stepTools: [{ steps: ['openGate'], Above, cameras: () => cameras }] });
    const { toolsOf } = joinSeatFeatures([lend('gate', ['1']), lend('lift', ['2'])]);
    expect(toolsOf('openGate')).toHaveLength(2);
    expect(toolsOf('reach')).toEqual([]);
  });
});
