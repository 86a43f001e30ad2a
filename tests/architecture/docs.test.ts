import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { helpProcedure } from '../../electron/domain/incidents/help.procedure.ts';
import { root } from './import-graph.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Folders directly below a folder, as paths from the root. */
const foldersBelow = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/${entry.name}`);

describe('the table of folders', () => {
  const listed = [...read('docs/design/folders.md').matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
  const present = [
    ...foldersBelow('electron'),
    ...foldersBelow('electron/domain'),
    ...foldersBelow('electron/station'),
    ...foldersBelow('native'),
    ...foldersBelow('renderer'),
    ...foldersBelow('resources'),
    ...foldersBelow('tests'),
    ...foldersBelow('docs'),
  ].filter((folder) => folder !== 'renderer/public' && folder !== 'tests/architecture/planted');

  it('has every folder of the tree', () => expect(present.filter((folder) => !listed.includes(folder))).toEqual([]));
  it('has no folder that is not there', () =>
    expect(listed.filter((folder) => !existsSync(path.join(root, folder)))).toEqual([]));
});

describe('the documents', () => {
  const documents = [
    'README.md',
    'README.zh-CN.md',
    ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => path.posix.join('docs', file.split(path.sep).join('/'))),
  ];

  it('point only at files that are there', () => {
    const broken = documents.flatMap((document) =>
      [...read(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
        .map((match) => path.join(path.dirname(path.join(root, document)), match[1] ?? ''))
        .filter((target) => !existsSync(target))
        .map((target) => `${document}: ${path.relative(root, target)}`),
    );
    expect(broken).toEqual([]);
  });

  it('give each decision a number of its own and a line in the list', () => {
    const files = readdirSync(path.join(root, 'docs/decisions')).filter((file) => /^\d{4}-/.test(file));
    const numbers = files.map((file) => Number(file.slice(0, 4)));
    expect([...new Set(numbers)]).toEqual(numbers);
    const list = read('docs/decisions/README.md');
    const missing = files.filter(
      (file) => !list.includes(`[${String(Number(file.slice(0, 4)))}. `) || !list.includes(file),
    );
    expect(missing).toEqual([]);
  });

  it('tell every question of the help procedure with all its answers', () => {
    const rows = read('docs/decisions/0014-nobody-walks-away.md').split('\n');
    const untold = helpProcedure.steps.flatMap(({ step, answers }) => {
      const row = rows.find((line) => line.startsWith(`| \`${step}\` |`)) ?? '';
      return [step, ...answers.map(({ answer }) => answer)]
        .filter((name) => !row.includes(`\`${name}\``))
        .map((name) => `${step}: ${name}`);
    });
    expect(untold).toEqual([]);
  });
});
