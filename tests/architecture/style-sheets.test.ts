/** Style sheets stand in layers, and a control is restyled where it is made. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './import-graph.ts';
import { readSheet, rulesOf, styledClasses, subjectOf, type StyleRule } from './style-sheets.ts';

/** The sheets of the seat; the page that shows how to begin again has its own, without the seat. */
const files = globSync('renderer/**/*.css', { cwd: root })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => !file.startsWith('renderer/public/'))
  .toSorted();
const ORDER = 'renderer/kit/layers.css';
const rules = files.filter((file) => file !== ORDER).flatMap((file) => rulesOf(file, readSheet(file)));

/** In which layer the sheets of a folder stand; within the kit, theme and base have their own. */
const layerOf = (file: string): string => {
  const [, folder = '', name = ''] = file.split('/');
  const own = ['theme.css', 'base.css'].includes(name) ? name.replace('.css', '') : folder;
  return `@layer ${own}`;
};
const folderOf = (file: string): string => path.posix.dirname(file);

/** Rules of other folders that style what the kit makes: a class of its sheets, a key's cap, a button by what it is for. */
const restyling = (all: readonly StyleRule[]): readonly string[] => {
  const isKit = ({ file }: StyleRule): boolean => folderOf(file) === 'renderer/kit';
  const ofKit = new Set(all.filter(isKit).flatMap(({ selectors }) => selectors.flatMap(styledClasses)));
  return all
    .filter((rule) => !isKit(rule))
    .flatMap(({ file, selectors }) =>
      selectors
        .filter(
          (selector) =>
            styledClasses(selector).some((name) => ofKit.has(name)) ||
            /^kbd|\[data-(?:action|look|size)\b/.test(subjectOf(selector)),
        )
        .map((selector) => `${file}: ${selector}`),
    );
};

/** Classes that sheets of several folders style. */
const shared = (all: readonly StyleRule[]): readonly string[] => {
  const foldersByClass = Map.groupBy(
    all.flatMap(({ file, selectors }) =>
      selectors.flatMap(styledClasses).map((name) => ({ name, folder: folderOf(file) })),
    ),
    ({ name }) => name,
  );
  return [...foldersByClass]
    .filter(([, uses]) => new Set(uses.map(({ folder }) => folder)).size > 1)
    .map(([name, uses]) => `.${name}: ${[...new Set(uses.map(({ folder }) => folder))].toSorted().join(', ')}`);
};

describe('the layers', () => {
  it('are ordered once, before every other sheet', () => {
    const [order = ''] = /@layer [^;{]+;/.exec(readSheet(ORDER)) ?? [];
    const names = order.replace('@layer ', '').replace(';', '').split(', ');
    expect(new Set(rules.map(({ file }) => layerOf(file)))).toEqual(new Set(names.map((name) => `@layer ${name}`)));
    const main = readSheet('renderer/main.tsx');
    expect(main.indexOf("'./kit/layers.css'")).toBe(main.search(/'[^']*\.css'/));
  });

  it('hold every rule, each sheet in that of its folder', () => {
    expect(rules.length).toBeGreaterThan(300);
    const outside = rules
      .filter(({ file, within }) => within[0] !== layerOf(file))
      .map(({ file, selectors }) => `${file}: ${selectors.join(', ')}`);
    expect(outside).toEqual([]);
  });
});

describe('a sheet', () => {
  it('outside of the kit restyles nothing of the kit', () => {
    expect(restyling(rules)).toEqual([]);
  });

  it('shares no class with a sheet of another folder', () => {
    expect(shared(rules)).toEqual([]);
  });

  it.each([
    '.lane .button',
    '.lane > .button:first-child',
    '.lane :is(p, .button-hint)',
    ".lane [data-action='open']",
    '.lane kbd',
    ":root[data-print='large'] .lane + .button[data-look='quiet']",
  ])('is caught when it restyles the kit: %s', (selector) => {
    const planted = [
      ...rulesOf('renderer/kit/button.css', '@layer kit { .button { color: red; } .button-hint { color: red; } }'),
      ...rulesOf(
        'renderer/features/gate/gate.css',
        `@layer features { @media (width > 9px) { ${selector} { color: red; } } }`,
      ),
    ];
    expect(restyling(planted)).toHaveLength(1);
  });

  it('may say where its own parts stand around what the kit makes', () => {
    const planted = [
      ...rulesOf('renderer/kit/card.css', '@layer kit { .card { color: red; } }'),
      ...rulesOf(
        'renderer/features/gate/gate.css',
        '@layer features { .card:has(.card) .lane:not(.card) { color: red; } }',
      ),
    ];
    expect(restyling(planted)).toEqual([]);
    expect(shared([...planted, ...rulesOf('renderer/features/log/log.css', '.log, .lane {}')])).toEqual([
      '.lane: renderer/features/gate, renderer/features/log',
    ]);
  });
});
