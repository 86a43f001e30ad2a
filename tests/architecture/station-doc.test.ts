import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './import-graph.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** As the page writes names: without backslashes and backquotes. */
const plain = (text: string): string => text.replaceAll(/[\\`]/g, '');

/** Names of the tests in a file: the first text after `it(`, `test(` or what `.each(…)` returns, up to the end of that text. */
const testNames = (source: string): readonly string[] =>
  [...source.matchAll(/(?:\b(?:it|test)\(|\)\()\s*(['"`])((?:\\.|(?!\1)[^\\\n])*)\1\s*,/g)].map((match) =>
    plain(match[2] ?? ''),
  );

/** The rows of a page's table, and the tests that they name. */
const tableOf = (file: string) => {
  const rows = read(file)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| sentence'));
  const named = rows.flatMap((row) =>
    [...(row.split(' | ').at(-1) ?? '').matchAll(/`([^`]+?) > ([^`]+)`/g)].map((match) => ({
      row,
      file: match[1] ?? '',
      name: match[2] ?? '',
    })),
  );
  return { rows, named };
};

describe.each([
  ['docs/design/station.md', 60],
  ['docs/design/breadth.md', 15],
])('the page %s', (file, least) => {
  const { rows, named } = tableOf(file);

  it('names at least one test for every sentence', () => {
    expect(rows.length).toBeGreaterThan(least);
    expect(rows.filter((row) => !named.some((test) => test.row === row))).toEqual([]);
  });

  it('names only tests that are there', () => {
    const missing = named.filter(
      (test) => !existsSync(path.join(root, test.file)) || !testNames(read(test.file)).includes(test.name),
    );
    expect(missing.map((test) => `${test.file} > ${test.name}`)).toEqual([]);
  });

  it('names only files and folders that are there', () => {
    const built = rows.flatMap((row) =>
      [...(row.split(' | ')[1] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
    );
    expect(built.filter((one) => !existsSync(path.join(root, one)))).toEqual([]);
  });
});

describe('the names of tests', () => {
  it('would notice a test that was renamed', () => {
    expect(
      testNames(
        "it('is there', () => {});\nit.each([1])('counts %d', () => {});\ntest.each([[')(']])(\n  'it\\'s `there`', () => {});",
      ),
    ).toEqual(['is there', 'counts %d', "it's there"]);
  });
});
