import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { machinePages, pagesFolder } from './diagrams.ts';

const pages = [...machinePages()];

describe('the pages of the machines', () => {
  it('are all there, and no other', () => {
    expect(readdirSync(pagesFolder).sort()).toEqual(pages.map(([file]) => file).sort());
  });

  it.each(pages)('%s is up to date (node resources/tooling/diagrams.ts)', (file, page) => {
    expect(readFileSync(path.join(pagesFolder, file), 'utf8').replaceAll('\r\n', '\n')).toBe(page);
  });

  it.each(pages)('%s joins only states that it has drawn, on one level', (_file, page) => {
    const drawn = new Set([...page.matchAll(/^ *state ".*" as (\w+)$/gm)].map(([, id]) => id));
    const arrows = [...page.matchAll(/^ *(\w+) --> (\w+) : \S/gm)];
    expect(drawn.size).toBeGreaterThan(2);
    expect(arrows.length).toBeGreaterThan(2);
    expect(arrows.filter(([, from, to]) => !drawn.has(from) || !drawn.has(to)).map(([arrow]) => arrow)).toEqual([]);
    const levelOf = (id = ''): string => id.split('_').slice(0, -1).join('_');
    expect(arrows.filter(([, from, to]) => levelOf(from) !== levelOf(to)).map(([arrow]) => arrow)).toEqual([]);
  });
});
