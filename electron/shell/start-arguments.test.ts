import { expect, it } from 'vitest';
import { ownArguments } from './start-arguments.ts';

it('takes what follows the program', () => {
  expect(ownArguments(['/opt/Guardroom/guardroom', '--data', '/srv/guard room', '--demo'], true)).toEqual([
    '--data',
    '/srv/guard room',
    '--demo',
  ]);
});

it('takes what follows the folder when it runs from the sources', () => {
  expect(ownArguments(['electron', '.', '--lang', 'en'], false)).toEqual(['--lang', 'en']);
  expect(ownArguments(['electron', '--inspect=0', '--no-sandbox', '/srv/guardroom', '--lang', 'en'], false)).toEqual([
    '--lang',
    'en',
  ]);
  expect(ownArguments(['electron'], false)).toEqual([]);
});

it("leaves to the engine what is the engine's", () => {
  expect(
    ownArguments(['guardroom', '--no-sandbox', '--ozone-platform=wayland', '--demo', '--disable-gpu'], true),
  ).toEqual(['--demo']);
});

it('keeps what nobody knows, so that it is refused in words', () => {
  expect(ownArguments(['guardroom', '--dmeo', '--disable-gpu-sandbox'], true)).toEqual([
    '--dmeo',
    '--disable-gpu-sandbox',
  ]);
});
