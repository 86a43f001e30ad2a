import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { acrossFeatures, findCycles, folderCycles, importsOf, readImports, root, sourceFiles } from './import-graph.ts';
import { violationOf } from './layers.ts';

const product = ['electron', 'native', 'renderer', 'resources']
  .flatMap((folder) => sourceFiles(folder))
  .filter((file) => !/\.test\.tsx?$/.test(file));
const imports = readImports(product);

describe('import direction', () => {
  it('holds for every file', () => {
    expect(product.length).toBeGreaterThan(50);
    expect(imports.map((entry) => violationOf(entry)).filter((violation) => violation !== null)).toEqual([]);
  });

  it('has no cycle of files', () => {
    expect(findCycles(imports)).toEqual([]);
  });

  it('has no cycle of folders, not of types either', () => {
    expect(folderCycles(imports)).toEqual([]);
  });

  it('leads from no feature into another', () => {
    expect(acrossFeatures(imports)).toEqual([]);
  });

  it.each([
    ['electron/domain/alarms/x.ts', "import '../../contract/commands.schema.ts';"],
    ['electron/domain/alarms/x.ts', "import { readFileSync } from 'node:fs';"],
    ['electron/contract/x.ts', "import type { Station } from '../station/station.ts';"],
    ['electron/station/x.ts', "import { openJournal } from '../../native/sqlite/journal.ts';"],
    ['electron/station/x.ts', "export { app } from 'electron';"],
    ['electron/station-main.ts', "import { app } from 'electron';"],
    ['native/gateway/x.ts', "import Database from 'better-sqlite3';"],
    ['native/onvif/x.ts', "import { createStation } from '../../electron/station/create-station.ts';"],
    ['native/onvif/x.ts', "await import('electron');"],
    ['renderer/features/x.tsx', "import { openJournal } from '../../native/sqlite/journal.ts';"],
    ['renderer/features/x.tsx', "import path from 'node:path';"],
    ['electron/shell/x.ts', "import { createStation } from '../station/create-station.ts';"],
  ])('catches a planted violation in %s: %s', (file, source) => {
    const violations = importsOf(file, source).map((entry) => violationOf(entry));
    expect(violations.filter((violation) => violation !== null)).toHaveLength(1);
  });

  it('catches a planted cycle', () => {
    const planted = [
      ...importsOf('electron/domain/a.ts', "import { b } from './b.ts';"),
      ...importsOf('electron/domain/b.ts', "import { c } from './c.ts';"),
      ...importsOf('electron/domain/c.ts', "import { a } from './a.ts';"),
    ];
    expect(findCycles(planted)).toEqual([
      ['electron/domain/a.ts', 'electron/domain/b.ts', 'electron/domain/c.ts', 'electron/domain/a.ts'],
    ]);
  });
});

describe('folders', () => {
  it('are caught in a planted cycle, whatever the way round and whatever is imported', () => {
    const planted = [
      ...importsOf('renderer/kit/a.ts', "import type { B } from '../store/b.ts';"),
      ...importsOf('renderer/store/c.ts', "import { d } from '../bridge/d.ts';"),
      ...importsOf('renderer/bridge/e.ts', "import { a } from '../kit/a.ts';"),
      ...importsOf('renderer/shell/f.ts', "import { a } from '../kit/a.ts';"),
    ];
    expect(folderCycles(planted)).toEqual([['renderer/bridge', 'renderer/kit', 'renderer/store']]);
  });

  it.each(['renderer', 'electron/station'])('of features in %s are caught when one imports another', (ring) => {
    const planted = importsOf(`${ring}/features/log/a.ts`, "import type { B } from '../people/b.ts';");
    expect(acrossFeatures(planted)).toHaveLength(1);
    expect(acrossFeatures(importsOf(`${ring}/features/log/a.ts`, "import { b } from '../../parts/b.ts';"))).toEqual([]);
  });
});

describe('file size', () => {
  const lengths = [...product, ...sourceFiles('tests')].map((file) => ({
    file,
    lines: readFileSync(path.join(root, file), 'utf8').split('\n').length,
  }));

  it('stays under 500 lines', () => {
    expect(lengths.filter(({ lines }) => lines > 500)).toEqual([]);
  });

  it('has a median well under 150', () => {
    const sorted = lengths.map(({ lines }) => lines).sort((left, right) => left - right);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(150);
  });

  it('keeps the shell thin: under 800 lines in total', () => {
    const total = lengths
      .filter(({ file }) => file.startsWith('electron/shell/'))
      .reduce((sum, { lines }) => sum + lines, 0);
    expect(total).toBeLessThan(800);
  });
});
