import path from 'node:path';
import { expect, test } from 'vitest';
import { dataFolderPaths, defaultDataFolder } from './data-folder.ts';

test.each([
  [
    'win32',
    { APPDATA: 'C:\\Users\\li\\AppData\\Roaming' },
    'C:\\Users\\li',
    'C:\\Users\\li\\AppData\\Roaming\\guardroom',
  ],
  ['win32', {}, 'C:\\Users\\li', 'C:\\Users\\li\\AppData\\Roaming\\guardroom'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/Users/li', '/Users/li/Library/Application Support/guardroom'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/home/li', '/data/guardroom'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/li', '/home/li/.local/share/guardroom'],
  ['linux', {}, '/home/li', '/home/li/.local/share/guardroom'],
])('on %s with %j the data folder is where such data belongs', (platform, env, home, wanted) => {
  expect(defaultDataFolder({ platform, env, home })).toBe(wanted);
});

test('everything the station keeps is in its folder, each under a name of its own', () => {
  const { folder, ...files } = dataFolderPaths(path.join('some', 'where'));
  const names = Object.values(files).map((file) => path.relative(folder, file));
  expect(new Set(names)).toEqual(
    new Set([
      'journal.db',
      'keys.db',
      'secrets.key',
      'secrets.protected',
      'signing.key',
      'signing.pub',
      'heads',
      'results',
      'pictures',
    ]),
  );
});
