import path from 'node:path';
import { expect, it } from 'vitest';
import { fileOfPage, typeOfFile } from './page-files.ts';

const folder = path.resolve('seat page');

it('finds the page and its parts', () => {
  expect(fileOfPage('app://guardroom/?token=x', folder)).toBe(path.join(folder, 'index.html'));
  expect(fileOfPage('app://guardroom/assets/a.js', folder)).toBe(path.join(folder, 'assets', 'a.js'));
});

it.each([
  'app://guardroom/..%2f..%2fsecret',
  'app://guardroom/%2e%2e/secret',
  'app://elsewhere/index.html',
  'app://guardroom/a%00.js',
  'app://guardroom/%zz',
  'not an address',
])('does not leave the folder for %s', (address) => {
  const file = fileOfPage(address, folder);
  expect(file === null || file.startsWith(folder + path.sep)).toBe(true);
  expect(file ?? '').not.toContain(path.resolve(folder, '..', 'secret'));
});

it('does not guess a type', () => {
  expect(typeOfFile('a.JS')).toContain('text/javascript');
  expect(typeOfFile('a.exe')).toBe('application/octet-stream');
});
