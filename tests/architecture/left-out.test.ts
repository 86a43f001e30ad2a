import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { leaveOut, leftOutInCi, mayLeaveOut } from '../support/requires.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('what is left out', () => {
  it('is free where no CI is, and there only what is on the list', () => {
    const reason = 'onvif-util (onvif-tools) is not installed on this machine';
    expect([{}, { CI: '' }, { CI: 'false' }, { CI: 'true' }].map((env) => mayLeaveOut(reason, env))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(leftOutInCi.map((allowed) => mayLeaveOut(`${allowed.reason}: somewhere`, { CI: '1' }))).toEqual([
      true,
      true,
    ]);
  });

  it('goes through leaveOut, and nothing else skips a test', () => {
    const files = execFileSync('git', ['ls-files', '*.test.ts', '*.test.tsx'], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((file) => file !== '' && !file.includes('planted') && file !== 'tests/architecture/left-out.test.ts');
    const skipping = /\b(?:it|test|describe)\.(?:skip|only|todo|skipIf|runIf|fails)\b|\.skip\(/;
    expect(files.filter((file) => skipping.test(read(file)))).toEqual([]);
    expect(leaveOut.length).toBe(2);
  });

  it('by continuous integration is little: every program that tests ask for by name is installed', () => {
    const installed = read('.ci/run');
    const texts = readdirSync(path.join(root, 'tests'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
      .join('\n');
    const asked = [...texts.matchAll(/(?:isThere|spawnSync|execFileSync|spawn)\(\s*'([a-z][\w-]+)'/g)]
      .map((match) => match[1] ?? '')
      .filter((program) => !['node', 'git'].includes(program));
    expect([...new Set(asked)].filter((program) => !installed.includes(`${program}:`))).toEqual([]);
  });
});
