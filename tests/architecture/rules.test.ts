import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, sourceFiles } from './import-graph.ts';
import { timerKeysIn } from './machine-timers.ts';

const require = createRequire(import.meta.url);
const programs = {
  oxlint: path.join(path.dirname(require.resolve('oxlint/package.json')), 'bin', 'oxlint'),
  tsc: path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc'),
  knip: path.join(root, 'node_modules', 'knip', 'bin', 'knip.js'),
};

/** A copy of the project's rules with one planted file; the tools run there as they run here. */
let copy = '';
beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'guardroom rules '));
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json'])
    cpSync(path.join(root, file), path.join(copy, file));
  for (const ring of [
    'electron/domain',
    'electron/contract',
    'electron/words',
    'electron/station',
    'native',
    'renderer',
  ]) {
    mkdirSync(path.join(copy, ring), { recursive: true });
    cpSync(path.join(root, ring, 'tsconfig.json'), path.join(copy, ring, 'tsconfig.json'));
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
});
afterAll(() => rmSync(copy, { recursive: true }));

const withPlanted = (
  file: string,
  source: string,
  program: string,
  args: readonly string[],
): { failed: boolean; output: string } => {
  const target = path.join(copy, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, source);
  const result = spawnSync(process.execPath, [program, ...args], { cwd: copy, encoding: 'utf8' });
  rmSync(target);
  return { failed: result.status !== 0, output: result.stdout + result.stderr };
};

const lint = (file: string, source: string) => withPlanted(file, source, programs.oxlint, ['--deny-warnings', file]);
const compile = (ring: string, source: string) => withPlanted(`${ring}/planted.ts`, source, programs.tsc, ['-p', ring]);

describe('lint', () => {
  it('passes what is clean', () => {
    expect(lint('electron/domain/planted.ts', 'export const two = 1 + 1;\n').output).toContain('0 errors');
  });

  it.each([
    [
      'a clock in the domain',
      'electron/domain/planted.ts',
      'export const now = () => Date.now();',
      'no-restricted-globals',
    ],
    [
      'a timer in the station',
      'electron/station/planted.ts',
      'export const t = () => setTimeout(() => 1, 1);',
      'no-restricted-globals',
    ],
    [
      'a console in the contract',
      'electron/contract/planted.ts',
      "export const t = () => console.log('x');",
      'no-console',
    ],
    [
      'randomness in the station',
      'electron/station/planted.ts',
      'export const r = () => Math.random();',
      'no-restricted-properties',
    ],
    [
      'Node in the domain',
      'electron/domain/planted.ts',
      'export const e = () => process.env;',
      'no-restricted-globals',
    ],
    [
      'an empty catch',
      'native/planted.ts',
      'export const f = (g: () => void) => { try { g(); } catch {} };',
      'no-empty',
    ],
    ['any', 'native/planted.ts', 'export const f = (x: any) => x;', 'no-explicit-any'],
    [
      'a forced non-null',
      'native/planted.ts',
      'export const f = (x: string | null) => x!.length;',
      'no-non-null-assertion',
    ],
    ['a file of 501 lines', 'native/planted.ts', `${'// line\n'.repeat(501)}export const x = 1;\n`, 'max-lines'],
  ])('catches %s', (_name, file, source, rule) => {
    const result = lint(file, source);
    expect(result.output).toContain(rule);
    expect(result.failed).toBe(true);
  });
});

describe('the compiler', () => {
  it.each([
    ['Node in the domain', 'electron/domain', "export const b = Buffer.from('x');", 'Buffer'],
    ['the DOM in the contract', 'electron/contract', 'export const d = document.title;', 'document'],
    ['a timer in the station', 'electron/station', 'export const t = setTimeout(() => 1, 1);', 'setTimeout'],
    ['the DOM in native', 'native', 'export const d = document.title;', 'document'],
    [
      'an index that may be missing',
      'electron/domain',
      'export const f = (x: readonly string[]): string => x[0];',
      'undefined',
    ],
    ['syntax that cannot be erased', 'native', 'export enum Kind { A }', 'erasableSyntaxOnly'],
  ])('catches %s', (_name, ring, source, word) => {
    const result = compile(ring, source);
    expect(result.output).toContain(word);
    expect(result.failed).toBe(true);
  });
});

describe('domain machines', () => {
  it('use no timers of their own', () => {
    const machines = sourceFiles('electron/domain').filter((file) => file.endsWith('.machine.ts'));
    expect(machines.length).toBeGreaterThanOrEqual(6);
    expect(machines.flatMap((file) => timerKeysIn(file, readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
  });

  it.each(['after', 'invoke'])('are caught when one has `%s`', (key) => {
    expect(timerKeysIn('planted.machine.ts', `export const m = { states: { a: { ${key}: { 1000: 'b' } } } };`)).toEqual(
      [`planted.machine.ts: ${key}`],
    );
    expect(timerKeysIn('planted.machine.ts', `export const m = { states: { a: { '${key}': {} } } };`)).toHaveLength(1);
  });
});

describe('unused code', () => {
  it('is caught', () => {
    const folder = path.join(copy, 'unused');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'package.json'), '{"name":"planted","type":"module","main":"main.ts"}');
    writeFileSync(path.join(folder, 'main.ts'), "import { used } from './part.ts';\nexport const answer = used;\n");
    writeFileSync(path.join(folder, 'part.ts'), 'export const used = 1;\nexport const unused = 2;\n');
    const result = spawnSync(process.execPath, [programs.knip, '--no-progress'], { cwd: folder, encoding: 'utf8' });
    expect(result.stdout + result.stderr).toContain('unused');
    expect(result.status).not.toBe(0);
  });
});
