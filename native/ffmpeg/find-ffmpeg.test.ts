import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findFfmpeg } from './find-ffmpeg.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guardroom-ffmpeg-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = (name: string, mode = 0o755): string => {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
};
const none = (): null => null;

test('the named one, then the packaged one, then the one on the PATH, then none', () => {
  const named = program('named');
  const packaged = program('packaged');
  const onPath = program('ffmpeg');
  const env = { FFMPEG_BIN: named, PATH: [path.join(folder, 'nowhere'), folder].join(path.delimiter) };
  const platform = 'linux';
  expect(findFfmpeg({ env, platform, packaged: () => packaged })).toEqual({
    kind: 'found',
    path: named,
    from: 'FFMPEG_BIN',
  });
  expect(findFfmpeg({ env: { ...env, FFMPEG_BIN: '' }, platform, packaged: () => packaged })).toEqual({
    kind: 'found',
    path: packaged,
    from: 'ffmpeg-static',
  });
  expect(findFfmpeg({ env: { PATH: env.PATH }, platform, packaged: none })).toEqual({
    kind: 'found',
    path: onPath,
    from: 'PATH',
  });
  expect(findFfmpeg({ env: {}, platform, packaged: none })).toEqual({ kind: 'missing' });
});

test('a package whose download failed, and what is no program, are passed over', () => {
  const onPath = program('ffmpeg.exe');
  const env = { FFMPEG_BIN: folder, Path: folder };
  expect(findFfmpeg({ env, platform: 'win32', packaged: () => path.join(folder, 'never-downloaded') })).toEqual({
    kind: 'found',
    path: onPath,
    from: 'PATH',
  });
});
