/**
 * What a feature costs: a toy with a machine, two commands, a live row, a queried row, a deadline, a screen and its words in both languages is
 * planted in a copy of the tree. It must type-check, work, and have touched four existing files at most.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './import-graph.ts';

const MOST_TOUCHED = 4;
const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

/** The new files, by their paths. */
const planted = new Map(
  readFileSync(path.join(root, 'tests/architecture/toy/patrols.toy'), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const),
);

/** The lines that a list is given: an import, and an entry. */
const lists = [
  ['electron/contract/features.ts', './patrols/patrols.contract.ts', 'patrols'],
  ['electron/words/features.ts', './patrols/patrols.words.ts', 'patrolsWords'],
  ['electron/station/features.ts', './features/patrols/patrols.feature.ts', 'patrolsFeature'],
  ['renderer/features.ts', './features/patrols/patrols.seat.ts', 'patrolsSeat'],
] as const;

let copy = '';
beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'guardroom toy '));
  for (const entry of ['electron', 'native', 'renderer', 'resources/demo', 'resources/sounds', 'tests/support'])
    if (existsSync(path.join(root, entry))) cpSync(path.join(root, entry), path.join(copy, entry), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json', 'tests/tsconfig.json'])
    cpSync(path.join(root, file), path.join(copy, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  for (const [file, text] of planted) {
    expect(existsSync(path.join(copy, file)), file).toBe(false);
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    writeFileSync(path.join(copy, file), text);
  }
  for (const [file, from, name] of lists) {
    const text = readFileSync(path.join(copy, file), 'utf8');
    const end = text.lastIndexOf('\n]');
    writeFileSync(
      path.join(copy, file),
      `import { ${name} } from '${from}';\n${text.slice(0, end)}\n  ${name},${text.slice(end)}`,
    );
  }
});
afterAll(() => rmSync(copy, { recursive: true }));

const compile = (ring: string): string =>
  spawnSync(process.execPath, [tsc, '-p', ring], { cwd: copy, encoding: 'utf8' }).stdout;
/** With one file changed for as long as `work` takes. */
const changed = (file: string, from: RegExp, to: string, work: () => void): void => {
  const before = readFileSync(path.join(copy, file), 'utf8');
  expect(before).toMatch(from);
  writeFileSync(path.join(copy, file), before.replace(from, to));
  try {
    work();
  } finally {
    writeFileSync(path.join(copy, file), before);
  }
};

describe('a new feature', () => {
  it('touches four existing files of the product at most', () => {
    expect(lists.length).toBeLessThanOrEqual(MOST_TOUCHED);
  });

  it.each(['electron/domain', 'electron/contract', 'electron/words', 'electron/station', 'renderer'])(
    'type-checks in %s',
    (ring) => expect(compile(ring)).toBe(''),
  );

  it('works: two seats, a deadline, a page of rows, a rebuild, words', () => {
    const run = spawnSync(process.execPath, [path.join(copy, 'tests/toy-journey.ts')], { cwd: copy, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('the toy feature works');
  });
});

describe('a part that is missing', () => {
  const station = 'electron/station/features/patrols/patrols.feature.ts';
  it.each([
    [
      'a command without a handler',
      'electron/station',
      station,
      /    finishPatrol: [\s\S]*?\n    \},\n/,
      '',
      'finishPatrol',
    ],
    [
      'a collection that is not made',
      'electron/station',
      station,
      /    patrolRecords: [\s\S]*?\n    \}\),\n/,
      '',
      'patrolRecords',
    ],
    [
      'a text that one language lacks',
      'electron/words',
      'electron/words/patrols/zh-cn.ts',
      /nobody: '[^']*' /,
      '',
      'nobody',
    ],
    [
      'a text that nobody wrote',
      'renderer',
      'renderer/features/patrols/patrols-screen.tsx',
      /'patrols\.nobody'/,
      "'patrols.nobdy'",
      'nobdy',
    ],
    [
      'a command that does not exist',
      'renderer',
      'renderer/features/patrols/patrols-screen.tsx',
      /send\('startPatrol'/,
      "send('startPatrl'",
      'startPatrl',
    ],
    [
      'a place without a name',
      'renderer',
      'renderer/features/patrols/patrols.seat.ts',
      /place: 'patrols'/,
      "place: 'rounds'",
      'rounds',
    ],
    [
      'an event that the machine does not take',
      'electron/station',
      station,
      /type: 'finish'/,
      "type: 'finsh'",
      'finsh',
    ],
  ])('does not compile: %s', (_what, ring, file, from, to, names) => {
    changed(file, from, to, () => expect(compile(ring)).toContain(names));
  });
});
