import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaveOut } from '../../tests/support/requires.ts';
import { temporaryFolders } from '../../tests/support/temporary-folder.ts';
import { icaclsCalls, keepToOwner } from './owner-only.ts';

const makeFolder = temporaryFolders();
const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);
const onPosix = (context: Parameters<typeof leaveOut>[0]): void => {
  if (process.platform === 'win32') leaveOut(context, 'Windows has no modes');
};

describe('the data folder', () => {
  test('that is new is its owner’s alone', (context) => {
    onPosix(context);
    const folder = path.join(makeFolder(), 'new', 'data');
    expect(keepToOwner(folder)).toBe(true);
    expect(modeOf(folder)).toBe('700');
  });

  test('that was open to others is closed, with everything of the station in it', (context) => {
    onPosix(context);
    const folder = makeFolder();
    const files = [
      'journal.db',
      'journal.db-wal',
      'journal.db-shm',
      'journal.db.lock',
      'keys.db',
      'keys.db-wal',
      'secrets.key',
      'secrets.protected',
      'signing.key',
      'signing.pub',
      'demo.json',
      'heads/head.json',
      'heads/trace.bin',
      'logs/station.log',
      'logs/station.1.log',
    ];
    for (const sub of ['heads', 'logs']) mkdirSync(path.join(folder, sub), { mode: 0o777 });
    for (const file of files) writeFileSync(path.join(folder, file), 'x', { mode: 0o666 });
    chmodSync(folder, 0o777);
    expect(keepToOwner(folder)).toBe(true);
    expect(['', 'heads', 'logs'].map((sub) => modeOf(path.join(folder, sub)))).toEqual(['700', '700', '700']);
    for (const file of files) expect([file, modeOf(path.join(folder, file))]).toEqual([file, '600']);
  });

  test('that its owner may not write stays so', (context) => {
    onPosix(context);
    const folder = path.join(makeFolder(), 'locked');
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    expect([keepToOwner(folder), modeOf(folder)]).toEqual([true, '500']);
  });

  test('keeps what is not the station’s as it is, and no link leads out of it', (context) => {
    onPosix(context);
    const folder = makeFolder();
    const outside = path.join(makeFolder(), 'outside');
    writeFileSync(outside, 'x');
    chmodSync(outside, 0o644);
    writeFileSync(path.join(folder, 'notes.txt'), 'x');
    chmodSync(path.join(folder, 'notes.txt'), 0o644);
    symlinkSync(outside, path.join(folder, 'journal.db'));
    keepToOwner(folder);
    expect([modeOf(outside), modeOf(path.join(folder, 'notes.txt'))]).toEqual(['644', '644']);
  });

  test('that all users share keeps its rights; only our files are closed, and that is told', (context) => {
    onPosix(context);
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'journal.db'), 'x');
    chmodSync(path.join(folder, 'journal.db'), 0o644);
    chmodSync(folder, 0o1777);
    expect(keepToOwner(folder)).toBe(false);
    expect([modeOf(folder), modeOf(path.join(folder, 'journal.db'))]).toEqual(['777', '600']);
  });
});

test('on Windows two calls of icacls shut others out, whatever the folder is called', () => {
  expect(icaclsCalls('C:\\数据 & more\\guardroom', 'PC\\li')).toEqual([
    [
      'C:\\数据 & more\\guardroom',
      '/inheritance:r',
      '/grant:r',
      'PC\\li:(OI)(CI)F',
      '/grant:r',
      '*S-1-5-18:(OI)(CI)F',
      '/grant:r',
      '*S-1-5-32-544:(OI)(CI)F',
      '/Q',
    ],
    ['C:\\数据 & more\\guardroom\\*', '/reset', '/T', '/C', '/Q'],
  ]);
});
