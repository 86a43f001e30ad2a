import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../tests/support/manual-clock.ts';
import { temporaryFolders } from '../../tests/support/temporary-folder.ts';
import { createFileLog, type FileLogOptions } from './file-log.ts';

const makeFolder = temporaryFolders();

const open = (options: FileLogOptions = {}) => {
  const dir = path.join(makeFolder(), '日志 logs');
  const shown: string[] = [];
  const clock = createManualClock();
  const log = createFileLog(dir, 'station', { clock, show: (line) => shown.push(line), ...options });
  const file = path.join(dir, 'station.log');
  const lines = (): readonly string[] => readFileSync(file, 'utf8').trimEnd().split('\n');
  return { dir, file, log, clock, shown, lines };
};

it('writes a line an event and leaves credentials out', () => {
  const { log, lines } = open();
  log.warn('cannot reach rtsp://admin:secret@192.0.2.1/live', { url: 'http://u:secret@192.0.2.1/' });
  log.close();
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toContain('rtsp://192.0.2.1/live');
  expect(lines()[0]).not.toContain('secret');
});

it.each([
  'rtsp://admin:Pa@ssW0rd1@192.0.2.1/live',
  'rtsp://admin:Pa/ssW0rd1@192.0.2.1/live',
  'rtsp://192.0.2.1/user=admin&password=ssW0rd1&channel=1',
  'http://192.0.2.1/user=admin_password=ssW0rd1_channel=1',
  'http://192.0.2.1/?pwd=ssW0rd1',
])('keeps no password of an address, however it stands in it: %s', (address) => {
  const { log, lines } = open();
  log.warn(`cannot reach ${address}`, { address });
  log.close();
  expect(lines()[0]).not.toContain('W0rd1');
  expect(lines()[0]).toContain('192.0.2.1');
});

it('is for its owner alone', () => {
  const { log, dir, file } = open();
  log.info('started');
  log.close();
  // Windows has no modes: there every file reads as 0666.
  const windows = process.platform === 'win32';
  expect(statSync(file).mode & 0o777).toBe(windows ? 0o666 : 0o600);
  expect(statSync(dir).mode & 0o777).toBe(windows ? 0o777 : 0o700);
});

describe('its size', () => {
  it('is bounded while it runs: a full file is put aside, two of them are all there is', () => {
    const { log, dir, file } = open({ mostBytes: 2000 });
    for (let count = 1; count <= 200; count += 1) log.info(`event ${count}`, { text: 'x'.repeat(100) });
    log.close();
    expect(readdirSync(dir).sort()).toEqual(['station.1.log', 'station.log']);
    for (const name of readdirSync(dir)) expect(statSync(path.join(dir, name)).size).toBeLessThanOrEqual(2000);
    expect(readFileSync(file, 'utf8')).toContain('event 200');
    expect(readFileSync(path.join(dir, 'station.1.log'), 'utf8').endsWith('\n')).toBe(true);
  });

  it('begins with what is there: a large file of the last run is put aside', () => {
    const { log, dir, file } = open();
    mkdirSync(dir);
    writeFileSync(file, 'x'.repeat(10 * 1024 * 1024 + 1));
    log.info('started');
    log.close();
    expect(readdirSync(dir).sort()).toEqual(['station.1.log', 'station.log']);
    expect(statSync(file).size).toBeLessThan(1000);
  });

  it('does not grow with what a device says', () => {
    const { log, lines } = open();
    log.warn('refused', { reason: 'y'.repeat(1_000_000) });
    log.close();
    expect(lines()[0]?.length).toBeLessThan(3000);
    expect(lines()[0]).toContain('(1000000)');
  });
});

describe('a message that repeats', () => {
  it('is written 20 times a minute; the others are counted, and the count is told when the minute is over', () => {
    const { log, clock, lines } = open();
    for (let count = 0; count < 10_000; count += 1) log.warn('seat not admitted', { because: 'token', count });
    log.warn('something else');
    expect(lines()).toHaveLength(21);
    clock.advance(60_000);
    expect(lines()).toHaveLength(22);
    expect(JSON.parse(lines()[21] ?? '')).toMatchObject({ level: 40, msg: 'seat not admitted', repeated: 9980 });
    log.warn('seat not admitted', { because: 'token', count: 0 });
    log.close();
    expect(lines()).toHaveLength(23);
  });

  it('is counted to the last when the log is closed, and shown no more often than it is written', () => {
    const { log, shown, lines } = open();
    for (let count = 0; count < 25; count += 1) log.error('storage takes no entries', { fault: 'diskFull' });
    expect(shown).toHaveLength(20);
    log.close();
    expect(lines()).toHaveLength(21);
    expect(lines()[20]).toContain('"repeated":5');
  });
});

describe('a place that takes no line', () => {
  it('is nobody’s trouble, and the lines that were lost are counted when it takes some again', () => {
    const { log, dir, shown, lines } = open();
    writeFileSync(dir, 'a file in the place of the folder');
    log.info('one');
    log.error('two', { fault: 'diskFull' });
    expect(shown).toEqual(['two {"fault":"diskFull"}\n']);
    rmSync(dir);
    log.info('three');
    log.close();
    expect(lines().map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ msg: 'three' }),
      expect.objectContaining({ msg: 'lines before this could not be written', lines: 2 }),
    ]);
  });

  it('nor is a stream for people that is gone', () => {
    const { log, lines } = open({
      show: () => {
        throw new Error('EPIPE');
      },
    });
    expect(() => log.error('one')).not.toThrow();
    log.close();
    expect(lines()[0]).toContain('one');
  });
});
